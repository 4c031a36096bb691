import type { RowTexts } from '../load/table.ts';
import { civilOf, compactOf, type Day } from '../model/calendar.ts';
import type { Problem } from '../model/problems.ts';

/** Clerks write zeros where they know that there is no date, and nothing where they do not care. */
function dashed(day: Day | undefined, number: string): string | null {
  if (day !== undefined) return civilOf(day);
  return Number(number) % 3 === 0 ? null : '0000-00-00';
}

/** Windows of the list differ in how they join codes. */
function packed({ codes, number, damage }: Problem): string | null {
  if (damage === 'half-code') return 'ICD10:';
  const habit = Number(number) % 5;
  if (codes.length === 0) return habit % 2 === 0 ? null : '';
  const joined = codes.join(habit === 1 ? ' ; ' : ';');
  return habit === 2 ? `${joined};` : habit === 3 ? ` ${joined.replaceAll(':', ': ')}` : joined;
}

/** The row of PRBLST. */
export function problemRow(problem: Problem): RowTexts {
  const { number, damage } = problem;
  return [
    number,
    problem.kind,
    problem.patient.facility,
    problem.patient.number,
    problem.stay,
    packed(problem),
    problem.alert,
    problem.text,
    problem.clinical,
    damage === 'unknown-verification' ? '9' : problem.verification,
    problem.category,
    problem.criticality,
    problem.reaction,
    problem.severity,
    damage === 'impossible-onset' ? '2023-02-31' : dashed(problem.onset, number),
    dashed(problem.abated, number),
    problem.recorded === undefined ? (Number(number) % 2 === 0 ? '0' : null) : compactOf(problem.recorded),
    problem.recorder,
    problem.sensitivity,
    dashed(problem.voided, number),
  ];
}
