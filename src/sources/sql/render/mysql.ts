import type { ColumnType, KindName } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { joined, literalText, sql, type Fragment } from './fragment.ts';

/** MySQL and MariaDB in one text that both accept. */
export function mysql(): Dialect {
  return {
    name: 'mysql',
    limits: { yearMax: 9999, beyondCalendar: false, decimalDigits: 30 },
    hasArrays: false,
    unlimited: Number.MAX_SAFE_INTEGER,
    identifier: (name) => `\`${name.replaceAll('`', '``')}\``.replaceAll('?', '\\?'),
    literal,
    parameter,
    arrayParameter: parameter,
    hatch: (given) => given.mysql ?? given.default,
    bound: (kind, value) => (kind === 'boolean' ? (value === 'true' ? '1' : '0') : value),
    canonical,
    ordered,
    distinguished: ordered,
    equal,
    differ: (kind, left, right) => sql`${ordered(kind, left)} <> ${ordered(kind, right)}`,
    among: (kind, left, slots) => {
      const values = slots.map((slot) => parameter(kind, slot));
      const loose = sql`${left} in (${joined(values, ', ')})`;
      if (!isTextual(kind)) return loose;
      return sql`(${loose} and ${exact(left)} in (${joined(values.map(exact), ', ')}))`;
    },
    amongKeys,
    beyond: (kinds, columns, op, slots) => {
      const steps = columns.map((column, i) => {
        const equals = columns.slice(0, i).map((earlier, j) => equalTo(kinds, earlier, slots, j));
        const kind = kinds[i] ?? 'text';
        const last = sql`${ordered(kind, column)} ${op} ${ordered(kind, parameter(kind, slots[i] ?? 0))}`;
        return sql`(${joined([...equals, last], ' and ')})`;
      });
      return sql`(${joined(steps, ' or ')})`;
    },
    starts: (_kind, left, lower, upper) => {
      const from = sql`${exact(left)} >= ${exact(parameter('text', lower))}`;
      return upper === undefined ? from : sql`(${from} and ${exact(left)} < ${exact(parameter('text', upper))})`;
    },
    contains: (_kind, left, slot) => sql`locate(${exact(parameter('text', slot))}, ${exact(left)}) > 0`,
    text: (kind, of) => (isTextual(kind) ? of : sql`cast(${of} as char)`),
    lower: (of) => sql`lower(${of})`,
    trim: (of) => sql`trim(${of})`,
    part: (of, separator, index) => {
      const between = literal(separator);
      const found = sql`substring_index(substring_index(${of}, ${between}, ${String(index)}), ${between}, -1)`;
      const separators = sql`char_length(${of}) - char_length(replace(${of}, ${between}, ''))`;
      const isThere = sql`${separators} >= ${String((index - 1) * Array.from(separator).length)}`;
      return sql`nullif(case when ${isThere} then trim(${found}) end, '')`;
    },
    numberInText: (of, pattern) => {
      const digits = sql`replace(regexp_replace(${of}, '[<>= ]', ''), ',', '.')`;
      return sql`case when ${matches(of, pattern)} then cast(${digits} as decimal(65,30)) end`;
    },
    comparatorInText: (of, pattern) =>
      sql`case when ${matches(of, pattern)} then regexp_replace(${of}, '[-+., 0-9]', '') end`,
  };
}

function isTextual(kind: KindName): boolean {
  return kind === 'text' || kind === 'char';
}

function literal(text: string): Fragment {
  return literalText(`'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`);
}

/** In these expressions `$` also matches before a final line break. */
function matches(of: Fragment, pattern: string): Fragment {
  return sql`${of} regexp ${literal(pattern)} and instr(${of}, char(10)) = 0`;
}

function parameter(kind: KindName, slot: number): Fragment {
  const slots = [slot];
  switch (kind) {
    case 'integer':
    case 'boolean':
      return { text: 'cast(? as signed)', slots };
    case 'decimal':
      return { text: 'cast(? as decimal(65,30))', slots };
    case 'date':
      return { text: 'cast(? as date)', slots };
    case 'local-timestamp':
    case 'instant':
      return { text: 'cast(? as datetime(6))', slots };
    case 'bytes':
      return { text: 'unhex(?)', slots };
    default:
      return { text: '?', slots };
  }
}

/** The bytes of a text: without case folding, without padding. */
function exact(of: Fragment): Fragment {
  return sql`cast(convert(${of} using utf8mb4) as binary)`;
}

function ordered(kind: KindName, of: Fragment): Fragment {
  return isTextual(kind) ? exact(of) : of;
}

/** The collation decides with the index, the bytes decide exactly. */
function equal(kind: KindName, left: Fragment, right: Fragment): Fragment {
  return isTextual(kind) ? sql`(${left} = ${right} and ${exact(left)} = ${exact(right)})` : sql`${left} = ${right}`;
}

function equalTo(kinds: readonly KindName[], column: Fragment, slots: readonly number[], i: number): Fragment {
  const kind = kinds[i] ?? 'text';
  return equal(kind, column, parameter(kind, slots[i] ?? 0));
}

/** `slots` go tuple by tuple. */
function amongKeys(
  kinds: readonly KindName[],
  columns: readonly Fragment[],
  slots: readonly number[],
  tuples: number,
): Fragment {
  const list = (form: (kind: KindName, of: Fragment) => Fragment): Fragment => {
    const rows = Array.from({ length: tuples }, (_, row) => {
      const values = kinds.map((kind, i) => form(kind, parameter(kind, slots[row * kinds.length + i] ?? 0)));
      return sql`(${joined(values, ', ')})`;
    });
    const left = columns.map((column, i) => form(kinds[i] ?? 'text', column));
    return sql`(${joined(left, ', ')}) in (${joined(rows, ', ')})`;
  };
  const loose = list((_kind, of) => of);
  return kinds.some(isTextual) ? sql`(${loose} and ${list(ordered)})` : loose;
}

function canonical(type: ColumnType, of: Fragment): Fragment {
  switch (type.kind) {
    case 'char':
      return sql`trim(trailing ' ' from cast(${of} as char))`;
    case 'date':
      return sql`date_format(${of}, '%Y-%m-%d')`;
    case 'local-timestamp':
    case 'instant':
      return type.fractionDigits === 0
        ? sql`date_format(${of}, '%Y-%m-%d %H:%i:%s')`
        : sql`left(date_format(${of}, '%Y-%m-%d %H:%i:%s.%f'), 23)`;
    case 'boolean':
      return sql`case when ${of} then 'true' when not ${of} then 'false' end`;
    case 'bytes':
      return sql`lower(hex(${of}))`;
    default:
      return sql`cast(${of} as char)`;
  }
}
