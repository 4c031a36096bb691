import { Fault } from '../../core/index.ts';
import type {
  Criterion,
  IgnoredParameter,
  Include,
  ResourceType,
  SearchPlan,
  Served,
  ServedType,
} from '../../contracts/index.ts';
import { parseChain } from './chain.ts';
import { parseCriterion } from './criterion.ts';
import { parseHas } from './has.ts';
import { parseInclude } from './include.ts';
import { invalidValue, quoted, unsupportedModifier } from './refuse.ts';
import { parseCount, parseRendering, parseSort, parseTotal, type CountBounds } from './result-parameters.ts';
import type { Parsed, Scope, Unserved } from './scope.ts';

export type Pair = readonly [name: string, value: string];
export type Handling = 'strict' | 'lenient' | 'default';

/** A search request: decoded pairs in their order, from the URL and the form body alike. */
export interface SearchInput extends CountBounds {
  readonly served: Served;
  readonly type: ResourceType;
  readonly pairs: readonly Pair[];
  readonly handling: Handling;
  /** Absolute URL of this server: a reference that begins with it is a relative one. */
  readonly base?: string;
}

/** The plan, and the pairs that it applies, in their order: for the self link and for page tokens. */
export interface ParsedSearch {
  readonly plan: SearchPlan;
  readonly applied: readonly Pair[];
}

/** Parameters that one request may hold. */
export const pairsMax = 100;

const single = ['_count', '_total', '_sort', '_summary'] as const;
const handledByCaller: ReadonlySet<string> = new Set(['_format', '_pretty']);
const shaping: ReadonlySet<string> = new Set([...single, '_elements', '_include', '_revinclude']);

/**
 * Parses a search (https://hl7.org/fhir/R4/search.html) into its plan. Repeated parameters are joined by AND, commas by OR.
 * Throws Faults with status 400 only: `search.invalid-value`, `search.unsupported-modifier`, `search.unsupported-parameter`,
 * `search.unknown-parameter`, `search.no-criterion`.
 */
export function parseSearch(input: SearchInput): ParsedSearch {
  const type = input.served.get(input.type);
  if (type === undefined) throw new Fault('request.unknown-type', `${input.type} is not served here.`);
  if (input.pairs.length > pairsMax)
    throw new Fault('request.malformed', `A search has at most ${pairsMax} parameters.`);
  const scope: Scope = { served: input.served, base: input.base };
  const wanted = input.pairs.filter(([name]) => !handledByCaller.has(name));
  const result = parseResult(wanted, type, input);
  const criteria = wanted.filter(([name]) => !isShaping(name));
  const [where, ignoredCriteria] = sieve(criteria, input.handling, ([name, value]) =>
    parseOne(scope, type, name, value),
  );
  if (criteria.length > 0 && where.length === 0) throw noCriterion(criteria);
  const [includes, ignoredIncludes] = sieve(wanted.filter(isInclude), input.handling, ([name, value]) =>
    parseInclude(scope, type, name, value),
  );
  if (includes.length > 0 && result.summary === 'text')
    throw invalidValue('_summary', 'text cannot be combined with _include or _revinclude.');
  const ignored = [...ignoredCriteria, ...ignoredIncludes];
  const plan: SearchPlan = {
    interaction: 'search',
    type: input.type,
    where: where.map(([, criterion]) => criterion),
    ...result,
    includes: distinct(includes.flatMap(([, include]) => include)),
    ignored: ignored.map(([pair, reason]): IgnoredParameter => ({ name: pair[0], reason })),
  };
  const left = new Set(ignored.map(([pair]) => pair));
  return { plan, applied: wanted.filter((pair) => !left.has(pair)).map((pair) => asApplied(pair, plan)) };
}

/** Repeated result parameters contradict each other, except those that are lists. */
function parseResult(pairs: readonly Pair[], type: ServedType, bounds: CountBounds): ResultParameters {
  const values = (name: string): readonly string[] => pairs.filter(([own]) => own === name).map(([, value]) => value);
  for (const [name] of pairs) {
    const [code = ''] = name.split(':');
    if (isShaping(name) && name !== code && code !== '_include' && code !== '_revinclude')
      throw unsupportedModifier(name, []);
  }
  for (const name of single) if (values(name).length > 1) throw invalidValue(name, 'it is given more than once.');
  const rendering = parseRendering(type.type, values('_summary')[0], values('_elements'), true);
  const asked = parseCount(values('_count')[0], bounds);
  const total = parseTotal(values('_total')[0]);
  const sort = parseSort(values('_sort')[0], type);
  const isCountOnly = asked === 0 || rendering.summary === 'count';
  return {
    ...rendering,
    count: isCountOnly ? 0 : asked,
    total: isCountOnly ? 'accurate' : total,
    ...(sort === undefined ? {} : { sort }),
  };
}

type ResultParameters = Pick<SearchPlan, 'summary' | 'elements' | 'count' | 'total' | 'sort'>;

function parseOne(scope: Scope, type: ServedType, name: string, value: string): Parsed {
  if (name === '_has' || name.startsWith('_has:')) return parseHas(scope, type, name, value);
  if (name.includes('.')) return parseChain(scope, type, name, value);
  return parseCriterion(scope, type, name, value, name);
}

type Kept<T> = readonly [kept: readonly (readonly [Pair, T])[], ignored: readonly (readonly [Pair, string])[]];

/** Keeps what can be applied; the rest is ignored or refused, as the caller's handling and decision 10 of the design say. */
function sieve<T extends Criterion | readonly Include[]>(
  pairs: readonly Pair[],
  handling: Handling,
  parse: (pair: Pair) => T | Unserved,
): Kept<T> {
  const kept: (readonly [Pair, T])[] = [];
  const ignored: (readonly [Pair, string])[] = [];
  for (const pair of pairs) {
    const parsed = parse(pair);
    if (!('is' in parsed) || parsed.is !== 'unserved') kept.push([pair, parsed as T]);
    else if (isRefused(parsed, handling)) throw refusalOf(pair[0], parsed);
    else ignored.push([pair, parsed.reason]);
  }
  return [kept, ignored];
}

function isRefused({ how }: Unserved, handling: Handling): boolean {
  return handling === 'strict' || (handling === 'default' && how === 'unsupported');
}

function refusalOf(name: string, { how, reason }: Unserved): Fault {
  const code = how === 'unsupported' ? 'search.unsupported-parameter' : 'search.unknown-parameter';
  return new Fault(code, `The parameter ${quoted(name)} cannot be applied: ${reason}.`, { expression: name });
}

function noCriterion(criteria: readonly Pair[]): Fault {
  const names = criteria.slice(0, 5).map(([name]) => quoted(name));
  return new Fault(
    'search.no-criterion',
    `None of the given criteria can be applied (${names.join(', ')}), and without them the search would find everything.`,
    { expression: criteria[0]?.[0] ?? '' },
  );
}

function isShaping(name: string): boolean {
  return shaping.has(name.split(':')[0] ?? '');
}

function isInclude([name]: Pair): boolean {
  return /^_(?:rev)?include(?::|$)/.test(name);
}

function distinct(includes: readonly Include[]): readonly Include[] {
  return [...new Map(includes.map((one) => [`${one.direction} ${one.code} ${one.other.type}`, one])).values()];
}

/** The self link tells the count that was applied, not the one that was asked for. */
function asApplied(pair: Pair, plan: SearchPlan): Pair {
  return pair[0] === '_count' && plan.summary !== 'count' ? ['_count', String(plan.count)] : pair;
}

/** The query string of pairs, percent-encoded. */
export function queryStringOf(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

const readable: Readonly<Record<string, string>> = { '%2C': ',', '%3A': ':', '%2F': '/', '%24': '$' };

/** Commas, colons and bars need no escape in a query and read better without. */
function encode(text: string): string {
  const encoded = encodeURIComponent(text);
  return encoded.includes('%')
    ? encoded.replace(/%(?:2C|3A|2F|24)/g, (escaped) => readable[escaped] ?? escaped)
    : encoded;
}
