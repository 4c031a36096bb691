import { civilOf, type Day } from '../model/calendar.ts';
import type { CarePlan, PlanLine } from '../model/care-plans.ts';
import type { Person } from '../model/types.ts';
import { days, teamRef } from './care-teams.ts';
import {
  ACHIEVEMENT,
  ACTIVITY,
  ACTIVITY_STATUS,
  GOAL_STATUS,
  GOAL_UNIT,
  MEASURE,
  PLAN_STATUS,
  PLAN_TYPE,
} from './codes-plans.ts';
import { CARE_SYSTEMS } from './codes-care.ts';
import { SYSTEMS } from './codes.ts';
import { providerRef, registrationOf } from './labs.ts';
import { localConcept } from './local-codes.ts';
import { problemRef } from './problems.ts';
import { concept, decimal, known, listOf, referenceTo, usCore } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthResource, TruthValue } from './types.ts';

function planNative({ number }: CarePlan): Native {
  return { table: 'CARPLN', key: [number] };
}

function lineNative({ number }: CarePlan, { line }: PlanLine): Native {
  return { table: 'CARLIN', key: [number, String(line)] };
}

function civil(day: Day | undefined): string | undefined {
  return day === undefined ? undefined : civilOf(day);
}

/** The words as they were typed, without markup of their own. */
function narrativeOf(summary: string | null): TruthValue | undefined {
  if (summary === null) return undefined;
  const escaped = summary.trim().replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const div = `<div xmlns="http://www.w3.org/1999/xhtml">${escaped.replaceAll('\n', '<br/>')}</div>`;
  return { status: 'additional', div };
}

function standing({ lines }: CarePlan, kind: PlanLine['kind']): readonly PlanLine[] {
  return lines.filter((line) => line.kind === kind && !line.struck);
}

function activity({ code, text, status }: PlanLine): TruthValue {
  const snomed = { system: SYSTEMS.snomed, meanings: ACTIVITY };
  return {
    detail: known({
      code: localConcept(code, CARE_SYSTEMS.localPlanLine, snomed),
      status: ACTIVITY_STATUS[status ?? ''] ?? 'unknown',
      description: text ?? undefined,
    }),
  };
}

/** The CarePlan of a sound row. */
function planTruth(plan: CarePlan, person: Person): TruthResource {
  const snomed = { system: SYSTEMS.snomed, meanings: PLAN_TYPE };
  const assessment = {
    ...{ system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category', code: 'assess-plan' },
    display: 'Assessment and Plan of Treatment',
  };
  return usCore(planNative(plan), 'CarePlan', 'us-core-careplan', {
    text: narrativeOf(plan.summary),
    identifier: [{ system: CARE_SYSTEMS.carePlan, value: plan.number }],
    status: PLAN_STATUS[plan.status],
    intent: 'plan',
    category: listOf(concept([assessment]), localConcept(plan.type, CARE_SYSTEMS.localPlanType, snomed)),
    title: plan.title ?? undefined,
    subject: referenceTo('Patient', registrationOf({ key: plan.patient })),
    period: days(plan.begin, plan.end),
    created: civil(plan.created),
    author: referenceTo('Practitioner', providerRef(plan.author)),
    careTeam: listOf(teamRef(plan.team, person)),
    addresses: listOf(problemRef(plan.problem, person)),
    goal: listOf(...standing(plan, 'G').map((line) => referenceTo('Goal', lineNative(plan, line)))),
    activity: listOf(...standing(plan, 'A').map(activity)),
    note: listOf(...standing(plan, 'N').map(({ text }) => ({ text: text?.trim() ?? '' }))),
  });
}

/** `<=130` with its unit, as it was typed. */
function quantityOf({ target, unit }: PlanLine): TruthValue | undefined {
  const found = /^(<=|<)?(\d+(?:\.\d+)?)$/.exec(target ?? '');
  if (found === null) return undefined;
  const code = GOAL_UNIT[unit ?? ''];
  return known({
    value: decimal(found[2] ?? ''),
    comparator: found[1],
    unit: unit ?? undefined,
    ...(code === undefined ? {} : { system: SYSTEMS.ucum, code }),
  });
}

/** The Goal of a line. */
function goalTruth(plan: CarePlan, line: PlanLine, person: Person): TruthResource {
  const loinc = { system: SYSTEMS.loinc, meanings: MEASURE };
  const achievement = { system: CARE_SYSTEMS.goalAchievement, meanings: ACHIEVEMENT };
  const measure = localConcept(line.code, CARE_SYSTEMS.localPlanLine, loinc);
  const dueDate = civil(line.due);
  const own = line.code === null ? undefined : { system: CARE_SYSTEMS.localPlanLine, code: line.code };
  return usCore(lineNative(plan, line), 'Goal', 'us-core-goal', {
    lifecycleStatus: GOAL_STATUS[line.status ?? ''],
    achievementStatus: localConcept(line.achieved, CARE_SYSTEMS.localAchievement, achievement),
    description: concept([own], line.text?.trim()),
    subject: referenceTo('Patient', registrationOf({ key: plan.patient })),
    startDate: civil(line.begin),
    target:
      measure === undefined && dueDate === undefined
        ? undefined
        : [known({ measure, detailQuantity: quantityOf(line), dueDate })],
    expressedBy: referenceTo('Practitioner', providerRef(plan.author)),
    addresses: listOf(problemRef(plan.problem, person)),
  });
}

function lineRow(plan: CarePlan, line: PlanLine, person: Person): TruthRow {
  const isGone = line.struck || plan.withdrawn;
  return {
    native: lineNative(plan, line),
    about: { registration: plan.patient },
    damage: plan.damage === 'orphan-goal' ? plan.damage : undefined,
    hidden: line.kind !== 'G' ? 'of-another-kind' : isGone ? 'deleted' : undefined,
    resource: () => goalTruth(plan, line, person),
  };
}

export function carePlanRows(person: Person): readonly TruthRow[] {
  return person.carePlans.flatMap((plan): readonly TruthRow[] => {
    const lines = plan.lines.map((line) => lineRow(plan, line, person));
    if (!plan.recorded) return lines;
    const head: TruthRow = {
      native: planNative(plan),
      about: { registration: plan.patient },
      damage: plan.damage,
      hidden: plan.withdrawn ? 'deleted' : undefined,
      resource: () => planTruth(plan, person),
    };
    return [head, ...lines];
  });
}
