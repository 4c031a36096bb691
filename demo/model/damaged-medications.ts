import { minutesAfter } from './admissions.ts';
import type { Administration } from './administrations.ts';
import { lineOf } from './drug-lines.ts';
import { bareOrder, status } from './home-orders.ts';
import { administrationNumber, medicationOrderNumber, missingKey, patientKey } from './keys.ts';
import type { MedicationOrder } from './medication-orders.ts';
import { type DamageKind } from './damage-kinds.ts';
import { damageOf } from './quirks.ts';
import type { Traits } from './traits.ts';
import type { LocalTime } from './types.ts';

const ORDER_KINDS: readonly DamageKind[] = [
  ...(['unknown-drug-order-status', 'order-without-drug', 'impossible-stop-date', 'orphan-medication-order'] as const),
];
const DAMAGED = 99;
const CHARTED = 98;
const MISSING = 97;

/** One sound order, which the projection then damages, or an entry of its chart; always before the anchor, so that catch-up adds none. */
export function damagedOrdersOf(traits: Traits): readonly MedicationOrder[] {
  const { person, anchor, damageKind: damage } = traits;
  const ordered = { day: anchor - 60 - (person % 200), seconds: 36_000 };
  const sound = (index: number): MedicationOrder => ({
    ...bareOrder(lineOf('LIS10'), {
      number: medicationOrderNumber(person, 0, index),
      patient: damage === 'orphan-medication-order' ? missingKey(person) : patientKey(person),
      ordered,
    }),
    ...{ setting: 'C', prescriber: null },
    changes: [status(1, ordered, 'AC')],
  });
  if (damage !== undefined && ORDER_KINDS.includes(damage)) return [{ ...sound(DAMAGED), damage }];
  const charted = damage === undefined ? [] : [damagedAdministration(person, minutesAfter(ordered, 60), damage)];
  if (damage === 'orphan-administration')
    return [{ ...sound(MISSING), recorded: false, changes: [], administrations: charted }];
  // By the person's number, not by the switch: without damage, the order is there all the same.
  return damageOf(person) === 'unknown-administration' ? [{ ...sound(CHARTED), administrations: charted }] : [];
}

function damagedAdministration(person: number, at: LocalTime, damage: DamageKind): Administration {
  return {
    ...{ number: administrationNumber(person, DAMAGED, 0), drug: 'LIS10', text: null, at, timed: true, code: 'G' },
    ...{ reason: null, dose: '1', unit: 'TAB', route: 'PO', site: null, nurse: null, note: null, undone: null, damage },
  };
}
