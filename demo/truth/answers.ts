import type { Answer } from '../model/answers.ts';
import { zonedOf } from '../model/calendar.ts';
import type { Person } from '../model/types.ts';
import { SYSTEMS, type Meaning } from './codes.ts';
import { registrationOf } from './labs.ts';
import { concept, known, plain, referenceTo, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

const QUESTION_SYSTEM = 'https://meridian.example/cs/question';
const ANSWER_SYSTEM = 'https://meridian.example/cs/answer';

type Meanings = Readonly<Record<string, Pick<Meaning, 'code'> & Partial<Meaning>>>;

/** A question that is answered by a code. */
interface CodedQuestion {
  readonly code: Meaning;
  /** Of US Core. */
  readonly profile: string;
  readonly answers: Meanings;
  /** The system of the answers; SNOMED CT where it is not said. */
  readonly system?: string;
  /** What the oncologist judges; the others are told. */
  readonly isExam?: true;
}

/** The questions that are answered by a code, with the profile of US Core for each. */
const CODED: Readonly<Record<string, CodedQuestion>> = {
  SMK: {
    code: { code: '72166-2', display: 'Tobacco smoking status' },
    profile: 'us-core-smokingstatus',
    answers: {
      NEV: { code: '266919005', display: 'Never smoked tobacco' },
      EX: { code: '8517006', display: 'Ex-smoker' },
      CUR: { code: '449868002', display: 'Smokes tobacco daily' },
      SOM: { code: '428041000124106', display: 'Occasional tobacco smoker' },
      UNK: { code: '266927001', display: 'Tobacco smoking consumption unknown' },
    },
  },
  PRG: {
    code: { code: '82810-3', display: 'Pregnancy status' },
    profile: 'us-core-observation-pregnancystatus',
    answers: {
      Y: { code: '77386006', display: 'Pregnant' },
      N: { code: '60001007', display: 'Not pregnant' },
      P: { code: '152231000119106', display: 'Pregnancy not yet confirmed' },
    },
  },
  ECOG: {
    ...{ code: { code: '89247-1', display: 'ECOG Performance Status score' }, profile: 'us-core-simple-observation' },
    ...{ isExam: true, system: SYSTEMS.loinc },
    answers: {
      0: {
        code: 'LA9622-7',
        display: 'Fully active, able to carry on all pre-disease performance without restriction',
      },
      1: { code: 'LA9623-5' },
      2: { code: 'LA9624-3' },
      3: { code: 'LA9625-0' },
      4: { code: 'LA9626-8' },
    },
  },
  DSTAT: {
    ...{ code: { code: '97509-4', display: 'Cancer disease progression' }, profile: 'us-core-simple-observation' },
    isExam: true,
    answers: {
      BET: { code: '268910001', display: "Patient's condition improved" },
      STA: { code: '359746009', display: "Patient's condition stable" },
      WOR: { code: '271299001', display: "Patient's condition worsened" },
    },
  },
  STAGE: {
    ...{ code: { code: '21908-9', display: 'Stage group.clinical Cancer' }, profile: 'us-core-simple-observation' },
    ...{ isExam: true, answers: {} },
  },
};

const WORDS: Meanings = {
  OCC: { code: '11341-5', display: 'History of Occupation' },
  ALC: { code: '11331-6', display: 'History of Alcohol use' },
};

function codingOf(system: string, meaning: Meanings[string] | undefined): TruthValue | undefined {
  return meaning && known({ system, ...meaning });
}

function answerNative({ number }: Answer): Native {
  return { table: 'QSTANS', key: [number] };
}

function answerTruth(row: Answer): TruthResource {
  const { question, at } = row;
  const written = row.answer?.trim() ?? '';
  const coded = CODED[question];
  const value: Readonly<Record<string, TruthValue | undefined>> =
    written === ''
      ? {
          dataAbsentReason: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'asked-unknown' }],
          },
        }
      : coded === undefined
        ? { valueString: written }
        : {
            valueCodeableConcept: concept([
              codingOf(coded.system ?? SYSTEMS.snomed, coded.answers[written]),
              { system: ANSWER_SYSTEM, code: written },
            ]),
          };
  const elements = {
    status: row.statusCode === 'E' ? 'entered-in-error' : 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            ...(coded?.isExam === true
              ? { code: 'exam', display: 'Exam' }
              : { code: 'social-history', display: 'Social History' }),
          },
        ],
      },
    ],
    code:
      coded === undefined
        ? concept([codingOf(SYSTEMS.loinc, WORDS[question]), { system: QUESTION_SYSTEM, code: question }])
        : concept([codingOf(SYSTEMS.loinc, coded.code)]),
    subject: referenceTo('Patient', registrationOf({ key: row.patient })),
    effectiveDateTime: zonedOf(at.day, at.seconds),
    ...value,
  };
  if (coded === undefined) return usCore(answerNative(row), 'Observation', 'us-core-simple-observation', elements);
  return written === ''
    ? plain(answerNative(row), 'Observation', elements)
    : usCore(answerNative(row), 'Observation', coded.profile, elements);
}

export function answerRows({ answers }: Person): readonly TruthRow[] {
  return answers.map((row) => ({
    native: answerNative(row),
    about: { registration: row.patient },
    damage: row.damage,
    hidden: row.active ? undefined : 'deleted',
    resource: () => answerTruth(row),
  }));
}
