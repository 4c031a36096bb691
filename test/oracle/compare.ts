import { isDeepStrictEqual } from 'node:util';
import type { Bundle, BundleEntry, OperationOutcome } from '@medplum/fhirtypes';
import type { Expectation, Oracle } from './oracle.ts';
import { readQuery, type Query } from './query.ts';
import { slackOf, type Slack } from './slack.ts';
import type { Reach } from './world.ts';

export interface ComparedQuery {
  readonly type: string;
  /** Without `?`. */
  readonly query: string;
}

export interface CompareInput<Q extends ComparedQuery = ComparedQuery> {
  /** Answers `Type?query`, and the path and query of a `next` link as the server wrote it. A refusal resolves to its OperationOutcome. */
  readonly fetch: (pathAndQuery: string) => Promise<Bundle | OperationOutcome>;
  readonly oracle: Oracle;
  readonly queries: readonly Q[];
  readonly reach?: Reach;
  /** How many rows of a type are damaged: excluded from entries, but counted by `total` and found behind chains and `_has`. */
  readonly damaged?: (type: string) => number;
  /** The server's largest page; a larger `_count` is capped to it. */
  readonly countMax?: number;
  /** Every so many queries are run twice, to see that their order repeats. Default 5. */
  readonly repeatEvery?: number;
  /** Requests in flight. Default 4. */
  readonly concurrency?: number;
  /** Whether resources must equal those that the oracle knows. Default true. */
  readonly comparesContent?: boolean;
  /** Told after every thousandth query or so how far it is. */
  readonly progress?: (line: string) => unknown;
}

export interface Comparison<Q extends ComparedQuery = ComparedQuery> {
  readonly compared: number;
  readonly mismatches: readonly Mismatch<Q>[];
  /** Refused as too costly, which only a chain, `_has` or an include may be. */
  readonly tooCostly: readonly Q[];
}

export interface Mismatch<Q extends ComparedQuery = ComparedQuery> {
  readonly query: Q;
  readonly problems: readonly string[];
}

const noSlack: Slack = { excuses: () => false, total: 0 };

interface Answer {
  readonly pages: readonly Bundle[];
  readonly refusal?: string;
}

export function describeMismatch({ query, problems }: Mismatch): string {
  return [
    `${query.type}?${decodeURIComponent(query.query)}`,
    ...problems.map((p) => `    ${p}`),
    `    as sent: ${query.query}`,
  ].join('\n');
}

/** Runs every query, pages through its answer, and says what differs from the oracle. */
export async function compareAll<Q extends ComparedQuery>(input: CompareInput<Q>): Promise<Comparison<Q>> {
  const mismatches: Mismatch<Q>[] = [];
  const tooCostly: Q[] = [];
  const waiting = input.queries.map((query, at) => ({ query, isRepeated: at % (input.repeatEvery ?? 5) === 0 }));
  waiting.reverse();
  const total = waiting.length;
  async function work(): Promise<void> {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const problems = await compareOne(input, next.query, next.isRepeated);
      if (problems === 'too-costly') tooCostly.push(next.query);
      else if (problems.length > 0) mismatches.push({ query: next.query, problems });
      const done = total - waiting.length;
      if (done % 1_000 === 0) input.progress?.(`${done} of ${total} searches, ${mismatches.length} differ`);
    }
  }
  await Promise.all(Array.from({ length: input.concurrency ?? 4 }, work));
  return { compared: input.queries.length, mismatches, tooCostly };
}

async function compareOne(
  input: CompareInput,
  { type, query }: ComparedQuery,
  isRepeated: boolean,
): Promise<string[] | 'too-costly'> {
  const expected = input.oracle.search(type, query, input.reach);
  const { oracle, damaged = () => 0, reach } = input;
  try {
    const slack = expected.refused === undefined ? slackOf({ oracle, damaged, reach }, type, query) : noSlack;
    const atMost = expected.total + slack.total;
    const answer = await readAll(input, `${type}?${query}`, atMost);
    if (expected.refused !== undefined) return answer.refusal ? [] : [`must be refused: ${expected.refused}`];
    if (answer.refusal?.startsWith('too-costly') && /_has:|_(rev)?include=|\./.test(query)) return 'too-costly';
    if (answer.refusal) return [`refused: ${answer.refusal}`];
    const problems = judge(input, { type, query }, expected, slack, answer.pages);
    if (isRepeated && problems.length === 0) {
      const again = await readAll(input, `${type}?${query}`, atMost);
      if (!isDeepStrictEqual(matchesOf(answer), matchesOf(again))) problems.push('the order changes when asked again');
    }
    return problems;
  } catch (error) {
    return [`failed: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function matchesOf(answer: Answer): string[] {
  return answer.pages.flatMap((page) => idsOf(page, 'match'));
}

function judge(
  input: CompareInput,
  asked: ComparedQuery,
  expected: Expectation,
  slack: Slack,
  pages: readonly Bundle[],
): string[] {
  const query = readQuery(asked.query);
  const known = new Set(expected.ids);
  const ids = matchesOf({ pages }).filter((id) => known.has(id) || !slack.excuses(id));
  return [
    ...compareTotal(pages[0], query, expected, slack.total),
    ...(query.isCountOnly ? compareCountOnly(pages) : compareMatches(ids, expected)),
    ...pages.flatMap((page, at) => {
      const isLast = at === pages.length - 1;
      return comparePage(input, asked, query, page, isLast).map((problem) => `page ${at + 1}: ${problem}`);
    }),
  ];
}

async function readAll(input: CompareInput, path: string, atMost: number): Promise<Answer> {
  const pages: Bundle[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const body: Bundle | OperationOutcome = await input.fetch(next);
    if (body.resourceType !== 'Bundle') {
      const refusal = diagnosticsOf(body);
      // What a page includes may cost more than what the one before it did.
      if (pages.length > 0 && !refusal.startsWith('too-costly'))
        throw new Error(`page ${pages.length + 1} is refused: ${refusal}`);
      return { pages: [], refusal };
    }
    pages.push(body);
    next = linkOf(body, 'next');
    if (pages.length > atMost + 5)
      throw new Error(`paging does not end: ${pages.length} pages for at most ${atMost} matches`);
  }
  return { pages };
}

function diagnosticsOf(outcome: OperationOutcome): string {
  const issues = outcome.issue.map((issue) => `${issue.code} ${issue.diagnostics ?? issue.details?.text ?? ''}`);
  return issues.join('; ');
}

function linkOf(page: Bundle, relation: string): string | undefined {
  return page.link?.find((link) => link.relation === relation)?.url;
}

function entriesOf(page: Bundle, mode: string): BundleEntry[] {
  return (page.entry ?? []).filter((entry) => entry.search?.mode === mode);
}

function idsOf(page: Bundle, mode: string): string[] {
  return entriesOf(page, mode).map((entry) => entry.resource?.id ?? '');
}

function compareMatches(ids: readonly string[], expected: Expectation): string[] {
  const problems: string[] = [];
  const wanted = new Set(expected.ids);
  const got = new Set(ids);
  const missing = expected.ids.filter((id) => !got.has(id));
  const extra = [...got].filter((id) => !wanted.has(id));
  const double = ids.length === got.size ? [] : ids.filter((id, at) => ids.indexOf(id) !== at);
  if (missing.length > 0) problems.push(`missing ${some(missing)} of ${expected.total}`);
  if (extra.length > 0) problems.push(`extra ${some(extra)}`);
  if (double.length > 0) problems.push(`more than once ${some(double)}`);
  return problems.length > 0 ? problems : compareOrder(ids, expected);
}

function compareOrder(ids: readonly string[], expected: Expectation): string[] {
  let at = 0;
  for (const group of expected.order) {
    const wanted = new Set(group);
    const slice = ids.slice(at, at + group.length);
    const stray = slice.find((id) => !wanted.has(id));
    if (stray !== undefined)
      return [`order: ${stray} stands where one of ${some(group)} is due (from position ${at + 1})`];
    at += group.length;
  }
  return [];
}

function compareTotal(first: Bundle | undefined, query: Query, expected: Expectation, slack: number): string[] {
  const total = first?.total;
  if (total === undefined) return query.wantsTotal ? ['no total'] : [];
  const fits = total >= expected.total && total <= expected.total + slack;
  return fits
    ? []
    : [`total ${total} instead of ${expected.total}${slack > 0 ? ` (to ${expected.total + slack})` : ''}`];
}

function compareCountOnly(pages: readonly Bundle[]): string[] {
  const hasEntries = pages.some((page) => idsOf(page, 'match').length + idsOf(page, 'include').length > 0);
  return [
    ...(hasEntries ? ['entries beside a count'] : []),
    ...(pages.length > 1 ? ['a next page beside a count'] : []),
  ];
}

function comparePage(
  input: CompareInput,
  { type, query }: ComparedQuery,
  parsed: Query,
  page: Bundle,
  isLast: boolean,
): string[] {
  const damaged = input.damaged?.(type) ?? 0;
  const problems: string[] = [];
  if (page.type !== 'searchset') problems.push(`Bundle.type ${page.type}`);
  if (page.entry?.length === 0) problems.push('an empty list of entries');
  if (linkOf(page, 'self') === undefined) problems.push('no self link');
  const nextQuery = linkOf(page, 'next')?.split('?')[1];
  if (nextQuery !== undefined && !/^_page=[^&]+$/.test(nextQuery)) problems.push('the next link holds more than _page');
  const ids = idsOf(page, 'match');
  const size = Math.min(parsed.count ?? Infinity, input.countMax ?? Infinity);
  if (ids.length > size) problems.push(`${ids.length} matches, ${size} at most`);
  // Damaged rows leave gaps, so that a page may hold fewer.
  if (!isLast && damaged === 0 && ids.length === 0) problems.push('no match on a page that is not the last');
  if (!isLast && damaged === 0 && Number.isFinite(size) && ids.length < size)
    problems.push(`${ids.length} matches instead of ${size}`);
  if (entriesOf(page, 'outcome').length > 1) problems.push('more than one outcome entry');
  if (parsed.isCountOnly) return problems;
  return [
    ...problems,
    ...compareIncludes(input, { type, query }, page, ids),
    ...compareContent(input, parsed, type, page),
  ];
}

function compareIncludes(
  input: CompareInput,
  { type, query }: ComparedQuery,
  page: Bundle,
  ids: readonly string[],
): string[] {
  const names = entriesOf(page, 'include').map(
    (entry) => `${entry.resource?.resourceType ?? ''}/${entry.resource?.id ?? ''}`,
  );
  const got = new Set(names);
  const wanted = new Set(input.oracle.includesOf(type, query, ids, input.reach));
  for (const id of ids) wanted.delete(`${type}/${id}`);
  const missing = [...wanted].filter((name) => !got.has(name));
  const extra = [...got].filter((name) => !wanted.has(name));
  return [
    ...(missing.length > 0 ? [`includes missing ${some(missing)}`] : []),
    ...(extra.length > 0 ? [`includes extra ${some(extra)}`] : []),
    ...(got.size < names.length ? ['an include more than once'] : []),
  ];
}

function compareContent(input: CompareInput, parsed: Query, type: string, page: Bundle): string[] {
  const entries = [...entriesOf(page, 'match'), ...entriesOf(page, 'include')];
  return entries.flatMap(({ resource, fullUrl, search }) => {
    if (!resource) return ['an entry without resource'];
    const name = `${resource.resourceType}/${resource.id ?? ''}`;
    if (!fullUrl?.endsWith(`/${name}`)) return [`fullUrl of ${name}`];
    if (search?.mode === 'match' && resource.resourceType !== type) return [`a match of type ${resource.resourceType}`];
    if (!parsed.isWhole || input.comparesContent === false) return [];
    const known = input.oracle.at(resource.resourceType, resource.id ?? '', input.reach);
    return known === undefined || isDeepStrictEqual(known, resource) ? [] : [`${name} differs from what is known`];
  });
}

function some(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? `, … (${names.length})` : ''}`;
}
