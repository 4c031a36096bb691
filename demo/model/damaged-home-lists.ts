import { lineOf } from './drug-lines.ts';
import type { HomeList } from './home-lists.ts';
import { homeListNumber, patientKey } from './keys.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { Traits } from './traits.ts';

const LIST_KINDS: readonly DamageKind[] = ['unknown-taking', 'orphan-home-line'];
const DAMAGED = 999;

/** A list with one sound line, which the projection then damages, or a line without a list; always before the anchor. */
export function damagedListsOf({ person, anchor, damageKind: damage }: Traits): readonly HomeList[] {
  if (damage === undefined || !LIST_KINDS.includes(damage)) return [];
  return [
    {
      ...{ number: homeListNumber(person, DAMAGED, 0), patient: patientKey(person), stay: null },
      ...{ asked: { day: anchor - 60 - (person % 200), seconds: 36_000 }, source: 'P', relative: null, replaces: null },
      recorded: damage !== 'orphan-home-line',
      lines: [
        {
          ...{ sequence: 1, codes: ['LOC:LIS10'], text: null, taking: 'T', why: null, line: lineOf('LIS10') },
          ...{ sig: null, since: null, until: null, purpose: null, note: null, sensitivity: null, damage },
        },
      ],
    },
  ];
}
