import type { RowTexts } from '../load/table.ts';
import { compactOf } from '../model/calendar.ts';
import type { Roster, RosterEntry } from '../model/rosters.ts';

/** The row of ROSTER. */
export function rosterRow({ number, kind, name, owner, active, damage }: Roster): RowTexts {
  const written = damage === 'control-character-roster' ? 'Torn\u0004' : name;
  return [number, kind, written, owner, active ? 'Y' : 'N'];
}

/** The row of ROSTMEM. */
export function rosterEntryRow({ roster, sequence, patient, from, to, isFormer, removed }: RosterEntry): RowTexts {
  return [
    ...[roster, String(sequence), patient.facility, patient.number],
    ...[from === undefined ? '0' : compactOf(from), to === undefined ? '99999999' : compactOf(to)],
    ...[isFormer === null ? null : isFormer ? 'Y' : 'N', removed ? 'Y' : 'N'],
  ];
}
