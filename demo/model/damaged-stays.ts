import { missingKey, patientKey, stayNumber } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Stay } from './stays.ts';
import type { Traits } from './traits.ts';

const STAY_KINDS: readonly DamageKind[] = [
  'unknown-stay-status',
  'unknown-stay-class',
  'impossible-discharge-date',
  'orphan-stay',
];
const DAMAGE_STAY = 900;

/** One sound visit, which the projection then damages; always before the anchor, so that catch-up adds none. */
export function damagedStaysOf(traits: Traits): readonly Stay[] {
  const { person, anchor, damageKind: damage } = traits;
  if (damage === undefined || !STAY_KINDS.includes(damage)) return [];
  const day = anchor - 60 - (person % 200);
  const arrived = { day, seconds: 36_000 };
  const left = { day, seconds: 39_600 };
  return [
    {
      number: stayNumber(person, DAMAGE_STAY),
      patient: damage === 'orphan-stay' ? missingKey(person) : patientKey(person),
      arrived,
      recorded: true,
      classCode: 'O',
      typeCode: 'FUP',
      department: 'MGMED',
      source: null,
      reason: null,
      sensitivity: null,
      deleted: false,
      providers: [],
      statuses: [
        { at: arrived, code: 'IN' },
        { at: left, code: 'FI' },
      ],
      moves: [],
      discharge: { at: left, disposition: null },
      damage,
    },
  ];
}
