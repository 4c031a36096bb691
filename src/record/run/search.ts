import type { Chunk, Entry, Issue, SearchPlan } from '../../contracts/index.ts';
import { resolve } from '../lower/resolve.ts';
import { fetchChildren, type BranchRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { fetchIncludes } from './includes.ts';
import { branchRuns, fetchMatches, type BranchRun, type MatchedRow, type Matches } from './matches.ts';
import { countPerSystem } from './systems.ts';
import { isIssue, readPersons, writeRow, type Writing } from './write-page.ts';

/** One page of a search: rows, their children, their persons, what they include, the total; then text. */
export async function runSearch(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): Promise<Chunk> {
  const lowering = await resolve(plan, env, signal);
  const runs = branchRuns(plan, lowering, env);
  const countOnly = plan.count === 0 || plan.summary === 'count';
  const matches: Matches = countOnly ? { rows: [] } : await fetchMatches(runs, plan, lowering, signal);
  const total = countOnly || plan.total === 'accurate' ? await countMatches(runs, signal) : undefined;
  const groups = groupByRun(matches.rows);
  const children = new Map(await fetchChildren(groups, signal));
  await readPersons(groups, children, lowering, env);
  const included = plan.includes.length === 0 ? [] : await fetchIncludes(plan, groups, children, lowering, env, signal);
  if (included.length > 0) {
    for (const [child, rows] of await fetchChildren(included, signal))
      children.set(child, new Map([...(children.get(child) ?? []), ...rows]));
    await readPersons(included, children, lowering, env);
  }
  const written = writeAll(matches.rows, included, { lowering, children, env });
  const systems = [
    ...new Set([...runs.map((run) => run.entry.system.id), ...included.map((group) => group.entry.system.id)]),
  ];
  return {
    ...written,
    ...(total === undefined ? {} : { total }),
    ...(matches.next === undefined ? {} : { next: matches.next }),
    systems,
    last: true,
  };
}

function groupByRun(rows: readonly MatchedRow[]): readonly BranchRows[] {
  const groups = new Map<BranchRun, MatchedRow['row'][]>();
  for (const { run, row } of rows) {
    const group = groups.get(run);
    if (group === undefined) groups.set(run, [row]);
    else group.push(row);
  }
  return [...groups].map(([run, members]) => ({ entry: run.entry, rendering: run.rendering, rows: members }));
}

/** A resource that is both match and include appears once, as match. */
function writeAll(
  rows: readonly MatchedRow[],
  included: readonly BranchRows[],
  writing: Writing,
): { readonly entries: readonly Entry[]; readonly issues: readonly Issue[] } {
  const entries: Entry[] = [];
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const put = (written: Entry | Issue): void => {
    if (isIssue(written)) issues.push(written);
    else if (!seen.has(`${written.type}/${written.id}`)) {
      seen.add(`${written.type}/${written.id}`);
      entries.push(written);
    }
  };
  for (const { run, row } of rows) put(writeRow(run.entry, run.rendering, row, 'match', writing));
  for (const group of included)
    for (const row of group.rows) put(writeRow(group.entry, group.rendering, row, 'include', writing));
  return { entries, issues };
}

async function countMatches(runs: readonly BranchRun[], signal: AbortSignal): Promise<number> {
  const asked = runs.map(({ entry, where }) => ({
    system: entry.system,
    for: entry,
    select: {
      from: entry.branch.from,
      joins: entry.branch.joins,
      where,
      columns: entry.branch.key,
      orderBy: [],
      descending: false,
    },
  }));
  return countPerSystem(asked, signal);
}
