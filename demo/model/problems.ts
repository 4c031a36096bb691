import type { Day } from './calendar.ts';
import { missingKey, patientKey, problemNumber } from './keys.ts';
import {
  ALERTS,
  ALLERGENS,
  DIABETES,
  DIAGNOSES,
  LUNG_CANCER,
  OF_ADOLESCENTS,
  REACTIONS,
  type Diagnosis,
  type PackedCode,
} from './problem-catalogue.ts';
import type { DamageKind } from './damage-kinds.ts';
import { forbiddenDrugOf } from './forbidden-drugs.ts';
import { diagnosedOn } from './oncology.ts';
import { itemAt, randomOf, STREAMS, type Random } from './random.ts';
import { MISSING_PROVIDER, providerNumber } from './staff.ts';
import { sensitiveDiagnosisOf } from './sensitive-diagnoses.ts';
import { isAttended, staysOf, type Stay } from './stays.ts';
import { ageOn, type Traits } from './traits.ts';
import type { PatientKey } from './types.ts';
import { lastNotedDay } from './visits.ts';

/** A row of PRBLST: a problem, an allergy, the statement that none are known, an alert, or a reminder of the list's own. */
export interface Problem {
  readonly number: string;
  readonly kind: 'PR' | 'AL' | 'NK' | 'AT' | 'RM';
  readonly patient: PatientKey;
  /** A stay; it may lead nowhere. */
  readonly stay: string | null;
  readonly codes: readonly PackedCode[];
  readonly alert: string | null;
  readonly text: string | null;
  readonly clinical: string | null;
  readonly verification: string | null;
  readonly category: string | null;
  readonly criticality: string | null;
  readonly reaction: string | null;
  readonly severity: string | null;
  readonly onset: Day | undefined;
  readonly abated: Day | undefined;
  readonly recorded: Day | undefined;
  readonly recorder: string | null;
  readonly sensitivity: string | null;
  /** Taken off the list as a mistake of the clerk, on this day. */
  readonly voided: Day | undefined;
  readonly damage?: DamageKind;
}

const NOTHING = {
  ...{ stay: null, codes: [], alert: null, text: null, category: null, criticality: null },
  ...{ reaction: null, severity: null, onset: undefined, abated: undefined, sensitivity: null, voided: undefined },
} as const;

interface Context {
  readonly traits: Traits;
  readonly random: Random;
  readonly stays: readonly Stay[];
}

/** What is noted of a person; all of it before the first generation, so that later days add nothing. */
export function problemsOf(traits: Traits): readonly Problem[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const stays = staysOf(traits, { through: traits.anchor - 1 }).filter(isAttended);
  const random = randomOf(traits.seed, STREAMS.problems, traits.person);
  const context: Context = { traits, random, stays };
  const drawn =
    traits.course === 'never' ? [] : [...diagnosesOf(context), ...allergiesOf(context), ...alertsOf(context)];
  const listed = drawn.map((problem, i) => {
    return { ...problem, ...guarded(traits, problem, i), number: problemNumber(traits.person, i) };
  });
  const forbidden = forbiddenOf(traits);
  return [
    ...listed.filter(({ kind }) => kind !== 'NK' || forbidden.length === 0),
    ...forbidden,
    ...cancerOf(traits),
    ...damagedOf(traits),
  ];
}

const GUARDED: readonly Problem['kind'][] = ['AL', 'NK'];

/** What was asked in the withdrawal ward or the HIV clinic says that somebody was there. */
function guarded({ seed, person }: Traits, { kind }: Draft, index: number): Pick<Problem, 'sensitivity'> | undefined {
  const random = randomOf(seed, STREAMS.guardedAllergies, person, index);
  if (!GUARDED.includes(kind) || !random.chance(0.08)) return undefined;
  return { sensitivity: random.pick(['SUB', 'HIV', 'VIP']) };
}

const CANCER_PROBLEM = 80;
const FORBIDDEN_DRUG = 81;

function forbiddenOf(traits: Traits): readonly Problem[] {
  const drug = forbiddenDrugOf(traits);
  if (drug === undefined) return [];
  const { text, codes, noted } = drug;
  return [
    {
      ...{ ...NOTHING, number: problemNumber(traits.person, FORBIDDEN_DRUG), kind: 'AL', text, codes, category: 'M' },
      ...{ patient: patientKey(traits.person), clinical: 'A', verification: 'C', criticality: 'H', reaction: 'ANAP' },
      ...{ severity: 'S', recorded: noted, recorder: providerNumber(traits.person % 60) },
    },
  ];
}

function cancerOf(traits: Traits): readonly Problem[] {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined) return [];
  const { text, codes } = LUNG_CANCER;
  return [
    {
      ...{ ...NOTHING, number: problemNumber(traits.person, CANCER_PROBLEM), kind: 'PR', text, codes },
      ...{ patient: patientKey(traits.person), clinical: 'A', verification: 'C', onset: diagnosed },
      ...{ recorded: diagnosed + 3, recorder: providerNumber(traits.person % 60) },
    },
  ];
}

type Draft = Omit<Problem, 'number'>;

/** A day on which somebody has surely reached an age. */
function earliestAt({ born }: Traits, age: number): Day {
  return born + Math.ceil(366 * age);
}

/** A row of somebody who was old enough, recorded on arrival where it names a stay. */
function rowOf({ traits, random, stays }: Context, kind: Problem['kind'], age = 0): Draft {
  const possible = stays.filter(({ arrived }) => ageOn(traits, arrived.day) >= age);
  const isInStay = possible.length > 0 && random.chance(0.5);
  const stay = isInStay ? itemAt(possible, random.int(0, 9)) : undefined;
  const drawn = lastNotedDay(traits) - random.int(1, 2000);
  const recorded = stay?.arrived.day ?? Math.min(traits.anchor - 1, Math.max(earliestAt(traits, age), drawn));
  return {
    ...NOTHING,
    kind,
    patient: patientKey(traits.person),
    stay: stay === undefined ? null : random.chance(0.05) ? '1' : stay.number,
    clinical: 'A',
    verification: random.chance(0.85) ? 'C' : random.pick(['P', 'U', 'D']),
    recorded: random.chance(0.05) ? undefined : recorded,
    recorder: random.chance(0.1) ? null : random.chance(0.03) ? MISSING_PROVIDER : providerNumber(random.int(0, 59)),
  };
}

function diagnosesOf(context: Context): readonly Draft[] {
  const { traits, random } = context;
  const list: Diagnosis[] = traits.course === 'diabetic' ? [DIABETES] : [];
  const age = ageOn(traits, lastNotedDay(traits));
  const possible = DIAGNOSES.filter(({ from = 0 }) => age > from + 1);
  // Nothing here begins in infants.
  const most = possible.length === 0 ? 0 : 3;
  for (let n = random.int(0, most); n > 0; n -= 1) list.push(random.pick(possible));
  if (age > 14 && age < 18) list.push(OF_ADOLESCENTS);
  return [...list.map((diagnosis) => problemOf(context, diagnosis)), ...sensitiveOf(context)];
}

/** Noted when it began, outside of any stay. */
function sensitiveOf(context: Context): readonly Draft[] {
  const found = sensitiveDiagnosisOf(context.traits);
  if (found === undefined) return [];
  const { diagnosis, since } = found;
  const { abated, ...problem } = problemOf(context, diagnosis);
  const over = abated === undefined ? undefined : Math.max(abated, since + 30);
  return [{ ...problem, stay: null, onset: since, recorded: since, abated: over }];
}

function problemOf(context: Context, { text, codes, sensitivity, passes, within, from = 0 }: Diagnosis): Draft {
  const { traits, random } = context;
  const row = rowOf(context, 'PR', from);
  const noted = row.recorded ?? lastNotedDay(traits) - 100;
  const began = Math.min(noted, Math.max(earliestAt(traits, from), noted - random.int(0, within ?? 900)));
  const over = passes && (random.chance(0.4) || (within !== undefined && began < traits.anchor - within));
  const refuted = random.chance(0.03);
  const verification = refuted ? 'R' : !over && random.chance(0.06) ? 'E' : row.verification;
  return {
    ...row,
    ...{
      text: random.chance(0.05) && codes.length > 1 ? null : text,
      codes,
      sensitivity: sensitivity ?? (random.chance(0.03) ? 'VIP' : null),
    },
    clinical: over ? random.pick(['R', 'I']) : random.chance(0.05) ? 'C' : 'A',
    verification,
    onset: random.chance(0.3) ? undefined : began,
    abated: over && random.chance(0.7) ? Math.min(traits.anchor - 1, began + random.int(10, within ?? 600)) : undefined,
    voided: random.chance(0.03) ? traits.anchor - random.int(1, 400) : undefined,
  };
}

/** A quarter has allergies, a third is known to have none, some have none to drugs; the others were never asked. */
function allergiesOf(context: Context): readonly Draft[] {
  const { random } = context;
  const draw = random.next();
  if (draw < 0.25) {
    return Array.from({ length: random.int(1, 3) }, (): Draft => {
      const { text, codes, category } = random.pick(ALLERGENS);
      const row = rowOf(context, 'AL');
      const reaction = random.pick(REACTIONS);
      return {
        ...row,
        ...{ text, codes, category, reaction },
        severity: reaction === null ? null : random.pick(['M', 'O', 'S', null]),
        criticality: random.pick(['H', 'L', 'U', null]),
        clinical: random.chance(0.1) ? 'R' : 'A',
        verification: random.chance(0.05) ? 'E' : row.verification,
        voided: random.chance(0.05) ? context.traits.anchor - 3 : undefined,
      };
    });
  }
  if (draw < 0.58) return [{ ...rowOf(context, 'NK'), verification: 'C' }];
  return draw < 0.66 ? [{ ...rowOf(context, 'NK'), verification: 'C', category: random.pick(['M', 'F']) }] : [];
}

function alertsOf(context: Context): readonly Draft[] {
  const { traits, random } = context;
  const rows: Draft[] = [];
  if (random.chance(0.2)) {
    const [alert, text] = random.pick(ALERTS);
    const row = rowOf(context, 'AT');
    const ended = random.chance(0.3);
    rows.push({
      ...{ ...row, alert, text, sensitivity: alert === 'VIOL' ? 'PSY' : null },
      ...{ clinical: ended ? 'I' : 'A', verification: random.chance(0.08) ? 'E' : 'C' },
      onset: row.recorded,
      abated: ended && row.recorded !== undefined ? Math.min(traits.anchor - 1, row.recorded + 40) : undefined,
    });
  }
  if (random.chance(0.05)) rows.push({ ...rowOf(context, 'RM'), text: 'Ask for the new telephone number' });
  return rows;
}

const PROBLEM_KINDS: readonly DamageKind[] = [
  ...([
    'problem-without-code',
    'active-but-over',
    'impossible-onset',
    'unknown-verification',
    'half-code',
    'error-but-over',
  ] as const),
  ...(['allergy-without-code', 'orphan-alert'] as const),
];
const DAMAGE_PROBLEM = 90;

/** One row that is sound but for its damage, which the projection does. */
function damagedOf({ person, anchor, damageKind: damage }: Traits): readonly Problem[] {
  if (damage === undefined || !PROBLEM_KINDS.includes(damage)) return [];
  const kind = damage === 'allergy-without-code' ? 'AL' : damage === 'orphan-alert' ? 'AT' : 'PR';
  const isCoded = damage !== 'problem-without-code' && damage !== 'allergy-without-code';
  return [
    {
      ...NOTHING,
      ...{ number: problemNumber(person, DAMAGE_PROBLEM), kind, damage },
      patient: damage === 'orphan-alert' ? missingKey(person) : patientKey(person),
      ...(isCoded ? { codes: kind === 'PR' ? ['ICD10:I10'] : [], text: 'Damaged' } : {}),
      ...{
        clinical: 'A',
        verification: damage === 'error-but-over' ? 'E' : 'C',
        recorder: null,
        onset: anchor - 300,
        recorded: anchor - 200,
      },
      abated: damage === 'active-but-over' || damage === 'error-but-over' ? anchor - 100 : undefined,
    },
  ];
}
