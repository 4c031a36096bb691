import type { Chunk, Entry, Issue, SearchPlan } from '../../contracts/index.ts';
import { resolve } from '../lower/resolve.ts';
import { fetchChildren, type BranchRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { fetchIncludes } from './includes.ts';
import { branchRuns, fetchMatches, type BranchRun, type MatchedRow, type Matches } from './matches.ts';
import { refuseDrifted } from './refuse-drifted.ts';
import { countPerSystem } from './systems.ts';
import { createRowWriter, isIssue, readPersons, type Writing } from './write-page.ts';

/** One page of a search: rows, their children, their persons; then text; then what the written matches include, likewise. */
export async function runSearch(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): Promise<Chunk> {
  refuseDrifted(plan, env.catalogue);
  const lowering = await resolve(plan, env, signal);
  const runs = branchRuns(plan, lowering, env);
  const countOnly = plan.count === 0 || plan.summary === 'count';
  const matches: Matches = countOnly ? { rows: [] } : await fetchMatches(runs, plan, lowering, signal);
  const total = countOnly || plan.total === 'accurate' ? await countMatches(runs, signal) : undefined;
  const groups = groupByRun(matches.rows);
  const children = new Map(await fetchChildren(groups, signal));
  await readPersons(groups, children, lowering, env);
  const writing: Writing = { lowering, children, env };
  const page = createPage();
  const writers = new Map(groups.map((group) => [group.rendering, createRowWriter(group, 'match', writing)]));
  const sound = matches.rows.filter(({ run, row }) => {
    const written = writers.get(run.rendering)?.(row);
    return written !== undefined && page.put(written);
  });
  const included =
    plan.includes.length === 0 ? [] : await fetchIncludes(plan, groupByRun(sound), children, lowering, env, signal);
  await writeIncludes(included, page, writing, signal);
  const systems = [...runs.map((run) => run.entry.system.id), ...included.map((group) => group.entry.system.id)];
  return {
    entries: page.entries,
    issues: page.issues,
    ...(total === undefined ? {} : { total }),
    ...(matches.next === undefined ? {} : { next: matches.next }),
    systems: [...new Set(systems)],
    last: true,
  };
}

interface Page {
  readonly entries: Entry[];
  readonly issues: Issue[];
  /** Whether the row could be written. A resource that is both match and include appears once, as match. */
  put(written: Entry | Issue): boolean;
}

function createPage(): Page {
  const entries: Entry[] = [];
  const issues: Issue[] = [];
  const seen = new Set<string>();
  return {
    entries,
    issues,
    put(written) {
      if (isIssue(written)) {
        issues.push(written);
        return false;
      }
      const name = `${written.type}/${written.id}`;
      if (!seen.has(name)) {
        seen.add(name);
        entries.push(written);
      }
      return true;
    },
  };
}

async function writeIncludes(
  included: readonly BranchRows[],
  page: Page,
  writing: Writing,
  signal: AbortSignal,
): Promise<void> {
  if (included.length === 0) return;
  const { lowering, env } = writing;
  const children = await fetchChildren(included, signal);
  await readPersons(included, children, lowering, env);
  for (const group of included) {
    const write = createRowWriter(group, 'include', { lowering, children, env });
    for (const row of group.rows) page.put(write(row));
  }
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
