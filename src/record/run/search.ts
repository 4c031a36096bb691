import type { Chunk, Cursor, Entry, Issue, SearchPlan } from '../../contracts/index.ts';
import type { Lowering } from '../lower/lower.ts';
import { resolve, tooCostly } from '../lower/resolve.ts';
import { fetchChildren, type BranchRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { fetchIncludes } from './includes.ts';
import { branchRuns, continueAt, fetchMatches, type BranchRun, type MatchedRow } from './matches.ts';
import { refuseDrifted } from './refuse-drifted.ts';
import { sealChunks, type Block } from './seal.ts';
import { countPerSystem } from './systems.ts';
import { createRowWriter, isIssue, readPersons, type Writing } from './write-page.ts';

/**
 * One page of a search. It is fetched and written in blocks of rows, each going on where the one before it ended, as the next page would; no connection
 * is held between blocks, and nothing of a block is kept but names.
 */
export function runSearch(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Chunk> {
  return sealChunks(blocksOf(plan, env, signal), env.page.chunkCharactersMax);
}

async function* blocksOf(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Block> {
  refuseDrifted(plan, env.catalogue);
  const lowering = await resolve(plan, env, signal);
  let runs = branchRuns(plan, lowering, env);
  const systems = runs.map((run) => run.entry.system.id);
  if (plan.count === 0 || plan.summary === 'count') {
    yield { entries: [], issues: [], total: await countMatches(runs, signal), systems };
    return;
  }
  const page = createPage(env.page.includesMax);
  // What a later block matches must not have been an include of an earlier one.
  let left = includesOwnType(plan) ? Math.min(plan.count, env.page.blockRows) : plan.count;
  for (let start: Cursor | undefined; ;) {
    const matches = await fetchMatches(runs, { ...plan, count: Math.min(left, env.page.blockRows) }, lowering, signal);
    const isFirst = start === undefined;
    const total = isFirst && plan.total === 'accurate' ? await countMatches(runs, signal) : undefined;
    const written = await writeBlock(matches.rows, plan, page, lowering, env, signal);
    if (written === undefined) {
      if (start === undefined) throw tooCostly();
      yield { entries: [], issues: [], systems, next: start };
      return;
    }
    left -= matches.rows.length;
    yield {
      ...written,
      systems: [...systems, ...written.systems],
      ...(total === undefined ? {} : { total }),
      ...(matches.next === undefined ? {} : { next: matches.next }),
    };
    if (matches.next === undefined || left === 0) return;
    start = matches.next;
    runs = continueAt(runs, start);
  }
}

function includesOwnType({ type, includes }: SearchPlan): boolean {
  return includes.some((include) => include.other.type === type);
}

/** Rows, their children, their persons; then text; then what the written matches include, likewise. Undefined: that is too much for this page. */
async function writeBlock(
  matched: readonly MatchedRow[],
  plan: SearchPlan,
  page: Page,
  lowering: Lowering,
  env: RunEnvironment,
  signal: AbortSignal,
): Promise<Block | undefined> {
  const groups = groupByRun(matched);
  const children = new Map(await fetchChildren(groups, signal));
  await readPersons(groups, children, lowering, env);
  const writing: Writing = { lowering, children, env };
  const block = page.open();
  const writers = new Map(groups.map((group) => [group.rendering, createRowWriter(group, 'match', writing)]));
  const sound = matched.filter(({ run, row }) => {
    const written = writers.get(run.rendering)?.(row);
    return written !== undefined && block.put(written);
  });
  if (plan.includes.length === 0) return { ...block, systems: [] };
  const included = await fetchIncludes(plan, groupByRun(sound), { ...writing, max: page.includesLeft() }, signal);
  if (included === undefined) return undefined;
  page.include(included.reduce((sum, group) => sum + group.rows.length, 0));
  await writeIncludes(included, block, writing, signal);
  return { ...block, systems: included.map((group) => group.entry.system.id) };
}

/** What a page remembers from block to block. */
interface Page {
  open(): OpenBlock;
  include(resources: number): void;
  includesLeft(): number;
}

interface OpenBlock {
  readonly entries: Entry[];
  readonly issues: Issue[];
  /** Whether the row could be written. A resource that is both match and include appears once, as match. */
  put(written: Entry | Issue): boolean;
}

function createPage(includesMax: number): Page {
  const seen = new Set<string>();
  let included = 0;
  return {
    include: (resources) => void (included += resources),
    includesLeft: () => includesMax - included,
    open: () => {
      const entries: Entry[] = [];
      const issues: Issue[] = [];
      const put = (written: Entry | Issue): boolean => {
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
      };
      return { entries, issues, put };
    },
  };
}

async function writeIncludes(
  included: readonly BranchRows[],
  block: OpenBlock,
  writing: Writing,
  signal: AbortSignal,
): Promise<void> {
  if (included.length === 0) return;
  const { lowering, env } = writing;
  const children = await fetchChildren(included, signal);
  await readPersons(included, children, lowering, env);
  for (const group of included) {
    const write = createRowWriter(group, 'include', { lowering, children, env });
    for (const row of group.rows) block.put(write(row));
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
