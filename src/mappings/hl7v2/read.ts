import {
  fieldText,
  type Hl7Message,
  type Hl7Segment,
  type FeedReading,
  keyText,
  type Assertion,
  type Stamp,
  type Reading,
} from '../../contracts/index.ts';
import { dateTimeOf, instantMsOf } from './datatypes/dtm.ts';
import { encounterAssertions, encounterKeyOf } from './encounter.ts';
import { identifiersOf, keyOfField, patientAssertions, patientKeyOf } from './patient.ts';

/** Why a message cannot be mapped. `docs/feeds.md` explains each. */
export type Unmappable =
  'patient-missing' | 'patient-without-system' | 'time-missing' | 'merge-without-prior' | 'merge-of-one';

/** Events that join two registrations of one patient: PID is the one that stays, MRG-1 the one that ends. */
const MERGES = ['A40', 'A18', 'A34'];

/**
 * Reads an ADT message of a feed. What it says is assertions, each of one part of one thing, so that the order of messages does not matter.
 */
export function readAdt(message: Hl7Message, context: FeedReading): Reading<Unmappable> {
  const segment = (name: string): Hl7Segment | undefined => message.segments.find((one) => one.name === name);
  const [header, event, pid, pv1] = ['MSH', 'EVN', 'PID', 'PV1'].map(segment);
  const stamp = stampOf(header, event, context);
  if (stamp === undefined) return { is: 'unmappable', reason: 'time-missing' };
  if (pid === undefined) return { is: 'unmappable', reason: 'patient-missing' };
  const identifiers = identifiersOf(pid, context);
  if (identifiers.length === 0) return { is: 'unmappable', reason: 'patient-missing' };
  const patient = patientKeyOf(identifiers, context);
  if (patient === undefined) return { is: 'unmappable', reason: 'patient-without-system' };
  const [, trigger = ''] = message.event.split('^');
  const assertions = [...patientAssertions(pid, patient, context)];
  if (MERGES.includes(trigger)) {
    const mrg = segment('MRG');
    const prior = mrg && (keyOfField(mrg, 1, context) ?? keyOfField(mrg, 4, context));
    if (prior === undefined) return { is: 'unmappable', reason: 'merge-without-prior' };
    if (prior.system === patient.system && prior.value === patient.value)
      return { is: 'unmappable', reason: 'merge-of-one' };
    assertions.push({ key: prior, part: 'mergedInto', value: { ...patient } });
    assertions.push({ key: patient, part: 'mergedInto', value: null });
  }
  const stay = pv1 && encounterKeyOf(pv1, context);
  if (pv1 !== undefined && stay !== undefined && !MERGES.includes(trigger)) {
    const at = [6, 2]
      .map((field) => dateTimeOf(fieldText(event, field), context.timeZone))
      .find((one) => one !== undefined);
    assertions.push(...encounterAssertions(pv1, stay, patient, { trigger, at }, context));
  }
  return { is: 'read', stamp, patient, assertions: lastOfEach(assertions) };
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
