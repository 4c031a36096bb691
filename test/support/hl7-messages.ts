import type { State } from '../../src/contracts/index.ts';
import { join } from '../../src/feeds/index.ts';
import { renderState, standard, type Rendered } from '../../src/mappings/hl7v2/index.ts';
import { readMessage } from '../../src/sources/hl7v2/index.ts';
import feed from './feeds/interface-engine/index.ts';

/** The PID of a patient whose number is M7. */
export const PID = 'PID|1||M7^^^MERIDIAN^MR||DOE^JOHN';

/** A segment by its fields. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  return [name, ...Array.from({ length: 50 }, (_, at) => fields[at + 1] ?? '')].join('|').replace(/\|+$/, '');
}

let told = 0;

/** A message of a kind, sent at a time, under a control id of its own. */
export function message(type: string, at: string, ...segments: readonly string[]): string {
  told += 1;
  return [`MSH|^~\\&|S|MAIN|F|H|${at}||${type}|M${told}|P|2.5.1`, ...segments].join('\r');
}

/** What messages together make of what is known. Throws the reason of one that says nothing. */
export function renderedOf(texts: readonly string[]): readonly Rendered[] {
  let state: State = new Map();
  for (const text of texts) {
    const read = readMessage(text, 'utf-8')?.message;
    const reading = read && standard.read(read, feed);
    if (reading?.is !== 'read') throw new Error(reading?.reason ?? 'not mapped');
    state = join(state, reading.assertions, reading.stamp);
  }
  return renderState(state, ({ type, value }) => `${type}/${value}`, feed.timeZone);
}
