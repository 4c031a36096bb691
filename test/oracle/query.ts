import { refuse } from './refusal.ts';

/** A query string, read by the oracle's own eyes: criteria apart from what shapes the answer. */
export interface Query {
  readonly criteria: readonly { readonly name: string; readonly value: string }[];
  readonly includes: readonly IncludePath[];
  readonly revincludes: readonly IncludePath[];
  readonly sort?: { readonly code: string; readonly descending: boolean };
  readonly count?: number;
  readonly isCountOnly: boolean;
  readonly wantsTotal: boolean;
  /** Whether the resources come whole. */
  readonly isWhole: boolean;
}

export interface IncludePath {
  readonly source: string;
  readonly code: string;
  readonly target?: string;
}

const shaping = ['_sort', '_count', '_total', '_include', '_revinclude', '_elements', '_summary', '_format', '_pretty'];

export function readQuery(queryString: string): Query {
  const pairs = queryString
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return { name: decode(name), value: decode(rest.join('=')) };
    });
  const valuesOf = (name: string) => pairs.filter((pair) => pair.name === name).map((pair) => pair.value);
  const [sort] = valuesOf('_sort');
  const [count] = valuesOf('_count');
  const [summary = 'false'] = valuesOf('_summary');
  const [total] = valuesOf('_total');
  if (count !== undefined && !/^\d{1,9}$/.test(count)) refuse('_count');
  if (sort?.includes(',')) refuse('more than one sort key');
  if (pairs.some(({ name }) => /^_(rev)?include:/.test(name))) refuse('modifier of an include');
  return {
    criteria: pairs.filter(({ name }) => !shaping.includes(name)),
    includes: valuesOf('_include').map(pathOf),
    revincludes: valuesOf('_revinclude').map(pathOf),
    ...(sort === undefined ? {} : { sort: { code: sort.replace(/^-/, ''), descending: sort.startsWith('-') } }),
    ...(count === undefined ? {} : { count: Number(count) }),
    isCountOnly: summary === 'count' || count === '0',
    wantsTotal: summary === 'count' || count === '0' || total === 'accurate',
    isWhole: summary === 'false' && valuesOf('_elements').length === 0,
  };
}

/** Percent-decoding happens exactly once, and a plus is a space. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return refuse('percent-encoding');
  }
}

function pathOf(value: string): IncludePath {
  const [source = '', code = '', target, ...more] = value.split(':');
  if (!source || !code || more.length > 0) refuse('include');
  return { source, code, ...(target === undefined ? {} : { target }) };
}
