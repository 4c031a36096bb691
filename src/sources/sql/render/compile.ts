import knex, { type Knex } from 'knex';
import type { Statement } from '../../../contracts/index.ts';
import type { Bound, Dialect, DialectName } from './dialect.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import type { Slots } from './predicate.ts';
import { renderCount, renderPage } from './select.ts';
import { shapeOf, type Shape } from './shape.ts';
import { arrayText } from './values.ts';

/** SQL text of one shape. `slots[i]` is the value that the i-th binding takes: each once on PostgreSQL, for each place on MySQL. */
export interface CompiledShape {
  readonly sql: string;
  readonly slots: readonly number[];
}

/** The builders hold no connection: they only write text. */
const builders: Record<DialectName, Knex> = { pg: knex({ client: 'pg' }), mysql: knex({ client: 'mysql2' }) };

/** Compiles a statement of a shape. Pure; a defect in rendering is an Error. */
export function compileShape(statement: Statement, dialect: Dialect, shape: Shape): CompiledShape {
  const { slots } = shape;
  let taken = 0;
  const next = (): number => slots[taken++] ?? 0;
  const { sql, bindings } = render(builders[dialect.name], statement, dialect, { next }).toSQL();
  if (taken !== slots.length) throw new Error('Rendering and shape disagree about the number of values.');
  return dialect.name === 'mysql'
    ? { sql: sql.replaceAll('\\?', '?'), slots: bindings as number[] }
    : numbered(sql, bindings as number[], shape, dialect);
}

/**
 * Each place gets the number of its value, so that a value is bound once for each type that it is cast to, or the value itself where it is
 * declared, so that the planner knows it; `\\?` is a question mark.
 */
function numbered(sql: string, bindings: readonly number[], shape: Shape, dialect: Dialect): CompiledShape {
  const slots: number[] = [];
  const numbers = new Map<string, number>();
  let place = 0;
  const text = sql.replace(/\\\?|\?((?:::[a-z0-9]+(?:\[\])?)?)/g, (mark, cast: string | undefined) => {
    if (cast === undefined) return '?';
    const slot = bindings[place++] ?? 0;
    if (shape.declared.has(slot)) return declaredText(shape.values[slot] ?? '', dialect) + cast;
    const name = `${String(slot)}${cast}`;
    const number = numbers.get(name) ?? slots.push(slot);
    numbers.set(name, number);
    return `$${String(number)}${cast}`;
  });
  return { sql: text, slots };
}

function declaredText(value: Bound, dialect: Dialect): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'object' ? arrayText(value) : value;
  return dialect.literal(text).text.replaceAll('\\?', '?');
}

function render(builder: Knex, statement: Statement, dialect: Dialect, slots: Slots): Knex.QueryBuilder {
  const { selects } = statement;
  const [first] = selects;
  if (first === undefined) throw new Error('A statement needs a select.');
  if (statement.is === 'count') {
    const counts = selects.map((select) => renderCount(builder, select, dialect, slots));
    return builder.queryBuilder().select(builder.raw(`${counts.map(() => '(?)').join(' + ')} as n`, counts));
  }
  if (selects.length === 1)
    return renderPage(builder, first, dialect, slots, { width: first.columns.length, index: undefined });
  const width = Math.max(...selects.map((select) => select.columns.length));
  const pages = selects.map((select, index) => renderPage(builder, select, dialect, slots, { width, index }));
  return builder.queryBuilder().unionAll(pages, true);
}

/** The values of a statement in the order of its shape's bindings. */
export function bindingsOf(slots: readonly number[], values: readonly Bound[]): Bound[] {
  return slots.map((slot) => values[slot] ?? '');
}

/**
 * SQL text and bindings of one statement, without a cache: for tests, for EXPLAIN and for documentation. PostgreSQL is taken to need COLLATE for
 * byte order.
 */
export function compile(
  statement: Statement,
  name: DialectName,
): { readonly sql: string; readonly bindings: readonly Bound[] } {
  const dialect = name === 'pg' ? postgres({ byteOrder: false }) : mysql();
  const shape = shapeOf(statement, dialect);
  const { sql, slots } = compileShape(statement, dialect, shape);
  return { sql, bindings: bindingsOf(slots, shape.values) };
}
