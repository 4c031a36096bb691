import type { Chunk, Cursor, Entry, Issue, Row, SearchPlan } from '../../contracts/index.ts';
import type { Lowering } from '../lower/lower.ts';
import { resolve, tooCostly } from '../lower/resolve.ts';
import { secondaryNotes } from '../lower/secondaries.ts';
import { fetchChildren, type BranchRows } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { fetchIncludes } from './includes.ts';
import {
  branchRuns,
  continueAt,
  cursorAfter,
  fetchMatches,
  type BranchRun,
  type MatchedRow,
  type Matches,
} from './matches.ts';
import { refuseDrifted } from './refuse-drifted.ts';
import { refuseUnbounded, residualIssues } from './residual.ts';
import { sealChunks, type Block } from './seal.ts';
import { countPerSystem } from './systems.ts';
import { createRowJudge, createRowWriter, isIssue, readPersons, type Writing } from './write-page.ts';

/**
 * One page of a search. It is fetched and written in blocks of rows, each going on where the one before it ended, as the next page would; no connection
 * is held between blocks, and nothing of a block is kept but names.
 */
export function runSearch(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Chunk> {
  return sealChunks(blocksOf(plan, env, signal), env.page.chunkCharactersMax);
}

async function* blocksOf(plan: SearchPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Block> {
  refuseDrifted(plan, env.catalogue);
  refuseUnbounded(plan, env.catalogue);
  const lowering = await resolve(plan, env, signal);
  let runs = branchRuns(plan, lowering, env);
  const systems = runs.map((run) => run.entry.system.id);
  const notes = [...residualIssues(plan, env.catalogue), ...secondaryNotes(plan, lowering)];
  if (plan.count === 0 || plan.summary === 'count') {
    yield { entries: [], issues: notes, total: await countMatches(runs, signal), systems };
    return;
  }
  const page = createPage(env.page.includesMax, notes);
  const isJudged = runs.some(({ judge }) => judge !== undefined);
  // What a later block matches must not have been an include of an earlier one.
  const isOneBlock = includesOwnType(plan);
  const blockRows = isOneBlock ? env.page.includesMax : env.page.blockRows;
  let [left, lookedAt] = [plan.count, 0];
  for (let start: Cursor | undefined; ;) {
    const wanted = isJudged ? env.page.lookedAtMax - lookedAt : left;
    const matches = await fetchMatches(runs, { ...plan, count: Math.min(wanted, blockRows) }, lowering, signal);
    const total = start === undefined && plan.total === 'accurate' ? await countMatches(runs, signal) : undefined;
    const written = await writeBlock({ runs, matches, left }, plan, page, { lowering, env, signal });
    if (written === undefined) {
      if (start === undefined) throw tooCostly();
      yield { entries: [], issues: [], systems, next: start };
      return;
    }
    left -= written.matches;
    lookedAt += matches.rows.length;
    const { block, next } = written;
    yield {
      ...{ ...block, systems: [...systems, ...block.systems] },
      ...(total === undefined ? {} : { total }),
      ...(next === undefined ? {} : { next }),
    };
    if (next === undefined || left === 0 || isOneBlock || (isJudged && lookedAt >= env.page.lookedAtMax)) return;
    start = next;
    runs = continueAt(runs, next);
  }
}

function includesOwnType({ type, includes }: SearchPlan): boolean {
  return includes.some((include) => include.other.type === type);
}

/** What was fetched for a block, and how many matches the page still takes. */
interface Fetched {
  readonly runs: readonly BranchRun[];
  readonly matches: Matches;
  readonly left: number;
}

interface WrittenBlock {
  readonly block: Block;
  /** Rows that count as matches of the page. */
  readonly matches: number;
  readonly next: Cursor | undefined;
}

/**
 * Rows, their children, their persons; what the systems could not be asked; then text; then what the written matches include, likewise. Undefined: that
 * is too much for this page.
 */
async function writeBlock(
  { runs, matches, left }: Fetched,
  plan: SearchPlan,
  page: Page,
  {
    lowering,
    env,
    signal,
  }: { readonly lowering: Lowering; readonly env: RunEnvironment; readonly signal: AbortSignal },
): Promise<WrittenBlock | undefined> {
  const groups = groupByRun(matches.rows);
  const children = await fetchChildren(groups, signal);
  await readPersons(groups, children, lowering, env);
  const writing: Writing = { lowering, children, env };
  const { accepted, end } = judgeRows(matches.rows, left, writing);
  const block = page.open();
  const writers = new Map(groups.map((group) => [group.rendering, createRowWriter(group, 'match', writing)]));
  const sound = accepted.flatMap(({ matched, issue }) => {
    const written = issue ?? writers.get(matched.run.rendering)?.(matched.row);
    return written !== undefined && block.put(written) ? [matched] : [];
  });
  const next = end === undefined ? matches.next : cursorAfter(runs, matches, end);
  const written = (systems: readonly string[]): WrittenBlock => ({
    block: { ...block, systems },
    matches: accepted.length,
    next,
  });
  if (plan.includes.length === 0) return written([]);
  const included = await fetchIncludes(plan, groupByRun(sound), { ...writing, max: page.includesLeft() }, signal);
  if (included === undefined) return undefined;
  page.include(included.reduce((sum, group) => sum + group.rows.length, 0));
  await writeIncludes(included, block, writing, signal);
  return written(included.map((group) => group.entry.system.id));
}

interface Accepted {
  readonly matched: MatchedRow;
  /** It could not be judged. */
  readonly issue?: Issue;
}

/**
 * The first rows that count as matches, in order, at most as many as the page takes. `end`: more would follow among those at hand, so that the next page
 * begins after so many rows.
 */
function judgeRows(
  rows: readonly MatchedRow[],
  left: number,
  writing: Writing,
): { readonly accepted: readonly Accepted[]; readonly end?: number } {
  const judges = new Map<BranchRun, (row: Row) => boolean | Issue>();
  const judge = ({ run, row }: MatchedRow): boolean | Issue => {
    if (run.judge === undefined) return true;
    const known = judges.get(run) ?? createRowJudge(run, run.judge.holds, writing);
    judges.set(run, known);
    return known(row);
  };
  const accepted: Accepted[] = [];
  let end = 0;
  for (const [at, matched] of rows.entries()) {
    const verdict = judge(matched);
    if (verdict === false) continue;
    if (accepted.length === left) return { accepted, end };
    accepted.push(verdict === true ? { matched } : { matched, issue: verdict });
    end = at + 1;
  }
  return { accepted };
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

function createPage(includesMax: number, notes: readonly Issue[]): Page {
  const seen = new Set<string>();
  const untold = [...notes];
  let included = 0;
  return {
    include: (resources) => void (included += resources),
    includesLeft: () => includesMax - included,
    open: () => {
      const entries: Entry[] = [];
      const issues: Issue[] = untold.splice(0);
      const put = (written: Entry | Issue): boolean => {
        if (isIssue(written)) {
          issues.push(written);
          return false;
        }
        // An id begins with its branch, so that no two types share one.
        if (!seen.has(written.id)) {
          seen.add(written.id);
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
