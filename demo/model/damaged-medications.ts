import { lineOf } from './drug-lines.ts';
import { bareOrder, status } from './home-orders.ts';
import { medicationOrderNumber, missingKey, patientKey } from './keys.ts';
import type { MedicationOrder } from './medication-orders.ts';
import type { DamageKind } from './quirks.ts';
import type { Traits } from './traits.ts';

const ORDER_KINDS: readonly DamageKind[] = [
  ...(['unknown-drug-order-status', 'order-without-drug', 'impossible-stop-date', 'orphan-medication-order'] as const),
];
const DAMAGED = 99;

/** One sound order, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedOrdersOf({ person, anchor, damageKind: damage }: Traits): readonly MedicationOrder[] {
  if (damage === undefined || !ORDER_KINDS.includes(damage)) return [];
  const ordered = { day: anchor - 60 - (person % 200), seconds: 36_000 };
  return [
    {
      ...bareOrder(lineOf('LIS10'), {
        number: medicationOrderNumber(person, 0, DAMAGED),
        patient: damage === 'orphan-medication-order' ? missingKey(person) : patientKey(person),
        ordered,
      }),
      ...{ setting: 'C', prescriber: null, damage },
      changes: [status(1, ordered, 'AC')],
    },
  ];
}
