import type { Address } from '@medplum/fhirtypes';
import { componentText, type Hl7Repetition } from '../../../contracts/index.ts';
import { dateTimeOf } from './dtm.ts';
import { periodOf } from './period.ts';
import { ADDRESS_TYPES, ADDRESS_USES } from './tables.ts';

/**
 * An Address of an XAD; undefined: it says nothing of a place. In: the zone of its dates. A country is written as it was sent.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-xad-to-address.html
 */
export function addressOf(xad: Hl7Repetition, timeZone: string): Address | undefined {
  const part = (component: number, subcomponent = 1): string => componentText(xad, component, subcomponent).trim();
  const line = [part(1), part(1, 2), part(1, 3), part(2), part(19)].filter((text) => text !== '');
  const [city, state, postalCode, country, district] = [part(3), part(4), part(5), part(6), part(9)];
  if (line.length === 0 && [city, state, postalCode, country, district].every((text) => text === '')) return undefined;
  const kind = part(7).toUpperCase();
  const [use, type] = [ADDRESS_USES[kind], ADDRESS_TYPES[kind]];
  const [start, end] = [13, 14].map((component) => dateTimeOf(part(component), timeZone));
  const period = periodOf(start, end, timeZone);
  return {
    ...(use === undefined ? {} : { use }),
    ...(type === undefined ? {} : { type }),
    ...(line.length === 0 ? {} : { line }),
    ...(city === '' ? {} : { city }),
    ...(district === '' ? {} : { district }),
    ...(state === '' ? {} : { state }),
    ...(postalCode === '' ? {} : { postalCode }),
    ...(country === '' ? {} : { country }),
    ...(period && { period }),
  };
}
