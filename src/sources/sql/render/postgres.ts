import type { KindName } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { joined, literalText, sql, type Fragment } from './fragment.ts';

/** What differs between PostgreSQL databases; read once when a system is first reached. */
export interface PostgresTraits {
  /** Texts sort by their bytes without a COLLATE clause, so that plain indexes serve prefixes, order and paging. */
  readonly byteOrder: boolean;
  /** The collation with which lower() folds all letters, where the database's own folds ASCII only. */
  readonly lowerCollation?: string;
}

/** Parameters are cast to the widest type of the kind: `int4 = int8` and the like are operators of the same index family. */
const types: Record<KindName, string> = {
  text: 'text',
  char: 'bpchar',
  integer: 'int8',
  decimal: 'numeric',
  date: 'date',
  'local-timestamp': 'timestamp',
  instant: 'timestamptz',
  boolean: 'boolean',
  bytes: 'bytea',
};

/** The largest year that both date and timestamp can hold; one more digit would not. */
const YEAR_MAX = 294_000;
/** Within what double precision can hold, since a declared decimal may be stored so. */
const DECIMAL_DIGITS = 300;

export function postgres(traits: PostgresTraits): Dialect {
  const isTextual = (kind: KindName): boolean => kind === 'text' || kind === 'char';
  const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`.replaceAll('?', '\\?');
  const literal = (text: string): Fragment => literalText(`'${text.replaceAll("'", "''")}'`);
  const parameter = (kind: KindName, slot: number): Fragment => ({ text: `?::${types[kind]}`, slots: [slot] });
  const arrayParameter = (kind: KindName, slot: number): Fragment => ({ text: `?::${types[kind]}[]`, slots: [slot] });
  const bytewise = (of: Fragment): Fragment => (traits.byteOrder ? of : sql`${of} collate "C"`);
  const ordered = (kind: KindName, of: Fragment): Fragment => (isTextual(kind) ? bytewise(of) : of);
  const text = (kind: KindName, of: Fragment): Fragment => (kind === 'text' ? of : sql`${of}::text`);
  const lowered = traits.lowerCollation;
  return {
    name: 'pg',
    limits: { yearMax: YEAR_MAX, beyondCalendar: true, decimalDigits: DECIMAL_DIGITS },
    hasArrays: true,
    unlimited: undefined,
    identifier,
    literal,
    parameter,
    arrayParameter,
    ordered,
    text,
    hatch: (given) => given.pg ?? given.default,
    bound: (kind, value) => {
      if (kind === 'bytes') return `\\x${value}`;
      // The year before year 1 is called 1 BC.
      return value.startsWith('0000-') && kind !== 'text' && kind !== 'char' ? `0001-${value.slice(5)} BC` : value;
    },
    canonical: (_type, of, alone) => (alone ? of : sql`${of}::text`),
    distinguished: (_kind, of) => of,
    equal: (_kind, left, right) => sql`${left} = ${right}`,
    differ: (_kind, left, right) => sql`${left} <> ${right}`,
    among: (kind, left, slots) => sql`${left} = any(${arrayParameter(kind, slots[0] ?? 0)})`,
    amongKeys: (kinds, columns, slots) => {
      const arrays = kinds.map((kind, i) => arrayParameter(kind, slots[i] ?? 0));
      return sql`(${joined(columns, ', ')}) in (select * from unnest(${joined(arrays, ', ')}))`;
    },
    beyond: (kinds, columns, op, slots) => {
      const left = columns.map((column, i) => ordered(kinds[i] ?? 'text', column));
      const right = kinds.map((kind, i) => parameter(kind, slots[i] ?? 0));
      return sql`(${joined(left, ', ')}) ${op} (${joined(right, ', ')})`;
    },
    starts: (kind, left, lower, upper) => {
      const of = kind === 'char' ? left : text(kind, left);
      const bound = kind === 'char' ? 'char' : 'text';
      const from = sql`${bytewise(of)} >= ${parameter(bound, lower)}`;
      const range = upper === undefined ? from : sql`${from} and ${bytewise(of)} < ${parameter(bound, upper)}`;
      // char(n) ignores trailing spaces when it compares, so the range may hold a little too much.
      return kind === 'char'
        ? sql`(${range} and starts_with(${left}::text, ${parameter('text', lower)}))`
        : sql`(${range})`;
    },
    contains: (kind, left, slot) => sql`strpos(${text(kind, left)}, ${parameter('text', slot)}) > 0`,
    lower: (of) => (lowered === undefined ? sql`lower(${of})` : sql`lower(${of} collate ${identifier(lowered)})`),
    trim: (of) => sql`btrim(${of})`,
    part: (of, separator, index) => sql`nullif(btrim(split_part(${of}, ${literal(separator)}, ${String(index)})), '')`,
    numberInText: (of, pattern) =>
      sql`case when ${of} ~ ${literal(pattern)} then translate(${of}, ',<>= ', '.')::numeric end`,
    comparatorInText: (of, pattern) =>
      sql`case when ${of} ~ ${literal(pattern)} then translate(${of}, '+-.,0123456789 ', '') end`,
  };
}
