import { orderNumber, orderSerial, patientKey } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Traits } from './traits.ts';
import type { LabOrder } from './types.ts';

const ORDER_KINDS: readonly DamageKind[] = ['impossible-collection-date', 'unknown-order-status'];
const DAMAGE_VISIT = 2400;
const DAMAGE_ORDER = 1;

/** One sound order without results, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedReportsOf({ person, anchor, damageKind: damage }: Traits): readonly LabOrder[] {
  if (damage === undefined || !ORDER_KINDS.includes(damage)) return [];
  const day = anchor - 60 - (person % 200);
  return [
    {
      number: orderNumber(orderSerial(person, DAMAGE_VISIT, DAMAGE_ORDER), false),
      patient: patientKey(person),
      day,
      resultsOn: day,
      orderedAt: 21_600,
      collectedAt: 36_000,
      provider: null,
      department: 'MGCHEM',
      panelCode: 'BMP',
      statusCode: 'CM',
      results: [],
      pointOfCare: [],
      specimens: [],
      recorded: true,
      damage,
    },
  ];
}
