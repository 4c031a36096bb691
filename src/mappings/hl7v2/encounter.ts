import type { CodeableConcept, Coding, Encounter, Identifier } from '@medplum/fhirtypes';
import {
  componentText,
  isDeleted,
  type Hl7Repetition,
  type Hl7Segment,
  type FeedReading,
  type Assertion,
  type Json,
  type ThingKey,
} from '../../contracts/index.ts';
import { codeText, conceptOf } from './datatypes/concept.ts';
import { dateTimeOf } from './datatypes/dtm.ts';
import { identifierOf, numberedKey, typed } from './datatypes/identifier.ts';
import { peopleOf, type Person } from './datatypes/person.ts';
import { placeOf } from './datatypes/place.ts';
import { periodOf } from './datatypes/period.ts';
import { sayingOf } from './said.ts';

const ACT_CODES = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const V2_CLASSES = 'http://terminology.hl7.org/CodeSystem/v2-0004';
/** Codes of table 0004 that have none in FHIR. */
const OTHER_CLASSES = ['R', 'B', 'C', 'N', 'U'];
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';

/** Table 0004, as the guide maps it. */
const CLASSES: Readonly<Record<string, Coding>> = {
  E: { system: ACT_CODES, code: 'EMER', display: 'emergency' },
  I: { system: ACT_CODES, code: 'IMP', display: 'inpatient encounter' },
  O: { system: ACT_CODES, code: 'AMB', display: 'ambulatory' },
  P: { system: ACT_CODES, code: 'PRENC', display: 'pre-admission' },
};

/** Those who take part, by the field of PV1. */
const PARTICIPANTS = [
  { field: 7, part: 'attending', code: 'ATND', display: 'attender' },
  { field: 8, part: 'referring', code: 'REF', display: 'referrer' },
  { field: 9, part: 'consulting', code: 'CON', display: 'consultant' },
  { field: 17, part: 'admitting', code: 'ADM', display: 'admitter' },
] as const;

/** The parts of a stay. */
export interface EncounterParts {
  readonly subject: ThingKey;
  readonly identifier: Identifier;
  readonly class: Coding;
  readonly location: string;
  readonly type: CodeableConcept;
  readonly attending: readonly Person[];
  readonly referring: readonly Person[];
  readonly consulting: readonly Person[];
  readonly admitting: readonly Person[];
  readonly service: CodeableConcept;
  readonly admitSource: CodeableConcept;
  readonly disposition: CodeableConcept;
  /** PV1-44 and PV1-45. */
  readonly admittedAt: string;
  readonly dischargedAt: string;
  /** That it happened, and when, where the event says it. */
  readonly admission: { readonly at: string | null };
  readonly discharge: { readonly at: string | null };
  readonly planned: boolean;
  readonly cancelled: boolean;
}

/** Which stay is meant: by PV1-19, else by PV1-50. Undefined: neither names one, so that there is no stay to say anything of. */
export function encounterKeyOf(pv1: Hl7Segment, patient: ThingKey, context: FeedReading): ThingKey | undefined {
  const visit = visitOf(pv1, context);
  return visit && numberedKey('Encounter', visit, patient, 'visit', context);
}

function visitOf(pv1: Hl7Segment, context: FeedReading): Identifier | undefined {
  for (const field of [19, 50]) {
    const visit = pv1.field(field).flatMap((cx) => identifierOf(cx, context) ?? [])[0];
    if (visit !== undefined) return visit;
  }
  return undefined;
}

/** What happened to the stay, when the sender says that it did. */
export interface StayEvent {
  readonly trigger: string;
  /** When it happened: EVN-6, else EVN-2, as a FHIR dateTime. */
  readonly at: string | undefined;
}

/** What a message that is about something else says of the stay: that there is one, and no more. What it says of times is what somebody typed elsewhere. */
export function encounterAside(
  pv1: Hl7Segment,
  key: ThingKey,
  subject: ThingKey,
  context: FeedReading,
): readonly Assertion[] {
  const said = encounterAssertions(pv1, key, subject, { trigger: '', at: undefined }, context);
  return said.filter(({ part }) => ['subject', 'identifier', 'class'].includes(part));
}

/**
 * What a PV1 and its event say of a stay.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-segment-pv1-to-encounter.html
 */
export function encounterAssertions(
  pv1: Hl7Segment,
  key: ThingKey,
  subject: ThingKey,
  event: StayEvent,
  context: FeedReading,
): readonly Assertion[] {
  const said = sayingOf<EncounterParts>(key);
  const read = <T>(field: number, from: (list: readonly Hl7Repetition[]) => T | undefined): T | null | undefined => {
    const sent = pv1.field(field);
    if (sent.length === 0) return undefined;
    return isDeleted(sent) ? null : from(sent);
  };
  const concept = (field: number, table: string) => read(field, ([cwe]) => cwe && conceptOf(cwe, context, table));
  const time = (field: number) => read(field, ([ts]) => ts && dateTimeOf(componentText(ts, 1), context.timeZone));
  const visit = visitOf(pv1, context);
  return [
    ...said('subject', subject),
    ...said('identifier', visit && typed(visit, 'VN')),
    ...said(
      'class',
      read(2, ([cwe]) => cwe && classOf(cwe, context)),
    ),
    ...said(
      'location',
      read(3, ([pl]) => pl && placeOf(pl)),
    ),
    ...said('type', concept(4, '0007')),
    ...PARTICIPANTS.flatMap(({ field, part }) =>
      said(
        part,
        read(field, (list) => peopleOf(list, context)),
      ),
    ),
    ...said('service', concept(10, '0069')),
    ...said('admitSource', concept(14, '0023')),
    ...said('disposition', concept(36, '0112')),
    ...said('admittedAt', time(44)),
    ...said('dischargedAt', time(45)),
    ...stepsOf(event).map(([part, value]): Assertion => ({ key, part, value })),
  ];
}

/** What an event does to a stay, beside what its PV1 says. */
function stepsOf({ trigger, at }: StayEvent): readonly (readonly [part: keyof EncounterParts, value: Json])[] {
  const when = at ?? null;
  switch (trigger) {
    case 'A01':
    case 'A04':
      return [
        ['admission', { at: when }],
        ['cancelled', false],
      ];
    case 'A03':
      return [['discharge', { at: when }]];
    case 'A05':
    case 'A14':
      return [['planned', true]];
    case 'A11':
      return [['cancelled', true]];
    case 'A13':
      return [
        ['discharge', null],
        ['dischargedAt', null],
        ['disposition', null],
      ];
    default:
      return [];
  }
}

function classOf(cwe: Hl7Repetition, { authorityBase }: FeedReading): Coding | undefined {
  const code = codeText(componentText(cwe, 1));
  if (code === '') return undefined;
  const system = OTHER_CLASSES.includes(code.toUpperCase()) ? V2_CLASSES : `${authorityBase}codes/patient-class`;
  return CLASSES[code.toUpperCase()] ?? { system, code };
}

/** What a stay's parts are as an Encounter. In: the parts, how a patient is referred to, and the zone of dates without a time. */
export function renderEncounter(
  parts: Partial<EncounterParts>,
  referenceTo: (key: ThingKey) => string,
  timeZone: string,
): Encounter {
  const { identifier, type, service, subject, admitSource, disposition, location } = parts;
  const participant = PARTICIPANTS.flatMap(({ part, code, display }) =>
    (parts[part] ?? []).map((individual) => ({
      ...{ type: [{ coding: [{ system: PARTICIPATION, code, display }] }], individual },
    })),
  );
  const period = stayPeriodOf(parts, timeZone);
  const hospitalization = {
    ...(admitSource && { admitSource }),
    ...(disposition && { dischargeDisposition: disposition }),
  };
  return {
    resourceType: 'Encounter',
    ...(identifier === undefined ? {} : { identifier: [identifier] }),
    ...{ status: statusOf(parts), class: parts.class ?? UNKNOWN_CLASS },
    ...(type === undefined ? {} : { type: [type] }),
    ...(service === undefined ? {} : { serviceType: service }),
    ...(subject === undefined ? {} : { subject: { reference: referenceTo(subject) } }),
    ...(participant.length === 0 ? {} : { participant }),
    ...(period === undefined ? {} : { period }),
    ...(admitSource === undefined && disposition === undefined ? {} : { hospitalization }),
    ...(location === undefined ? {} : { location: [{ location: { display: location } }] }),
  };
}

const UNKNOWN_CLASS: Coding = {
  ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK', display: 'unknown' },
};

/** A cancelled stay was none; a discharge ends it, whatever else is said; a class alone says no more than that there is one. */
function statusOf(parts: Partial<EncounterParts>): NonNullable<Encounter['status']> {
  const { cancelled, discharge, dischargedAt, admission, planned } = parts;
  if (cancelled === true) return 'cancelled';
  if (discharge !== undefined || dischargedAt !== undefined) return 'finished';
  if (admission !== undefined) return 'in-progress';
  return planned === true || parts.class?.code === 'PRENC' ? 'planned' : 'unknown';
}

/** What PV1 says of its times is more exact than when the event was recorded. */
function stayPeriodOf(parts: Partial<EncounterParts>, timeZone: string): Encounter['period'] {
  const start = parts.admittedAt ?? parts.admission?.at ?? undefined;
  const end = parts.dischargedAt ?? parts.discharge?.at ?? undefined;
  return periodOf(start, end, timeZone);
}
