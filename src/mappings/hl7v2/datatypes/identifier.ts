import type { Identifier } from '@medplum/fhirtypes';
import {
  componentText,
  type Hl7Repetition,
  type FeedReading,
  keyText,
  type ThingKey,
} from '../../../contracts/index.ts';
import { dateOf } from './dtm.ts';
import { periodOf } from './period.ts';

const TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const OID = /^[0-2](\.(0|[1-9]\d*))+$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Codes of table 0203 that are met; any other is told as the text that it is. */
const KNOWN_TYPES = new Set(
  'ACSN AN ANC AND ANON BC BR CZ DL DN DR EI EN FI FILL GN HC JHN LN LR MA MB MC MCN MD MI MR MRT MS NCT NE NH NI NII NNxxx NP NPI OD PA PC PE PEN PI PLAC PN PNT PPN PRC PRN PT QA RI RN RR RRI SB SL SN SR SS TAX TN U UDI UPIN USID VN VP VS WC WCN WP XX'.split(
    ' ',
  ),
);

/**
 * An Identifier of a CX; undefined: it has no number. Its system is the authority's, never the namespace itself; without an authority it has none, and is never
 * matched with one that has.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-cx-to-identifier.html
 */
export function identifierOf(cx: Hl7Repetition, context: FeedReading): Identifier | undefined {
  const value = componentText(cx, 1).trim();
  if (value === '') return undefined;
  const namespace = componentText(cx, 4).trim();
  const system = systemOf(cx, 4, context);
  const type = componentText(cx, 5).trim();
  const period = periodOf(dateOf(componentText(cx, 7)), dateOf(componentText(cx, 8)), context.timeZone);
  return {
    ...(type === ''
      ? {}
      : { type: KNOWN_TYPES.has(type) ? { coding: [{ system: TYPES, code: type }] } : { text: type } }),
    ...(system === undefined ? {} : { system }),
    value,
    ...(period && { period }),
    ...(namespace === '' ? {} : { assigner: { display: namespace } }),
  };
}

/** The number as one of a kind of table 0203. */
export function typed<N extends Identifier>(number: N, code: string): N {
  return { ...number, type: { coding: [{ system: TYPES, code }] } };
}

/** The numbers of who placed and of who fills something. In: the repetitions (EI) of both. */
export function placerAndFiller(
  placer: readonly Hl7Repetition[],
  filler: readonly Hl7Repetition[],
  context: FeedReading,
): readonly Identifier[] {
  const of = (list: readonly Hl7Repetition[], code: string): readonly Identifier[] =>
    list.flatMap((ei) => entityOf(ei, context) ?? []).map((number) => typed(number, code));
  return [...of(placer, 'PLAC'), ...of(filler, 'FILL')];
}

/** The system of the authority in a component (HD); undefined: none is named. */
function systemOf(cx: Hl7Repetition, component: number, context: FeedReading): string | undefined {
  const [namespace, universal, kind] = [1, 2, 3].map((part) => componentText(cx, component, part).trim());
  const { authorities, authorityBase } = context;
  for (const name of [namespace, universal]) {
    if (name !== undefined && Object.hasOwn(authorities, name)) return authorities[name];
  }
  if (universal !== undefined && universal !== '') {
    if (kind?.toUpperCase() === 'ISO' && OID.test(universal)) return `urn:oid:${universal}`;
    if (kind?.toUpperCase() === 'UUID' && UUID.test(universal)) return `urn:uuid:${universal.toLowerCase()}`;
    if (/^[a-z][a-z0-9+.-]*:\S+$/i.test(universal)) return universal;
  }
  const name = [namespace, universal].find((text) => text !== undefined && text !== '');
  return name === undefined ? undefined : `${authorityBase}${encodeURIComponent(name)}`;
}

/** An Identifier of an EI, which has its authority in the components in which a CX has other things; undefined: it has no number. */
export function entityOf(ei: Hl7Repetition, context: FeedReading): Identifier | undefined {
  const authority = [componentText(ei, 2), componentText(ei, 3), componentText(ei, 4)];
  return identifierOf([[componentText(ei, 1)], [], [], authority], context);
}

/**
 * Which thing a number means. Without an authority the same number may be given by anybody to anything, so that it is told apart by its patient too: one thing may then be two,
 * but never that of another person.
 */
export function numberedKey(
  type: ThingKey['type'],
  number: Identifier,
  patient: ThingKey,
  kind: string,
  context: FeedReading,
): ThingKey {
  const { system, value = '' } = number;
  if (system !== undefined) return { type, system, value };
  return { type, system: `${context.authorityBase}${kind}`, value: JSON.stringify([keyText(patient), value]) };
}
