import {
  alias,
  and,
  char,
  code,
  constant,
  defineBranch,
  equals,
  integer,
  isFlag,
  join,
  localCode,
  localDateTime,
  localTimestamp,
  not,
  oneOf,
  reasonIfAbsent,
  reference,
  required,
  string,
  table,
  text,
  type Branch,
  type CodeMap,
} from 'fascia/mapping';
import { DISEASE_COURSE, PERFORMANCE, PREGNANCY, SMOKING, SOCIAL_QUESTION } from './codes-answers.ts';
import { HOSPITAL_ZONE, PATMAST } from './tables.ts';

const QSTANS = table('QSTANS', {
  ANS_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  ANS_TS: localTimestamp(HOSPITAL_ZONE),
  Q_CD: text(),
  ANS_VAL: text(),
  ANS_ST: char(1),
  ACTV: integer(),
});

const q = alias('q', QSTANS, { live: (row) => not(equals(row.ACTV, '0')) });
const registration = alias('qpt', PATMAST);
const isLive = not(isFlag(registration.DEL_FLG, 'Y'));

const profile = (name: string): readonly string[] => [`http://hl7.org/fhir/us/core/StructureDefinition/${name}`];

const row = {
  from: q,
  joins: [
    join(registration, [
      [registration.FAC_CD, q.FAC_CD],
      [registration.PT_NO, q.PT_NO],
    ]),
  ],
  key: [q.ANS_NO],
} as const;

const shared = {
  status: code(
    q.ANS_ST,
    { F: 'final', E: 'entered-in-error' },
    { unmapped: 'damaged', system: 'http://hl7.org/fhir/observation-status' },
  ),
  subject: reference('Patient', 'mp', [registration.FAC_CD, registration.PT_NO], { required: true }),
  effectiveDateTime: localDateTime(q.ANS_TS),
} as const;

const category = <const C extends string>(code: C, display: string) => [
  constant({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }] }),
];
const SOCIAL = category('social-history', 'Social History');
/** What the oncologist judges. */
const EXAM = category('exam', 'Exam');

interface CodedQuestion {
  readonly prefix: string;
  readonly question: string;
  readonly profile: string;
  readonly loinc: readonly [code: string, display: string];
  readonly answers?: CodeMap;
  readonly about?: typeof SOCIAL | typeof EXAM;
  readonly absentInSource?: readonly string[];
}

/** A question that is answered by a code. A question without an answer says so, and claims no profile. */
function codedQuestion(asked: CodedQuestion): Branch {
  const { prefix, question, profile: name, loinc, answers, about = SOCIAL, absentInSource = [] } = asked;
  const [value, display] = loinc;
  const maps = answers === undefined ? [] : [answers];
  const answer = localCode({ column: q.ANS_VAL, system: 'https://meridian.example/cs/answer', maps });
  return defineBranch('Observation', {
    ...row,
    prefix,
    where: and(equals(q.Q_CD, question), isLive),
    profiles: profile(name),
    profileNeeds: [answer],
    absentInSource,
    elements: {
      ...shared,
      category: about,
      code: constant({ coding: [{ system: 'http://loinc.org', code: value, display }] }),
      valueCodeableConcept: answer,
      dataAbsentReason: reasonIfAbsent(answer, 'asked-unknown'),
    },
  });
}

const words = string(q.ANS_VAL);

const simple = { profile: 'us-core-simple-observation', absentInSource: ['performer'] } as const;
const judged = { ...simple, about: EXAM } as const;

/** One table of answers: five questions that are answered by a code, and all others, which are answered by words. */
export const answers: readonly Branch[] = [
  codedQuestion({
    ...{ prefix: 'msm', question: 'SMK', profile: 'us-core-smokingstatus', answers: SMOKING },
    loinc: ['72166-2', 'Tobacco smoking status'],
  }),
  codedQuestion({
    ...{ prefix: 'mpg', question: 'PRG', profile: 'us-core-observation-pregnancystatus', answers: PREGNANCY },
    loinc: ['82810-3', 'Pregnancy status'],
  }),
  codedQuestion({
    ...{ ...judged, prefix: 'mec', question: 'ECOG', answers: PERFORMANCE },
    loinc: ['89247-1', 'ECOG Performance Status score'],
  }),
  codedQuestion({
    ...{ ...judged, prefix: 'mdc', question: 'DSTAT', answers: DISEASE_COURSE },
    loinc: ['97509-4', 'Cancer disease progression'],
  }),
  codedQuestion({
    ...{ ...judged, prefix: 'mtn', question: 'STAGE' },
    loinc: ['21908-9', 'Stage group.clinical Cancer'],
  }),
  defineBranch('Observation', {
    ...row,
    prefix: 'msh',
    where: and(not(oneOf(q.Q_CD, ['SMK', 'PRG', 'ECOG', 'DSTAT', 'STAGE'])), isLive),
    profiles: profile(simple.profile),
    absentInSource: simple.absentInSource,
    elements: {
      ...shared,
      category: SOCIAL,
      code: required(
        localCode({ column: q.Q_CD, system: 'https://meridian.example/cs/question', maps: [SOCIAL_QUESTION] }),
      ),
      valueString: words,
      dataAbsentReason: reasonIfAbsent(words, 'asked-unknown'),
    },
  }),
];
