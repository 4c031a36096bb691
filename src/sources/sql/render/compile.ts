import knex, { type Knex } from 'knex';
import type { Statement } from '../../../contracts/index.ts';
import type { Bound, Dialect, DialectName } from './dialect.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';
import type { Slots } from './predicate.ts';
import { renderCount, renderPage } from './select.ts';
import { shapeOf } from './shape.ts';

/** SQL text of one shape. `slots[i]` is the value that the i-th binding takes. */
export interface CompiledShape {
  readonly sql: string;
  readonly slots: readonly number[];
}

/** The builders hold no connection: they only write text. */
const builders: Record<DialectName, Knex> = { pg: knex({ client: 'pg' }), mysql: knex({ client: 'mysql2' }) };

/** Compiles the shape of a statement that has `valueCount` values. Pure; a defect in rendering is an Error. */
export function compileShape(statement: Statement, dialect: Dialect, valueCount: number): CompiledShape {
  let taken = 0;
  const slots: Slots = { next: () => taken++ };
  const { sql, bindings } = render(builders[dialect.name], statement, dialect, slots).toSQL().toNative();
  if (taken !== valueCount) throw new Error('Rendering and shape disagree about the number of values.');
  return { sql: dialect.name === 'mysql' ? sql.replaceAll('\\?', '?') : sql, slots: bindings as number[] };
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
  const { values } = shapeOf(statement, dialect);
  const { sql, slots } = compileShape(statement, dialect, values.length);
  return { sql, bindings: bindingsOf(slots, values) };
}
