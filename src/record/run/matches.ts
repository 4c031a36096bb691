import {
  and,
  never,
  not,
  type BranchPosition,
  type Column,
  type Criterion,
  type Cursor,
  type Predicate,
  type Row,
  type SearchPlan,
  type SortForm,
} from '../../contracts/index.ts';
import { lower, type Lowering } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { BranchRendering } from '../write/rendering.ts';
import type { RunEnvironment } from './environment.ts';
import { splitCriteria, type Judge } from './residual.ts';
import { mergeStreams, type SortKey, type Stream } from './merge.ts';
import { runPerSystem } from './systems.ts';

/** One branch of a search: the rows it matches, and where it goes on. */
export interface BranchRun {
  readonly entry: CatalogueBranch;
  readonly rendering: BranchRendering;
  readonly where: Predicate;
  /** What the predicate cannot say; undefined: nothing. */
  readonly judge: Judge | undefined;
  readonly form: SortForm | undefined;
  /** False where a criterion on the sort's own parameter leaves no row without a sort key: the second phase then asks nobody. */
  readonly hasNulls: boolean;
  readonly position: BranchPosition;
}

export interface MatchedRow {
  readonly run: BranchRun;
  readonly row: Row;
}

export interface Matches {
  readonly rows: readonly MatchedRow[];
  /** How many of the rows have a sort key; they come first. */
  readonly values: number;
  readonly next?: Cursor;
}

type Phase = 'values' | 'nulls';

/** The branches that can match at all: predicates that folded to `never` ask nobody. */
export function branchRuns(plan: SearchPlan, lowering: Lowering, env: RunEnvironment): readonly BranchRun[] {
  return env.candidates(plan, lowering).flatMap(({ entry, lowered, where: others }): readonly BranchRun[] => {
    const { pushed, judge } = splitCriteria(entry, others, lowering.context);
    const where = lower(entry, pushed, lowering, lowered);
    if (where.is === 'never') return [];
    const hits = plan.sort === undefined ? [] : (entry.params.get(plan.sort.code)?.hits ?? []);
    const form = hits[0]?.codec.sort;
    // A Period without a start has a value, but no sort key.
    const hasKeyWherePresent = hits.length === 1 && form !== undefined && form.present === hits[0]?.codec.present;
    const hasNulls = !hasKeyWherePresent || !asksForValue(plan.where, plan.sort?.code);
    const start: BranchPosition = { phase: plan.sort !== undefined && form === undefined ? 'nulls' : 'values' };
    const position = plan.cursor?.branches[entry.branch.prefix] ?? start;
    const rendering = env.renderingOf(entry, plan, judge?.elements);
    return [{ entry, rendering, where, judge, form, hasNulls, position }];
  });
}

/** The same branches from where a page or block ended. */
export function continueAt(runs: readonly BranchRun[], { branches }: Cursor): readonly BranchRun[] {
  return runs.map((run) => ({ ...run, position: branches[run.entry.branch.prefix] ?? run.position }));
}

/** Whether only resources that have the parameter's element can match. */
function asksForValue(where: readonly Criterion[], code: string | undefined): boolean {
  return where.some((criterion) =>
    criterion.is === 'parameter'
      ? criterion.code === code && !criterion.negated
      : criterion.is === 'missing' && criterion.code === code && !criterion.missing,
  );
}

/**
 * The page's rows. Rows with a sort key come first by index, rows without one last by native key, whatever the direction
 * (two phases, because NULLS LAST defeats a legacy index).
 */
export async function fetchMatches(
  runs: readonly BranchRun[],
  plan: SearchPlan,
  lowering: Lowering,
  signal: AbortSignal,
): Promise<Matches> {
  const values = await runPhase('values', runs, plan, plan.count, lowering, signal);
  const sorted = plan.sort !== undefined;
  if (!sorted || values.left.size > 0) {
    return { rows: values.taken, values: values.taken.length, ...nextCursor(runs, values, undefined, sorted) };
  }
  const nulls = await runPhase('nulls', runs, plan, plan.count - values.taken.length, lowering, signal);
  const next = nextCursor(runs, values, nulls, sorted);
  return { rows: [...values.taken, ...nulls.taken], values: values.taken.length, ...next };
}

interface PhaseOutcome {
  readonly taken: readonly MatchedRow[];
  readonly left: ReadonlySet<BranchRun>;
}

async function runPhase(
  phase: Phase,
  runs: readonly BranchRun[],
  plan: SearchPlan,
  count: number,
  lowering: Lowering,
  signal: AbortSignal,
): Promise<PhaseOutcome> {
  const descending = plan.sort?.descending ?? false;
  const active = runs.filter((run) =>
    phase === 'values' ? run.position.phase === 'values' : run.position.phase !== 'done',
  );
  const asked = active
    .map((run) => ({
      system: run.entry.system,
      for: run,
      select: {
        from: run.entry.branch.from,
        joins: run.entry.branch.joins,
        where: phaseWhere(run, phase, descending),
        columns: selectedColumns(run, phase),
        orderBy: orderColumns(run, phase),
        descending: phase === 'values' && descending,
        limit: count + 1,
      },
    }))
    .filter((entry) => entry.select.where.is !== 'never');
  const answers = await runPerSystem(asked, signal);
  const byRun = new Map(answers.map((answer) => [answer.for, answer.rows]));
  const streams = active.map((run): Stream<BranchRun> => ({
    of: run,
    rows: byRun.get(run) ?? [],
    keyOf: phase === 'values' ? sortKeyOf(run, lowering, descending) : () => 0,
  }));
  const merged = mergeStreams(streams, count, phase === 'values' && descending);
  return { taken: merged.taken.map(({ of, row }) => ({ run: of, row })), left: merged.left };
}

function phaseWhere(run: BranchRun, phase: Phase, descending: boolean): Predicate {
  if (phase === 'nulls' && !run.hasNulls) return never;
  const present = run.form?.present;
  const inPhase = present === undefined ? run.where : and(run.where, phase === 'values' ? present : not(present));
  if (run.position.at === undefined || run.position.phase !== phase) return inPhase;
  return and(inPhase, {
    is: 'row',
    columns: orderColumns(run, phase),
    op: phase === 'values' && descending ? '<' : '>',
    values: run.position.at,
  });
}

function orderColumns(run: BranchRun, phase: Phase): readonly Column[] {
  return phase === 'values' && run.form !== undefined
    ? [...run.form.columns, ...run.entry.branch.key]
    : run.entry.branch.key;
}

/** The rendering's columns and, where they are not among them, those of the order. */
function selectedColumns(run: BranchRun, phase: Phase): readonly Column[] {
  run.rendering.slotsOf(orderColumns(run, phase));
  return run.rendering.columns;
}

/** A row whose sort value is damaged stands where the row before it stood. */
function sortKeyOf(run: BranchRun, lowering: Lowering, descending: boolean): (row: Row) => SortKey {
  const { form } = run;
  if (form === undefined) return () => 0;
  const canonical = form.compile((column) => run.rendering.slotsOf([column])[0] ?? 0, lowering.context);
  let last: SortKey = descending ? Infinity : -Infinity;
  return (row) => {
    try {
      last = canonical(row);
    } catch {
      // The row itself is reported when it is written.
    }
    return last;
  };
}

/** Where each branch goes on; none when all rows were taken. */
function nextCursor(
  runs: readonly BranchRun[],
  values: PhaseOutcome,
  nulls: PhaseOutcome | undefined,
  sorted: boolean,
): { readonly next?: Cursor } {
  if (values.left.size === 0 && (nulls === undefined || nulls.left.size === 0)) return {};
  const branches: Record<string, BranchPosition> = {};
  for (const run of runs) branches[run.entry.branch.prefix] = nextPosition(run, values, nulls, sorted);
  return { next: { branches } };
}

function nextPosition(
  run: BranchRun,
  values: PhaseOutcome,
  nulls: PhaseOutcome | undefined,
  sorted: boolean,
): BranchPosition {
  if (run.position.phase === 'done') return run.position;
  if (nulls !== undefined) return nulls.left.has(run) ? after(run, 'nulls', nulls) : { phase: 'done' };
  if (run.position.phase === 'nulls') return run.position;
  if (values.left.has(run)) return after(run, 'values', values);
  return sorted ? { phase: 'nulls' } : { phase: 'done' };
}

function after(run: BranchRun, phase: Phase, outcome: PhaseOutcome): BranchPosition {
  const last = outcome.taken.findLast((taken) => taken.run === run);
  if (last === undefined) return run.position.phase === phase ? run.position : { phase };
  const slots = run.rendering.slotsOf(orderColumns(run, phase));
  return { phase, at: slots.map((slot) => last.row[slot] ?? '') };
}

/** Where the branches go on when only the first `count` of the matches are taken, and others follow. */
export function cursorAfter(runs: readonly BranchRun[], { rows, values }: Matches, count: number): Cursor {
  const taken = rows.slice(0, count);
  const phase: Phase = count > values ? 'nulls' : 'values';
  const outcome = { taken: phase === 'values' ? taken : taken.slice(values), left: new Set<BranchRun>() };
  const branches: Record<string, BranchPosition> = {};
  for (const run of runs) {
    const isPast = run.position.phase === 'done' || (phase === 'values' && run.position.phase === 'nulls');
    branches[run.entry.branch.prefix] = isPast ? run.position : after(run, phase, outcome);
  }
  return { branches };
}
