import type { RowTexts } from '../load/table.ts';
import type { HomeLine } from '../model/home-lines.ts';
import type { HomeList } from '../model/home-lists.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

function lineRow(list: string, { sequence, codes, text, taking, why, line, ...row }: HomeLine): RowTexts {
  // One of the screens puts a blank after each entry.
  const packed = codes.length === 0 ? null : codes.join(sequence % 2 === 0 ? '; ' : ';');
  return [
    ...[list, String(sequence), packed, text, row.damage === 'unknown-taking' ? '?' : taking, why],
    ...[line.dose, line.unit, line.route, line.frequency, line.asNeeded ? 'Y' : null],
    ...[row.sig, row.since, row.until, row.purpose, row.note, row.sensitivity],
  ];
}

/** What was said on arrival. */
export function projectHomeLists(lists: readonly HomeList[], put: Put): void {
  for (const { number, patient, stay, asked, source, relative, replaces, recorded, lines } of lists) {
    if (recorded)
      put('HOMELST', [...[number, patient.facility, patient.number, stay, stamp(asked), source, relative, replaces]]);
    for (const line of lines) put('HOMELN', lineRow(number, line));
  }
}
