import { yearOf, type Day } from './calendar.ts';
import { cancerAnswersOn, type CancerQuestion } from './cancer-course.ts';
import { answerNumber, missingKey, patientKey } from './keys.ts';
import { keyOn } from './key-on.ts';
import type { DamageKind } from './damage-kinds.ts';
import { randomOf, STREAMS, type Random } from './random.ts';
import type { Traits } from './traits.ts';
import { markerVisitsOf } from './tumour-markers.ts';
import type { LocalTime, PatientKey } from './types.ts';
import { visitsOf, within, type Span, type Visit } from './visits.ts';

/** A row of QSTANS: one answer of a questionnaire. */
export interface Answer {
  readonly number: string;
  readonly patient: PatientKey;
  readonly day: Day;
  readonly at: LocalTime;
  readonly question: string;
  /** A code or words, by the question; null and blank: asked, but not answered. */
  readonly answer: string | null;
  readonly statusCode: string;
  readonly active: boolean;
  readonly damage?: DamageKind;
}

/** In this order the questions are numbered; each visit asks some of them. */
const QUESTIONS = ['SMK', 'PRG', 'OCC', 'ALC', 'PET'] as const;
type Question = (typeof QUESTIONS)[number];

const ANSWERS: Readonly<Record<Exclude<Question, 'SMK'>, readonly (string | null)[]>> = {
  PRG: ['N', 'N', 'N', 'Y', 'P', ' '],
  OCC: ['Teacher', ' Nurse ', 'Retired', "Cook at O'Malley's", 'Baker (Müller & Söhne)', null],
  ALC: ['Two glasses of wine a week', 'None', '', '5% beer, at week-ends'],
  PET: ['Dog', 'None'],
};

const ASKED_EVERY_VISITS: Readonly<Record<Question, number>> = { SMK: 4, PRG: 4, OCC: 6, ALC: 6, PET: 12 };

const HABITS = ['NEV', 'NEV', 'NEV', 'NEV', 'EX', 'EX', 'CUR', 'SOM'] as const;
const HABIT = 2300;

/** Whoever has smoked never says afterwards that they never did. */
function smokingOf({ seed, person }: Traits, random: Random): string | null {
  const habit = randomOf(seed, STREAMS.answers, person, HABIT).pick(HABITS);
  return random.chance(0.25) ? random.pick(['UNK', 'VAPE', null]) : habit;
}

/** The answers of the wanted days. */
export function answersOf(traits: Traits, span: Span): readonly Answer[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const answers: Answer[] = [];
  for (const visit of visitsOf(traits, span)) {
    if (visit.kind === 'ordinary')
      for (const question of QUESTIONS)
        if (isAsked(traits, visit, question)) answers.push(answerOf(traits, visit, question));
  }
  for (const visit of markerVisitsOf(traits, span))
    cancerAnswersOn(traits, visit).forEach(([question, answer], which) => {
      answers.push(noted(traits, visit, which, { question, answer: () => answer }));
    });
  return [...answers, ...damagedAnswersOf(traits).filter(({ day }) => within(span, day))];
}

function isAsked({ person, female, born }: Traits, { index, day }: Visit, question: Question): boolean {
  const age = yearOf(day) - yearOf(born);
  // What a minor says of a pregnancy is told in confidence, elsewhere.
  if (age < 14 || (question === 'PRG' && (!female || age <= 18 || age > 50))) return false;
  return (index + person) % ASKED_EVERY_VISITS[question] === 0;
}

function answerOf(traits: Traits, visit: Visit, question: Question): Answer {
  return noted(traits, visit, QUESTIONS.indexOf(question), {
    question,
    answer: (random) => (question === 'SMK' ? smokingOf(traits, random) : random.pick(ANSWERS[question])),
  });
}

interface Noted {
  readonly question: Question | CancerQuestion;
  readonly answer: (random: Random) => string | null;
}

function noted(traits: Traits, { index, day }: Visit, which: number, { question, answer }: Noted): Answer {
  const random = randomOf(traits.seed, STREAMS.answers, traits.person, index, which);
  return {
    number: answerNumber(traits.person, index, which),
    patient: keyOn(traits, day),
    day,
    at: { day, seconds: 60 * random.int(7 * 60, 18 * 60) },
    question,
    answer: answer(random),
    statusCode: random.chance(0.04) ? 'E' : 'F',
    active: !random.chance(0.04),
  };
}

const ANSWER_KINDS: readonly DamageKind[] = ['unknown-answer-status', 'orphan-answer'];
const DAMAGE_VISIT = 2400;

/** One sound answer, which the projection then damages; always before the anchor, so that catch-up adds none. */
function damagedAnswersOf({ person, anchor, damageKind: damage }: Traits): readonly Answer[] {
  if (damage === undefined || !ANSWER_KINDS.includes(damage)) return [];
  const day = anchor - 60 - (person % 200);
  return [
    {
      number: answerNumber(person, DAMAGE_VISIT, 0),
      patient: damage === 'orphan-answer' ? missingKey(person) : patientKey(person),
      day,
      at: { day, seconds: 36_000 },
      question: 'SMK',
      answer: 'NEV',
      statusCode: 'F',
      active: true,
      damage,
    },
  ];
}
