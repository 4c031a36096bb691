import { missingKey, patientKey, vitalsNumber } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Traits } from './traits.ts';
import { springBefore } from './visits.ts';
import { NOTHING_MEASURED, type VitalSigns } from './vitals.ts';

const VITALS_KINDS: readonly DamageKind[] = ['unknown-vitals-mark', 'spring-gap-vitals', 'orphan-vitals'];
const DAMAGE_VISIT = 2400;

/** One row with one measurement, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedVitalsOf(traits: Traits): readonly VitalSigns[] {
  const { person, anchor, damageKind: damage } = traits;
  if (damage === undefined || !VITALS_KINDS.includes(damage)) return [];
  const day = damage === 'spring-gap-vitals' ? springBefore(anchor) : anchor - 60 - (person % 200);
  return [
    {
      ...NOTHING_MEASURED,
      number: vitalsNumber(person, DAMAGE_VISIT),
      patient: damage === 'orphan-vitals' ? missingKey(person) : patientKey(person),
      day,
      at: { day, seconds: damage === 'spring-gap-vitals' ? 9_000 : 36_000 },
      pulse: '71',
      enteredBy: null,
      mark: null,
      voidedBy: null,
      damage,
    },
  ];
}
