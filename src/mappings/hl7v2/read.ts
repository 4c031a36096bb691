import {
  fieldText,
  keyText,
  type Assertion,
  type FeedReading,
  type Hl7Message,
  type Hl7Segment,
  type Reading,
  type Stamp,
  type ThingKey,
} from '../../contracts/index.ts';
import { dateTimeOf, instantMsOf } from './datatypes/dtm.ts';
import { appointmentAssertions, appointmentKeyOf } from './appointment.ts';
import { encounterAssertions, encounterKeyOf } from './encounter.ts';
import { medicationOrderAssertions, medicationOrderKeyOf, type PharmacyGroup } from './medication-order.ts';
import { identifiersOf, keyOfField, patientAssertions, patientKeyOf } from './patient.ts';
import { resultAssertions, type OrderGroup } from './result.ts';

/** Why a message cannot be mapped. `docs/feeds.md` explains each. */
export type Unmappable =
  | 'patient-missing'
  | 'patient-without-system'
  | 'time-missing'
  | 'merge-without-prior'
  | 'merge-of-one'
  | 'order-missing'
  | 'appointment-missing';

/** What every message says first: when it was recorded, and of whom it tells. */
interface Opening {
  readonly message: Hl7Message;
  readonly context: FeedReading;
  readonly event: Hl7Segment | undefined;
  readonly pid: Hl7Segment;
  readonly pv1: Hl7Segment | undefined;
  readonly patient: ThingKey;
}

type Said = readonly Assertion[] | Unmappable;

/** By the kind of message (MSH-9.1). */
const READERS: Readonly<Record<string, (opening: Opening) => Said>> = {
  ADT: saidByAdt,
  ORU: saidByOru,
  SIU: saidBySiu,
  RDE: saidByPharmacy,
  OMP: saidByPharmacy,
};

/** Events that join two registrations of one patient: PID is the one that stays, MRG-1 the one that ends. */
const MERGES = ['A40', 'A18', 'A34'];

/** What is said of patients and stays by those who do not register them holds where nobody else says it. */
const ASIDE = -1;

/**
 * Reads a message of a feed; undefined: messages of its kind are not mapped. What it says is assertions, each of one part of one thing, so that the order of messages does not
 * matter.
 */
export function readFeedMessage(message: Hl7Message, context: FeedReading): Reading<Unmappable> | undefined {
  const [kind = ''] = message.event.split('^');
  const reader = READERS[kind];
  if (reader === undefined) return undefined;
  const segment = (name: string): Hl7Segment | undefined => message.segments.find((one) => one.name === name);
  const [header, event, pid, pv1] = ['MSH', 'EVN', 'PID', 'PV1'].map(segment);
  const stamp = stampOf(header, event, context);
  if (stamp === undefined) return { is: 'unmappable', reason: 'time-missing' };
  const identifiers = pid === undefined ? [] : identifiersOf(pid, context);
  if (pid === undefined || identifiers.length === 0) return { is: 'unmappable', reason: 'patient-missing' };
  const patient = patientKeyOf(identifiers, context);
  if (patient === undefined) return { is: 'unmappable', reason: 'patient-without-system' };
  const said = reader({ message, context, event, pid, pv1, patient });
  if (typeof said === 'string') return { is: 'unmappable', reason: said };
  return { is: 'read', stamp, patient, assertions: lastOfEach(said) };
}

function saidByAdt({ message, context, event, pid, pv1, patient }: Opening): Said {
  const [, trigger = ''] = message.event.split('^');
  const said = patientAssertions(pid, patient, context);
  if (MERGES.includes(trigger)) {
    const mrg = message.segments.find(({ name }) => name === 'MRG');
    const prior = mrg && (keyOfField(mrg, 1, context) ?? keyOfField(mrg, 4, context));
    if (prior === undefined) return 'merge-without-prior';
    if (keyText(prior) === keyText(patient)) return 'merge-of-one';
    return [
      ...said,
      { key: prior, part: 'mergedInto', value: { ...patient } },
      { key: patient, part: 'mergedInto', value: null },
    ];
  }
  const stay = pv1 && encounterKeyOf(pv1, context);
  if (pv1 === undefined || stay === undefined) return said;
  const at = [6, 2]
    .map((field) => dateTimeOf(fieldText(event, field), context.timeZone))
    .find((one) => one !== undefined);
  return [...said, ...encounterAssertions(pv1, stay, patient, { trigger, at }, context)];
}

function saidByOru({ message, context, pid, pv1, patient }: Opening): Said {
  const groups = groupsOf(message.segments);
  if (groups.length === 0) return 'order-missing';
  const { stay, aside } = asideOf({ context, pid, pv1, patient });
  return [...aside, ...groups.flatMap((group) => resultAssertions(group, patient, stay, context))];
}

/** What a message that is about something else says of its patient and stay. */
function asideOf({ context, pid, pv1, patient }: Omit<Opening, 'message' | 'event'>): {
  readonly stay: ThingKey | undefined;
  readonly aside: readonly Assertion[];
} {
  const stay = pv1 && encounterKeyOf(pv1, context);
  const said = [
    ...patientAssertions(pid, patient, context),
    ...(pv1 === undefined || stay === undefined
      ? []
      : encounterAssertions(pv1, stay, patient, { trigger: '', at: undefined }, context)),
  ];
  return { stay, aside: said.map((one) => ({ ...one, weight: ASIDE })) };
}

function saidByPharmacy({ message, context, pid, pv1, patient }: Opening): Said {
  const groups = pharmacyGroupsOf(message.segments);
  const { stay, aside } = asideOf({ context, pid, pv1, patient });
  const said = groups.flatMap((group) => {
    const key = medicationOrderKeyOf(group, context);
    return key === undefined ? [] : medicationOrderAssertions(group, key, patient, stay, context);
  });
  return said.length === 0 ? 'order-missing' : [...aside, ...said];
}

function saidBySiu({ message, context, pid, patient }: Opening): Said {
  const sch = message.segments.find(({ name }) => name === 'SCH');
  const key = sch && appointmentKeyOf(sch, context);
  if (sch === undefined || key === undefined) return 'appointment-missing';
  const { aside } = asideOf({ context, pid, pv1: undefined, patient });
  return [...aside, ...appointmentAssertions(message, sch, key, patient, context)];
}

/** Each OBR with the OBX that follow it, each of these with its notes. The ORC before an OBR belongs to it. */
function groupsOf(segments: readonly Hl7Segment[]): readonly OrderGroup[] {
  const groups: { orc: Hl7Segment | undefined; obr: Hl7Segment; results: { obx: Hl7Segment; notes: string[] }[] }[] =
    [];
  let orc: Hl7Segment | undefined;
  for (const segment of segments) {
    const group = groups.at(-1);
    if (segment.name === 'ORC') orc = segment;
    else if (segment.name === 'OBR') {
      groups.push({ orc, obr: segment, results: [] });
      orc = undefined;
    } else if (segment.name === 'OBX') group?.results.push({ obx: segment, notes: [] });
    else if (segment.name === 'NTE')
      group?.results.at(-1)?.notes.push(
        segment
          .field(3)
          .map((one) => one[0]?.join('&') ?? '')
          .join('\n'),
      );
  }
  return groups;
}

/** Each ORC with what follows it. Notes before the drug's own are of the order, too. */
function pharmacyGroupsOf(segments: readonly Hl7Segment[]): readonly PharmacyGroup[] {
  const starts = segments.flatMap(({ name }, at) => (name === 'ORC' ? [at] : []));
  return starts.flatMap((start, at) => {
    const all = segments.slice(start, starts[at + 1] ?? segments.length);
    const [orc] = all;
    if (orc === undefined) return [];
    const named = (name: string): readonly Hl7Segment[] => all.filter((segment) => segment.name === name);
    const notes = named('NTE').map((nte) =>
      nte
        .field(3)
        .map((one) => one[0]?.join('&') ?? '')
        .join('\n'),
    );
    return [{ orc, rxe: named('RXE')[0], rxo: named('RXO')[0], rxr: named('RXR'), tq1: named('TQ1'), notes }];
  });
}

/** What an event does to a part is more than what a field repeats of it. */
function lastOfEach(assertions: readonly Assertion[]): readonly Assertion[] {
  return [...new Map(assertions.map((one) => [`${keyText(one.key)} ${one.part}`, one])).values()];
}

function stampOf(
  header: Hl7Segment | undefined,
  event: Hl7Segment | undefined,
  { timeZone }: FeedReading,
): Stamp | undefined {
  const sentMs = instantMsOf(fieldText(header, 7), timeZone);
  const recordedMs = instantMsOf(fieldText(event, 2), timeZone) ?? sentMs;
  if (recordedMs === undefined) return undefined;
  return { recordedMs, sentMs: sentMs ?? recordedMs, controlId: fieldText(header, 10) };
}
