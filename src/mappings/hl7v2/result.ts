import type { CodeableConcept, Identifier } from '@medplum/fhirtypes';
import {
  componentText,
  fieldText,
  jsonOf,
  keyText,
  type Assertion,
  type FeedReading,
  type Hl7Repetition,
  type Hl7Segment,
  type ThingKey,
} from '../../contracts/index.ts';
import { codeText, conceptOf } from './datatypes/concept.ts';
import { dateTimeOf, instantMsOf } from './datatypes/dtm.ts';
import { entityOf, numberedKey, placerAndFiller } from './datatypes/identifier.ts';
import { valueOf } from './datatypes/value.ts';
import type { ObservationParts, ReportParts } from './render-results.ts';
import { reportStatusOf, statusOf, UNFINISHED } from './result-status.ts';
import { sayingOf } from './said.ts';

/** One OBR with what follows it. */
export interface OrderGroup {
  readonly orc: Hl7Segment | undefined;
  readonly obr: Hl7Segment;
  readonly results: readonly { readonly obx: Hl7Segment; readonly notes: readonly string[] }[];
}

const LABORATORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const INTERPRETATIONS = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const SECTION_SYSTEM = 'http://terminology.hl7.org/CodeSystem/v2-0074';
/** Codes of table 0074; a sender's own are told apart from them. */
const SECTIONS =
  'AU BG BLB CG CH CP CT CTH CUS EC EN GE HM ICU IMM LAB MB MCB MYC NMR NMS NRS OSL OT OTH OUS PAR PAT PF PHR PHY PT RAD RC RT RUS RX SP SR TX URN VR VUS XRC'.split(
    ' ',
  );

/** Sections of table 0074 that are laboratories. */
const LABORATORIES = ['BG', 'BLB', 'CH', 'CG', 'HM', 'IMM', 'LAB', 'MB', 'MCB', 'MYC', 'SP', 'SR', 'TX', 'VR'];

/** Codes of table 0078 that mean the same in FHIR. */
const SAME_INTERPRETATIONS = new Set(
  'A AA B CAR D DET E EX EXP H HH HU I IE IND L LL LU MS N NCL ND NEG NR NS POS R RR S SDD SYN-R SYN-S TOX U VS UNE W WR < >'.split(
    ' ',
  ),
);

/** What was said before it was final holds no longer, whenever it comes. */
const FINAL_WEIGHT = 1;

/** Which order is meant: by the number of who fills it, else of who placed it. Undefined: by neither. */
function orderNumberOf({ orc, obr }: OrderGroup, context: FeedReading): Identifier | undefined {
  const candidates = [obr.field(3), orc?.field(3) ?? [], obr.field(2), orc?.field(2) ?? []];
  return candidates.flatMap(([ei]) => (ei === undefined ? [] : (entityOf(ei, context) ?? [])))[0];
}

/**
 * Which report is meant: an order may have several, told apart by what was asked for. Without a number, by the patient and the time of the specimen.
 */
export function reportKeyOf(group: OrderGroup, patient: ThingKey, context: FeedReading): ThingKey {
  const code = fieldText(group.obr, 4).trim() || fieldText(group.obr, 4, 2).trim();
  const order = orderNumberOf(group, context) ?? { value: fieldText(group.obr, 7).trim() };
  const { system, value } = numberedKey('DiagnosticReport', order, patient, 'order', context);
  return { type: 'DiagnosticReport', system, value: JSON.stringify([value, code]) };
}

/** Which result is meant: a report has one of each code and sub-id, and of each time where results have one of their own. */
function resultKeyOf(report: ThingKey, obx: Hl7Segment, obr: Hl7Segment, { timeZone }: FeedReading): ThingKey {
  const code = fieldText(obx, 3).trim() || fieldText(obx, 3, 2).trim();
  const [own, common] = [fieldText(obx, 14), fieldText(obr, 7)].map((text) => instantMsOf(text, timeZone));
  const time = own === common ? undefined : own;
  const parts = [code, fieldText(obx, 3, 3).trim(), fieldText(obx, 4).trim(), time ?? ''];
  return { type: 'Observation', system: report.system, value: JSON.stringify([report.value, ...parts]) };
}

/**
 * What an OBR and its OBX say. In: the group, which report it is, who it is about, and the stay where one is named.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-message-oru-r01-to-bundle.html
 */
export function resultAssertions(
  group: OrderGroup,
  key: ThingKey,
  subject: ThingKey,
  encounter: ThingKey | undefined,
  context: FeedReading,
): readonly Assertion[] {
  const { obr } = group;
  const results = resultsOf(group, key, context);
  const status = reportStatusOf(
    obr,
    results.map(({ lines: [first] }) => statusOf(first.obx, obr)),
  );
  const section = fieldText(obr, 24).trim().toUpperCase();
  const system = SECTIONS.includes(section) ? SECTION_SYSTEM : `${context.authorityBase}codes/diagnostic-section`;
  const said = sayingOf<ReportParts>(key);
  return [
    ...said('subject', subject),
    ...said('encounter', encounter),
    ...said('identifier', identifiersOf(group, context)),
    ...said('code', conceptOf(obr.field(4)[0] ?? [], context)),
    ...said('category', section === '' ? undefined : [{ coding: [{ system, code: codeText(section) }] }]),
    weighed(status, { key, part: 'report', value: jsonOf({ status, ...timesOf(obr, undefined, context) }) }),
    ...results.flatMap((result) => said(`result:${keyText(result.key)}`, result.key)),
    ...results.flatMap((result) => observationOf(result, { obr, subject, encounter, section, context })),
  ];
}

type Line = OrderGroup['results'][number];

/** One result: an OBX, or the lines of one text. */
interface Result {
  readonly key: ThingKey;
  readonly lines: readonly [Line, ...Line[]];
}

/** Kinds of values that are texts, whose lines come as several OBX of one code. */
const TEXTS = ['TX', 'FT', 'ST', ''];

/** In the order of the message. What is no further line of a text is a result of its own, also where nothing tells it apart but that it comes again. */
function resultsOf({ obr, results }: OrderGroup, report: ThingKey, context: FeedReading): readonly Result[] {
  const found: { key: ThingKey; lines: [Line, ...Line[]] }[] = [];
  const kindOf = ({ obx }: Line): string => fieldText(obx, 2).trim().toUpperCase();
  const times = new Map<string, number>();
  let lastBase = '';
  for (const line of results) {
    if (line.obx.field(3).length === 0) continue;
    const base = resultKeyOf(report, line.obx, obr, context);
    const last = found.at(-1);
    const continues =
      last !== undefined &&
      lastBase === base.value &&
      [last.lines[0], line].every((one) => TEXTS.includes(kindOf(one))) &&
      statusOf(last.lines[0].obx, obr) === statusOf(line.obx, obr);
    lastBase = base.value;
    if (continues) last.lines.push(line);
    else found.push({ key: nthKey(base, times), lines: [line] });
  }
  return found;
}

/** The same key again within a message means another thing of the same kind. `times` counts them. */
export function nthKey(key: ThingKey, times: Map<string, number>): ThingKey {
  const name = keyText(key);
  const nth = (times.get(name) ?? 0) + 1;
  times.set(name, nth);
  return nth === 1 ? key : { ...key, value: JSON.stringify([key.value, nth]) };
}

function observationOf(
  { key, lines }: Result,
  about: {
    readonly obr: Hl7Segment;
    readonly subject: ThingKey;
    readonly encounter: ThingKey | undefined;
    readonly section: string;
    readonly context: FeedReading;
  },
): readonly Assertion[] {
  const { obr, subject, encounter, section, context } = about;
  const [{ obx }] = lines;
  const status = statusOf(obx, obr);
  const kind = fieldText(obx, 2).trim().toUpperCase();
  const values = lines.flatMap((line) => line.obx.field(5));
  const value = valueOf(kind, values, obx.field(6)[0], context);
  const interpretation = obx.field(8).flatMap((cwe) => interpretationOf(cwe, context) ?? []);
  const range = fieldText(obx, 7).trim();
  const notes = lines
    .flatMap((line) => line.notes)
    .join('\n')
    .trim();
  const absent = value === undefined ? absentReasonOf(obx, kind, values.length) : undefined;
  const result: ObservationParts['result'] = {
    status,
    ...(value && { value }),
    ...(absent && { absent }),
    ...(interpretation.length === 0 ? {} : { interpretation }),
    ...(range === '' ? {} : { range }),
    ...(notes === '' ? {} : { note: [{ text: notes }] }),
    ...timesOf(obr, obx, context),
  };
  const said = sayingOf<ObservationParts>(key);
  const laboratory = [{ coding: [{ system: LABORATORY, code: 'laboratory' }] }];
  return [
    ...said('subject', subject),
    ...said('encounter', encounter),
    ...said('code', conceptOf(obx.field(3)[0] ?? [], context)),
    ...said('category', LABORATORIES.includes(section) ? laboratory : undefined),
    weighed(status, { key, part: 'result', value: jsonOf(result) }),
  ];
}

/** Why there is no value: nobody asked, or it is a document, which is not read yet. */
function absentReasonOf(obx: Hl7Segment, kind: string, values: number): 'not-asked' | 'unsupported' | undefined {
  if (fieldText(obx, 11).trim().toUpperCase() === 'N') return 'not-asked';
  return values > 0 && ['ED', 'RP'].includes(kind) ? 'unsupported' : undefined;
}

function weighed(status: string, assertion: Assertion): Assertion {
  return UNFINISHED.includes(status) ? assertion : { ...assertion, weight: FINAL_WEIGHT };
}

/** An instant needs a time of day; without one nothing is said of when it was issued. */
function timesOf(
  obr: Hl7Segment,
  obx: Hl7Segment | undefined,
  { timeZone }: FeedReading,
): { readonly effective?: string; readonly issued?: string } {
  const effective = dateTimeOf(fieldText(obx, 14), timeZone) ?? dateTimeOf(fieldText(obr, 7), timeZone);
  const issued = dateTimeOf(fieldText(obr, 22), timeZone);
  return {
    ...(effective === undefined ? {} : { effective }),
    ...(issued?.includes('T') === true ? { issued } : {}),
  };
}

function interpretationOf(cwe: Hl7Repetition, context: FeedReading): CodeableConcept | undefined {
  const code = componentText(cwe, 1).trim().toUpperCase();
  if (SAME_INTERPRETATIONS.has(code)) return { coding: [{ system: INTERPRETATIONS, code }] };
  return conceptOf([cwe[0] ?? [], cwe[1] ?? [], cwe[2]?.[0] ? cwe[2] : ['abnormal-flags']], context);
}

function identifiersOf({ orc, obr }: OrderGroup, context: FeedReading): readonly Identifier[] {
  // OBR says it before ORC does.
  const numbers = (field: number): readonly Hl7Repetition[] =>
    [...obr.field(field).slice(0, 1), ...(orc?.field(field).slice(0, 1) ?? [])]
      .filter((ei) => entityOf(ei, context) !== undefined)
      .slice(0, 1);
  return placerAndFiller(numbers(2), numbers(3), context);
}
