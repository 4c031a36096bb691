import type { Identifier } from '@medplum/fhirtypes';
import { componentText, HL7_NULL, type Hl7Repetition, type FeedReading } from '../../../contracts/index.ts';
import { dateOf } from './dtm.ts';
import { periodOf } from './period.ts';

const TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/**
 * An Identifier of a CX; undefined: it has no number. Its system is the authority's, never the namespace itself; without an authority it has none, and is never
 * matched with one that has.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-cx-to-identifier.html
 */
export function identifierOf(cx: Hl7Repetition, context: FeedReading): Identifier | undefined {
  const value = componentText(cx, 1).trim();
  if (value === '' || value === HL7_NULL) return undefined;
  const namespace = componentText(cx, 4).trim();
  const system = systemOf(cx, 4, context);
  const type = componentText(cx, 5).trim();
  const period = periodOf(dateOf(componentText(cx, 7)), dateOf(componentText(cx, 8)), context.timeZone);
  return {
    ...(type === '' ? {} : { type: { coding: [{ system: TYPES, code: type }] } }),
    ...(system === undefined ? {} : { system }),
    value,
    ...(period && { period }),
    ...(namespace === '' || namespace === HL7_NULL ? {} : { assigner: { display: namespace } }),
  };
}

/** The system of the authority in a component (HD); undefined: none is named. */
export function systemOf(cx: Hl7Repetition, component: number, context: FeedReading): string | undefined {
  const [namespace, universal, kind] = [1, 2, 3].map((part) => componentText(cx, component, part).trim());
  const { authorities, authorityBase } = context;
  for (const name of [namespace, universal]) {
    if (name !== undefined && Object.hasOwn(authorities, name)) return authorities[name];
  }
  if (universal !== undefined && universal !== '') {
    if (kind?.toUpperCase() === 'ISO' && /^\d+(\.\d+)+$/.test(universal)) return `urn:oid:${universal}`;
    if (kind?.toUpperCase() === 'UUID') return `urn:uuid:${universal.toLowerCase()}`;
    if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(universal)) return universal;
  }
  const name = [namespace, universal].find((text) => text !== undefined && text !== '' && text !== HL7_NULL);
  return name === undefined ? undefined : `${authorityBase}${encodeURIComponent(name)}`;
}

/** An Identifier of an EI, which has its authority in the components in which a CX has other things; undefined: it has no number. */
export function entityOf(ei: Hl7Repetition, context: FeedReading): Identifier | undefined {
  const authority = [componentText(ei, 2), componentText(ei, 3), componentText(ei, 4)];
  return identifierOf([[componentText(ei, 1)], [], [], authority], context);
}
