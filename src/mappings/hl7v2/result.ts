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
import { conceptOf } from './datatypes/concept.ts';
import { dateTimeOf } from './datatypes/dtm.ts';
import { entityOf } from './datatypes/identifier.ts';
import { valueOf } from './datatypes/value.ts';
import type { ObservationParts, ReportParts } from './render-results.ts';
import { reportStatusOf, statusOf, UNFINISHED } from './result-status.ts';

/** One OBR with what follows it. */
export interface OrderGroup {
  readonly orc: Hl7Segment | undefined;
  readonly obr: Hl7Segment;
  readonly results: readonly { readonly obx: Hl7Segment; readonly notes: readonly string[] }[];
}

const LABORATORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const INTERPRETATIONS = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const V2 = 'http://terminology.hl7.org/CodeSystem/v2-';
const IDENTIFIER_TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';

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
  const order = orderNumberOf(group, context);
  const system = `${context.authorityBase}order`;
  const name =
    order === undefined ? [keyText(patient), fieldText(group.obr, 7).trim()] : [order.system ?? '', order.value ?? ''];
  return { type: 'DiagnosticReport', system, value: JSON.stringify([...name, code]) };
}

/** Which result is meant: a report has one of each code and sub-id, and of each time where results have their own. */
function resultKeyOf(report: ThingKey, obx: Hl7Segment): ThingKey {
  const code = fieldText(obx, 3).trim() || fieldText(obx, 3, 2).trim();
  const parts = [code, fieldText(obx, 3, 3).trim(), fieldText(obx, 4).trim(), fieldText(obx, 14).trim()];
  return { type: 'Observation', system: report.system, value: JSON.stringify([report.value, ...parts]) };
}

/**
 * What an OBR and its OBX say. In: the group, who it is about, and the stay where one is named.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-message-oru-r01-to-bundle.html
 */
export function resultAssertions(
  group: OrderGroup,
  subject: ThingKey,
  encounter: ThingKey | undefined,
  context: FeedReading,
): readonly Assertion[] {
  const { obr } = group;
  const key = reportKeyOf(group, subject, context);
  const results = byKey(group, key);
  const statuses = [...results.values()].map(([first]) => statusOf(first?.obx, obr));
  const status = reportStatusOf(obr, statuses);
  const section = fieldText(obr, 24).trim().toUpperCase();
  const category =
    section === '' ? undefined : [{ coding: [{ system: `${V2}0074`, code: section }] } satisfies CodeableConcept];
  const said = <P extends keyof ReportParts>(part: P, value: ReportParts[P] | undefined): readonly Assertion[] =>
    value === undefined ? [] : [{ key, part, value: jsonOf(value) }];
  return [
    ...said('subject', subject),
    ...said('encounter', encounter),
    ...said('identifier', identifiersOf(group, context)),
    ...said('code', conceptOf(obr.field(4)[0] ?? [], context)),
    ...said('category', category),
    ...weighed(status, { key, part: 'report', value: jsonOf({ status, ...timesOf(obr, undefined, context) }) }),
    ...[...results.keys()].flatMap((name) => {
      const [first] = results.get(name) ?? [];
      return first === undefined ? [] : said(`result:${name}`, resultKeyOf(key, first.obx));
    }),
    ...[...results.values()].flatMap((list) =>
      observationOf(list, { group, key, subject, encounter, section, context }),
    ),
  ];
}

type Result = OrderGroup['results'][number];

/** Lines of one text come as several OBX of the same code. */
function byKey({ results }: OrderGroup, report: ThingKey): ReadonlyMap<string, readonly Result[]> {
  return Map.groupBy(
    results.filter(({ obx }) => obx.field(3).length > 0),
    ({ obx }) => keyText(resultKeyOf(report, obx)),
  );
}

function observationOf(
  list: readonly Result[],
  about: {
    readonly group: OrderGroup;
    readonly key: ThingKey;
    readonly subject: ThingKey;
    readonly encounter: ThingKey | undefined;
    readonly section: string;
    readonly context: FeedReading;
  },
): readonly Assertion[] {
  const [first] = list;
  if (first === undefined) return [];
  const { group, subject, encounter, section, context } = about;
  const { obx } = first;
  const key = resultKeyOf(about.key, obx);
  const status = statusOf(obx, group.obr);
  const interpretation = obx.field(8).flatMap((cwe) => interpretationOf(cwe, context) ?? []);
  const range = fieldText(obx, 7).trim();
  const notes = list
    .flatMap(({ notes: lines }) => lines)
    .join('\n')
    .trim();
  const values = list.flatMap(({ obx: one }) => one.field(5));
  const value = valueOf(fieldText(obx, 2).trim().toUpperCase(), values, obx.field(6)[0], context);
  const result: ObservationParts['result'] = {
    status,
    ...(value && { value }),
    ...(interpretation.length === 0 ? {} : { interpretation }),
    ...(range === '' ? {} : { range }),
    ...(notes === '' ? {} : { note: [{ text: notes }] }),
    ...timesOf(group.obr, obx, context),
    ...(fieldText(obx, 11).trim().toUpperCase() === 'N' ? { isNotAsked: true } : {}),
  };
  const said = <P extends keyof ObservationParts>(
    part: P,
    of: ObservationParts[P] | undefined,
  ): readonly Assertion[] => (of === undefined ? [] : [{ key, part, value: jsonOf(of) }]);
  const laboratory = [{ coding: [{ system: LABORATORY, code: 'laboratory' }] }];
  return [
    ...said('subject', subject),
    ...said('encounter', encounter),
    ...said('code', conceptOf(obx.field(3)[0] ?? [], context)),
    ...said('category', LABORATORIES.includes(section) ? laboratory : undefined),
    ...weighed(status, { key, part: 'result', value: jsonOf(result) }),
  ];
}

function weighed(status: string, assertion: Assertion): readonly Assertion[] {
  return [UNFINISHED.includes(status) ? assertion : { ...assertion, weight: FINAL_WEIGHT }];
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
  return conceptOf(cwe, context, '0078');
}

function identifiersOf({ orc, obr }: OrderGroup, context: FeedReading): readonly Identifier[] | undefined {
  const numbers = ([field, code]: readonly [number, string]): readonly Identifier[] =>
    [...obr.field(field).slice(0, 1), ...(orc?.field(field).slice(0, 1) ?? [])]
      .flatMap((ei) => entityOf(ei, context) ?? [])
      .slice(0, 1)
      .map((identifier) => ({ ...identifier, type: { coding: [{ system: IDENTIFIER_TYPES, code }] } }));
  const found = (
    [
      [2, 'PLAC'],
      [3, 'FILL'],
    ] as const
  ).flatMap(numbers);
  return found.length === 0 ? undefined : found;
}
