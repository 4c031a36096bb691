import { CANCER_PLAN, DIABETES_PLAN, OTHER_PLANS, type GoalKind, type PlanKind } from './care-plan-catalogue.ts';
import type { Day } from './calendar.ts';
import { careTeamsOf } from './care-teams.ts';
import { missingPlan, patientKey, planNumber } from './keys.ts';
import { diagnosedOn } from './oncology.ts';
import { problemsOf, type Problem } from './problems.ts';
import { LUNG_CANCER } from './problem-catalogue.ts';
import { itemAt, randomOf, STREAMS, type Random } from './random.ts';
import { providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import type { DamageKind } from './damage-kinds.ts';
import type { PatientKey } from './types.ts';
import { lastNotedDay } from './visits.ts';

/** A row of CARLIN: a goal (G), something to do (A) or a note (N) of a plan. */
export interface PlanLine {
  readonly line: number;
  readonly kind: 'G' | 'A' | 'N';
  readonly code: string | null;
  readonly text: string | null;
  readonly status: string | null;
  readonly begin: Day | undefined;
  readonly due: Day | undefined;
  readonly target: string | null;
  readonly unit: string | null;
  readonly achieved: string | null;
  readonly struck: boolean;
}

/** A row of CARPLN, and its lines. */
export interface CarePlan {
  readonly number: string;
  readonly patient: PatientKey;
  readonly type: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly status: string;
  readonly begin: Day | undefined;
  readonly end: Day | undefined;
  readonly created: Day | undefined;
  readonly author: string | null;
  readonly team: string | null;
  readonly problem: string | null;
  readonly withdrawn: boolean;
  /** False: only its lines are there. */
  readonly recorded: boolean;
  readonly lines: readonly PlanLine[];
  readonly damage?: DamageKind;
}

const DAMAGED = 9;
const CANCER = 8;
const GOAL_STATES = ['A', 'A', 'A', 'A', 'P', 'L', 'H', 'C', 'X', 'R', 'E'] as const;
const ACHIEVED = ['IM', 'NC', 'NA', 'IP', 'WO', 'QQ', null] as const;
const NOTHING = { code: null, target: null, unit: null, achieved: null, begin: undefined, due: undefined } as const;

function shareOf({ course, story }: Traits): number {
  if (story !== undefined) return course === 'occasional' ? 0 : 1;
  return { diabetic: 0.75, chronic: 0.6, occasional: 0.08, rare: 0, never: 0 }[course];
}

/** The plans of people with something chronic; all before the first generation, so that later days add nothing. */
export function carePlansOf(traits: Traits): readonly CarePlan[] {
  if (traits.quirk === 'pharmacy-only' || traits.quirk === 'customer-inactive') return [];
  const random = randomOf(traits.seed, STREAMS.carePlans, traits.person);
  const count = random.chance(shareOf(traits)) ? (random.chance(0.3) ? 2 : 1) : 0;
  const problems = problemsOf(traits).filter(({ kind, damage }) => kind === 'PR' && damage === undefined);
  const teams = careTeamsOf(traits).filter(({ damage }) => damage === undefined);
  const drawn = Array.from({ length: count }, (_, i): CarePlan => {
    const kind = traits.course === 'diabetic' && i === 0 ? DIABETES_PLAN : random.pick(OTHER_PLANS);
    return {
      ...plan(traits, random, i, kind),
      team: teams.length === 0 || random.chance(0.15) ? null : itemAt(teams, i).number,
      problem: problems.length === 0 || random.chance(0.1) ? null : itemAt(problems, i).number,
    };
  });
  return [...drawn, ...cancerPlans(traits, problems), ...damagedPlans(traits)];
}

/** What the tumour board said, a month after the diagnosis; the problem is that of the tumour. */
function cancerPlans(traits: Traits, problems: readonly Problem[]): readonly CarePlan[] {
  const diagnosed = diagnosedOn(traits);
  if (diagnosed === undefined) return [];
  const random = randomOf(traits.seed, STREAMS.carePlans, traits.person, CANCER);
  const problem = problems.find(({ text }) => text === LUNG_CANCER.text)?.number ?? null;
  const begin = diagnosed + 30;
  const made = plan(traits, random, CANCER, CANCER_PLAN);
  return [
    {
      ...{
        ...made,
        ...unlessDead(traits, { status: 'A', end: undefined }),
        begin,
        created: begin,
        withdrawn: false,
        problem,
      },
      lines: linesOf(random, begin, CANCER_PLAN),
    },
  ];
}

type State = Pick<CarePlan, 'status' | 'end'>;

/** A plan of somebody who died has ended with them. */
function unlessDead({ died }: Traits, state: State): State {
  return died === undefined ? state : { status: 'R', end: died };
}

function stateOf(traits: Traits, begin: Day, isOver: boolean, random: Random): State {
  if (isOver) return { status: random.pick(['C', 'R']), end: begin + random.int(20, 29) };
  const status = random.chance(0.8) ? 'A' : random.pick(['D', 'H', 'E', 'U']);
  return unlessDead(traits, { status, end: random.chance(0.3) ? begin + 365 : undefined });
}

function plan(traits: Traits, random: Random, index: number, kind: PlanKind): CarePlan {
  const { person } = traits;
  const begin = Math.max(traits.born, lastNotedDay(traits) - random.int(30, 700));
  const isOver = index > 0 && random.chance(0.6);
  return {
    ...{ number: planNumber(person, index), patient: patientKey(person), recorded: true, team: null, problem: null },
    ...{ type: kind.type, title: kind.title, summary: kind.summary },
    ...stateOf(traits, begin, isOver, random),
    begin: random.chance(0.08) ? undefined : begin,
    created: random.chance(0.1) ? undefined : begin,
    author: random.chance(0.1) ? null : providerNumber(random.int(0, 59)),
    withdrawn: random.chance(0.04),
    lines: linesOf(random, begin, kind),
  };
}

function linesOf(random: Random, begin: Day, { goals, activities }: PlanKind): readonly PlanLine[] {
  const isStruck = (): boolean => random.chance(0.05);
  const lines: readonly Omit<PlanLine, 'line'>[] = [
    ...goals.map((goal) => goalLine(random, begin, goal)),
    ...activities.map(({ code, text }) => ({
      ...{ ...NOTHING, kind: 'A' as const, code, text, struck: isStruck() },
      status: random.pick(['P', 'C', 'X', null]),
    })),
    ...(random.chance(0.3)
      ? [{ ...NOTHING, kind: 'N' as const, text: ' Spouse helps with the shopping', status: null, struck: isStruck() }]
      : []),
  ];
  return lines.map((line, i) => ({ line: i + 1, ...line }));
}

function goalLine(random: Random, begin: Day, { code, text, target, unit }: GoalKind): Omit<PlanLine, 'line'> {
  const status = random.pick(GOAL_STATES);
  return {
    ...{ kind: 'G', code, text, target, unit, status },
    begin: random.chance(0.1) ? undefined : begin,
    due: random.chance(0.15) ? undefined : begin + random.int(60, 400),
    achieved: status === 'C' ? 'AC' : random.pick(ACHIEVED),
    struck: random.chance(0.05),
  };
}

/** A plan whose status nobody knows, or a goal whose plan was lost. */
function damagedPlans({ person, anchor, damageKind: damage }: Traits): readonly CarePlan[] {
  if (damage !== 'unknown-plan-status' && damage !== 'orphan-goal') return [];
  const isLost = damage === 'orphan-goal';
  const goal: PlanLine = {
    ...{ line: 1, ...NOTHING, kind: 'G', text: 'Damaged', status: 'A', due: anchor + 30, struck: false },
  };
  return [
    {
      ...{ number: isLost ? missingPlan(person) : planNumber(person, DAMAGED), patient: patientKey(person) },
      ...{ type: 'BP', title: 'Damaged', summary: null, status: 'A', begin: anchor - 60, end: undefined },
      ...{ created: undefined, author: null, team: null, problem: null, withdrawn: false, damage },
      ...{ recorded: !isLost, lines: isLost ? [goal] : [] },
    },
  ];
}
