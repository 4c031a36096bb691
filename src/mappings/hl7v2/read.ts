import {
  fieldText,
  keyText,
  wholeText,
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
import { encounterAside, encounterAssertions, encounterKeyOf } from './encounter.ts';
import { medicationOrderAssertions, medicationOrderKeyOf, type PharmacyGroup } from './medication-order.ts';
import { identifiersOf, keyOfField, patientAssertions, patientKeyOf } from './patient.ts';
import { nthKey, reportKeyOf, resultAssertions, type OrderGroup } from './result.ts';

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
const READERS: Readonly<Record<string, (opening: Opening) => Said | undefined>> = {
  ADT: saidByAdt,
  ORU: saidByOru,
  SIU: saidBySiu,
  RDE: saidByPharmacy,
  OMP: saidByPharmacy,
};

/**
 * Events of which PID and PV1 say everything: admission, transfer, discharge, registration, updates, and the cancellation of an admission and a discharge. What others do (deletion,
 * moved or changed numbers, swapped beds, links) is not read yet, and a reading that leaves it out would be wrong.
 */
const VISIT_EVENTS = ['A01', 'A02', 'A03', 'A04', 'A05', 'A08', 'A11', 'A13', 'A14', 'A28', 'A31'];

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
  if (said === undefined) return undefined;
  if (typeof said === 'string') return { is: 'unmappable', reason: said };
  return { is: 'read', stamp, assertions: lastOfEach(said) };
}

function saidByAdt({ message, context, event, pid, pv1, patient }: Opening): Said | undefined {
  const [, trigger = ''] = message.event.split('^');
  if (MERGES.includes(trigger)) return saidByMerge(message, context);
  if (!VISIT_EVENTS.includes(trigger)) return undefined;
  const said = patientAssertions(pid, patient, context);
  const stay = pv1 && encounterKeyOf(pv1, patient, context);
  if (pv1 === undefined || stay === undefined) return said;
  const at = [6, 2]
    .map((field) => dateTimeOf(fieldText(event, field), context.timeZone))
    .find((one) => one !== undefined);
  return [...said, ...encounterAssertions(pv1, stay, patient, { trigger, at }, context)];
}

/** Each PID with the MRG behind it. */
function saidByMerge(message: Hl7Message, context: FeedReading): Said {
  const said: Assertion[] = [];
  let survivor: { readonly pid: Hl7Segment; readonly key: ThingKey } | undefined;
  for (const segment of message.segments) {
    if (segment.name === 'PID') {
      const key = patientKeyOf(identifiersOf(segment, context), context);
      survivor = key && { pid: segment, key };
    }
    if (segment.name !== 'MRG' || survivor === undefined) continue;
    const { pid, key } = survivor;
    const prior = keyOfField(segment, 1, context) ?? keyOfField(segment, 4, context);
    if (prior === undefined) return 'merge-without-prior';
    if (keyText(prior) === keyText(key)) return 'merge-of-one';
    said.push(
      ...patientAssertions(pid, key, context),
      { key: prior, part: 'mergedInto', value: { ...key } },
      { key, part: 'mergedInto', value: null },
    );
  }
  return said.length === 0 ? 'merge-without-prior' : said;
}

function saidByOru({ message, context, pid, pv1, patient }: Opening): Said {
  const groups = groupsOf(message.segments);
  if (groups.length === 0) return 'order-missing';
  const { stay, aside } = asideOf({ context, pid, pv1, patient });
  const times = new Map<string, number>();
  const said = groups.flatMap((group) => {
    const key = nthKey(reportKeyOf(group, patient, context), times);
    return resultAssertions(group, key, patient, stay, context);
  });
  return [...aside, ...said];
}

/** What a message that is about something else says of its patient and stay. */
function asideOf({ context, pid, pv1, patient }: Omit<Opening, 'message' | 'event'>): {
  readonly stay: ThingKey | undefined;
  readonly aside: readonly Assertion[];
} {
  const stay = pv1 && encounterKeyOf(pv1, patient, context);
  const said = [
    ...patientAssertions(pid, patient, context),
    ...(pv1 === undefined || stay === undefined ? [] : encounterAside(pv1, stay, patient, context)),
  ];
  return { stay, aside: said.map((one) => ({ ...one, weight: ASIDE })) };
}

function saidByPharmacy({ message, context, pid, pv1, patient }: Opening): Said {
  const groups = pharmacyGroupsOf(message.segments);
  const { stay, aside } = asideOf({ context, pid, pv1, patient });
  const said = groups.flatMap((group) => {
    const key = medicationOrderKeyOf(group, patient, context);
    return key === undefined ? [] : medicationOrderAssertions(group, key, patient, stay, context);
  });
  return said.length === 0 ? 'order-missing' : [...aside, ...said];
}

function saidBySiu({ message, context, pid, patient }: Opening): Said {
  const sch = message.segments.find(({ name }) => name === 'SCH');
  const key = sch && appointmentKeyOf(sch, patient, context);
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
    else if (segment.name === 'NTE') group?.results.at(-1)?.notes.push(textOf(segment));
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
    const notes = named('NTE').map(textOf);
    return [{ orc, rxe: named('RXE')[0], rxo: named('RXO')[0], rxr: named('RXR'), tq1: named('TQ1'), notes }];
  });
}

/** The comment of an NTE, repetition by repetition. */
function textOf(nte: Hl7Segment): string {
  return nte.field(3).map(wholeText).join('\n');
}

/** Of one part the assertion that weighs most, and of those the last: what an event does is more than what a field repeats. */
function lastOfEach(assertions: readonly Assertion[]): readonly Assertion[] {
  const kept = new Map<string, Assertion>();
  for (const one of assertions) {
    const name = `${keyText(one.key)} ${one.part}`;
    if ((one.weight ?? 0) >= (kept.get(name)?.weight ?? 0) || !kept.has(name)) kept.set(name, one);
  }
  return [...kept.values()];
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
