import type { RowTexts } from '../load/table.ts';
import type { Day } from '../model/calendar.ts';
import type { CarePlan, PlanLine } from '../model/care-plans.ts';
import type { CareTeam } from '../model/care-teams.ts';
import type { Put } from './project.ts';
import { ordinalDay } from './referrals.ts';

/** YYYYDDD, or one of the ways to write that there is no day, which the number chooses. */
function julian(day: Day | undefined, number: string): string | null {
  return day === undefined ? (['0', '9999999', null][Number(number) % 3] ?? null) : ordinalDay(day);
}

function version(withdrawn: boolean, number: string): string | null {
  if (withdrawn) return '-2';
  return Number(number) % 4 === 0 ? null : String(Number(number) % 4);
}

export function projectCareTeams(teams: readonly CareTeam[], put: Put): void {
  for (const { number, patient, members, damage, ...team } of teams) {
    put('CARTEAM', [
      ...[number, patient.facility, patient.number, team.name, team.type],
      damage === 'unknown-team-status' ? 'W' : team.status,
      ...[julian(team.since, number), julian(team.until, number), team.department, team.phone],
      version(team.withdrawn, number),
    ]);
    for (const { sequence, provider, relative, department, role, since, until } of members)
      put('CARTMBR', [
        ...[number, String(sequence), provider, relative, department, role],
        ...[julian(since, number), julian(until, number)],
      ]);
  }
}

export function projectCarePlans(plans: readonly CarePlan[], put: Put): void {
  for (const plan of plans) {
    if (plan.recorded) put('CARPLN', planRow(plan));
    for (const line of plan.lines) put('CARLIN', lineRow(plan, line));
  }
}

function planRow(plan: CarePlan): RowTexts {
  const { number, patient } = plan;
  return [
    ...[number, patient.facility, patient.number, plan.type, plan.title, plan.summary],
    plan.damage === 'unknown-plan-status' ? '8' : plan.status,
    ...[julian(plan.begin, number), julian(plan.end, number), julian(plan.created, number)],
    ...[plan.author, plan.team, plan.problem, version(plan.withdrawn, number)],
  ];
}

function lineRow({ number }: CarePlan, line: PlanLine): RowTexts {
  return [
    ...[number, String(line.line), line.kind, line.code, line.text, line.status],
    ...[julian(line.begin, number), julian(line.due, number), line.target, line.unit, line.achieved],
    line.struck ? '-' : null,
  ];
}
