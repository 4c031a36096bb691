import type { Identifier, Reference } from '@medplum/fhirtypes';
import { componentText, type FeedReading, type Hl7Repetition } from '../../../contracts/index.ts';
import { nameOfPerson } from './human-name.ts';
import { identifierOf } from './identifier.ts';

/** Somebody who is named, and of whom no resource is made: a name alone may be anybody's. */
export type Person = Pick<Reference, 'identifier' | 'display'>;

/** The people of a field of XCN; undefined: none is named. */
export function peopleOf(list: readonly Hl7Repetition[], context: FeedReading): readonly Person[] | undefined {
  const people = list.flatMap((xcn) => {
    const name = nameOfPerson(xcn, context.timeZone);
    const display = [
      ...(name?.prefix ?? []),
      ...(name?.given ?? []),
      ...(name?.family === undefined ? [] : [name.family]),
    ];
    const value = componentText(xcn, 1).trim();
    const identifier = value === '' ? undefined : numberOfPerson(xcn, value, context);
    if (identifier === undefined && display.length === 0) return [];
    return [{ ...(identifier && { identifier }), ...(display.length === 0 ? {} : { display: display.join(' ') }) }];
  });
  return people.length === 0 ? undefined : people;
}

/** The authority of an XCN stands at 9, where that of a CX stands at 4. */
function numberOfPerson(xcn: Hl7Repetition, value: string, context: FeedReading): Identifier | undefined {
  const { system } = identifierOf([[value], [], [], xcn[8] ?? []], context) ?? {};
  return { ...(system === undefined ? {} : { system }), value };
}
