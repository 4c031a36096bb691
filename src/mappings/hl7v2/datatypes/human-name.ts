import type { HumanName } from '@medplum/fhirtypes';
import { componentText, type Hl7Repetition } from '../../../contracts/index.ts';
import { dateTimeOf } from './dtm.ts';
import { periodOf } from './period.ts';
import { NAME_USES } from './tables.ts';

/**
 * A HumanName of an XPN; undefined: it names nothing. In: the zone of its dates.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-xpn-to-humanname.html
 */
export function humanNameOf(xpn: Hl7Repetition, timeZone: string): HumanName | undefined {
  return nameOf(xpn, 0, timeZone);
}

/** A name of an XCN, whose components are those of an XPN behind the number of the person. */
export function nameOfPerson(xcn: Hl7Repetition, timeZone: string): HumanName | undefined {
  return nameOf(xcn, 1, timeZone);
}

function nameOf(name: Hl7Repetition, shift: number, timeZone: string): HumanName | undefined {
  const part = (component: number): string => componentText(name, component + shift).trim();
  const filled = (components: readonly number[]): string[] => components.map(part).filter((text) => text !== '');
  const family = part(1);
  const [given, prefix, suffix] = [filled([2, 3]), filled([5]), filled([4, 6])];
  if (family === '' && given.length === 0) return undefined;
  // An XCN has its name type at 10, an XPN at 7; validity is 12 and 13, or 19 and 20.
  const isPerson = shift > 0;
  const use =
    NAME_USES[
      componentText(name, isPerson ? 10 : 7)
        .trim()
        .toUpperCase()
    ];
  const [start, end] = (isPerson ? [19, 20] : [12, 13]).map((component) =>
    dateTimeOf(componentText(name, component), timeZone),
  );
  const period = periodOf(start, end, timeZone);
  return {
    ...(use === undefined ? {} : { use }),
    ...(family === '' ? {} : { family }),
    ...(given.length === 0 ? {} : { given }),
    ...(prefix.length === 0 ? {} : { prefix }),
    ...(suffix.length === 0 ? {} : { suffix }),
    ...(period && { period }),
  };
}
