import type { Appointment, CodeableConcept, Identifier } from '@medplum/fhirtypes';
import {
  fieldText,
  wholeText,
  type Assertion,
  type FeedReading,
  type Hl7Message,
  type Hl7Segment,
  type ThingKey,
} from '../../contracts/index.ts';
import { absent } from './datatypes/absent.ts';
import { conceptOf } from './datatypes/concept.ts';
import { dateTimeOf } from './datatypes/dtm.ts';
import { entityOf, numberedKey, placerAndFiller } from './datatypes/identifier.ts';
import { peopleOf, type Person } from './datatypes/person.ts';
import { placeOf } from './datatypes/place.ts';
import { sayingOf } from './said.ts';

type Status = NonNullable<Appointment['status']>;

/** The parts of an appointment. Both ends of it belong together. */
export interface AppointmentParts {
  readonly subject: ThingKey;
  readonly identifier: readonly Identifier[];
  readonly status: Status;
  readonly times: { readonly start: string; readonly end?: string };
  readonly service: readonly CodeableConcept[];
  readonly reason: CodeableConcept;
  readonly type: CodeableConcept;
  readonly people: readonly Person[];
  readonly places: readonly string[];
  readonly comment: string;
}

/** What an event does to an appointment, whatever SCH-25 still says. */
const STATUS_OF_TRIGGER: Readonly<Record<string, Status>> = {
  ...{ S15: 'cancelled', S16: 'cancelled', S17: 'entered-in-error', S26: 'noshow' },
};

/** Table 0278, in upper case, as senders write it in any. */
const FILLER_STATUSES: Readonly<Record<string, Status>> = {
  ...{ PENDING: 'pending', WAITLIST: 'waitlist', BOOKED: 'booked', OVERBOOK: 'booked', STARTED: 'checked-in' },
  ...{ COMPLETE: 'fulfilled', CANCELLED: 'cancelled', CANCELED: 'cancelled', DISCONTINUED: 'cancelled' },
  ...{ DELETED: 'entered-in-error', NOSHOW: 'noshow' },
};

const MINUTE_MS = 60_000;
/** Minutes in a unit of time, by its ISO+ name. */
const MINUTES: Readonly<Record<string, number>> = {
  ...{ '': 1, M: 1, MIN: 1, MINUTES: 1, MINUTE: 1, S: 1 / 60, SEC: 1 / 60, H: 60, HR: 60, HOUR: 60, HOURS: 60 },
};
/** What is longer is no duration of an appointment. */
const MINUTES_MAX = 60 * 24 * 31;

/** Which appointment is meant: by the number of who fills it, else of who placed it. Undefined: by neither. */
export function appointmentKeyOf(sch: Hl7Segment, patient: ThingKey, context: FeedReading): ThingKey | undefined {
  const [number] = [2, 1].flatMap((field) => sch.field(field).flatMap((ei) => entityOf(ei, context) ?? []));
  return number && numberedKey('Appointment', number, patient, 'appointment', context);
}

/**
 * What an SIU message says of its appointment.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-message-siu-s12-to-bundle.html
 */
export function appointmentAssertions(
  message: Hl7Message,
  sch: Hl7Segment,
  key: ThingKey,
  subject: ThingKey,
  context: FeedReading,
): readonly Assertion[] {
  // The second field of each resource says what is done to it: D takes it out.
  const all = (name: string): readonly Hl7Segment[] =>
    message.segments.filter(
      (segment) => segment.name === name && (name === 'NTE' || fieldText(segment, 2).toUpperCase() !== 'D'),
    );
  const said = sayingOf<AppointmentParts>(key);
  const concept = (segment: Hl7Segment, field: number, table?: string): CodeableConcept | undefined =>
    conceptOf(segment.field(field)[0] ?? [], context, table);
  const [, trigger = ''] = message.event.split('^');
  const filler = fieldText(sch, 25).trim() || fieldText(sch, 25, 2).trim();
  const status = STATUS_OF_TRIGGER[trigger] ?? FILLER_STATUSES[filler.toUpperCase()] ?? 'booked';
  const comment = all('NTE')
    .flatMap((nte) => nte.field(3).map(wholeText))
    .join('\n')
    .trim();
  return [
    ...said('subject', subject),
    ...said('identifier', placerAndFiller(sch.field(1), sch.field(2), context)),
    ...said('status', status),
    ...said('times', timesOf(sch, all, context)),
    ...said(
      'service',
      all('AIS').flatMap((ais) => concept(ais, 3) ?? []),
    ),
    ...said('reason', concept(sch, 7, '0276')),
    ...said('type', concept(sch, 8, '0277')),
    ...said(
      'people',
      all('AIP').flatMap((aip) => peopleOf(aip.field(3), context) ?? []),
    ),
    ...said(
      'places',
      all('AIL').flatMap((ail) => ail.field(3).flatMap((pl) => placeOf(pl) ?? [])),
    ),
    ...said('comment', comment === '' ? undefined : comment),
  ];
}

/** From SCH-11, else from the first resource that says when it begins; the end is said, or follows from a duration. */
function timesOf(
  sch: Hl7Segment,
  all: (name: string) => readonly Hl7Segment[],
  { timeZone }: FeedReading,
): AppointmentParts['times'] | undefined {
  const starts = [
    fieldText(sch, 11, 4),
    ...all('AIS').map((ais) => fieldText(ais, 4)),
    ...all('AIG').map((aig) => fieldText(aig, 8)),
    ...all('AIL').map((ail) => fieldText(ail, 6)),
    ...all('AIP').map((aip) => fieldText(aip, 6)),
  ];
  const start = starts.map((text) => instantOf(text, timeZone)).find((text) => text !== undefined);
  const said = instantOf(fieldText(sch, 11, 5), timeZone);
  if (start === undefined) return undefined;
  if (said !== undefined && Date.parse(said) >= Date.parse(start)) return { start, end: said };
  const minutes = durationOf(sch, all);
  if (minutes === undefined) return { start };
  return { start, end: new Date(Date.parse(start) + Math.round(minutes * MINUTE_MS)).toISOString() };
}

/** An instant has a time of day; of a day alone nobody knows when it begins. */
function instantOf(text: string, timeZone: string): string | undefined {
  const time = dateTimeOf(text, timeZone);
  return time?.includes('T') === true ? time : undefined;
}

function durationOf(sch: Hl7Segment, all: (name: string) => readonly Hl7Segment[]): number | undefined {
  const said = [
    [fieldText(sch, 9), fieldText(sch, 10)],
    ...all('AIS').map((ais) => [fieldText(ais, 7), fieldText(ais, 8)]),
  ];
  for (const [number = '', unit = ''] of said) {
    const minutes = Number(number.trim()) * (MINUTES[unit.trim().toUpperCase()] ?? Number.NaN);
    if (number.trim() !== '' && minutes > 0 && minutes <= MINUTES_MAX) return minutes;
  }
  return undefined;
}

/** What an appointment's parts are as an Appointment. */
export function renderAppointment(
  parts: Partial<AppointmentParts>,
  referenceTo: (key: ThingKey) => string,
): Appointment {
  const { subject, identifier, times, service, reason, type, people, places, comment } = parts;
  const status = parts.status ?? 'booked';
  const actors = [
    ...(subject === undefined ? [] : [{ reference: referenceTo(subject) }]),
    ...(people ?? []),
    ...(places ?? []).map((display) => ({ display })),
  ];
  return {
    resourceType: 'Appointment',
    ...(identifier === undefined ? {} : { identifier: [...identifier] }),
    status,
    ...(service === undefined ? {} : { serviceType: [...service] }),
    ...(type === undefined ? {} : { appointmentType: type }),
    ...(reason === undefined ? {} : { reasonCode: [reason] }),
    ...writtenTimes(status, times),
    ...(comment === undefined ? {} : { comment }),
    participant: actors.map((actor) => ({ actor, status: status === 'pending' ? 'needs-action' : 'accepted' })),
  };
}

/** Both ends are written or neither (app-2), and only what is no firm appointment may have neither (app-3). */
function writtenTimes(status: Status, { start, end }: Partial<AppointmentParts['times']> = {}): object {
  if (start !== undefined && end !== undefined) return { start, end };
  if (start === undefined && ['cancelled', 'waitlist', 'proposed'].includes(status)) return {};
  return { ...(start === undefined ? { _start: absent('unknown') } : { start }), ...{ _end: absent('unknown') } };
}
