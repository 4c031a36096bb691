import type { Knex } from 'knex';
import type { Column, Select } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { joined, literalText, sql, type Fragment } from './fragment.ts';
import { columnSql, tableSql } from './operand.ts';
import { conditions, renderJoins, type Slots } from './predicate.ts';
import { usedJoins } from './prune.ts';
import { columnToken } from './tokens.ts';

/** `width` columns are put out, the select's own first and the rest NULL; `index` comes before them where several selects are united. */
export interface Output {
  readonly width: number;
  readonly index: number | undefined;
}

const ONE = literalText('1');

export function raw(knex: Knex, fragment: Fragment): Knex.Raw {
  return knex.raw(fragment.text, [...fragment.slots]);
}

export function renderPage(
  knex: Knex,
  select: Select,
  dialect: Dialect,
  slots: Slots,
  output: Output,
): Knex.QueryBuilder {
  const alone = output.index === undefined;
  const canonical = (of: Fragment, column: Column): Fragment => dialect.canonical(column.type, of, alone);
  const padding = Array.from({ length: output.width - select.columns.length }, () =>
    dialect.text('integer', literalText('null')),
  );
  const index = output.index === undefined ? [] : [dialect.text('integer', literalText(String(output.index)))];
  const all = (columns: readonly Fragment[]): Fragment => {
    const list = [...index, ...columns, ...padding];
    return list.length === 0 ? literalText('null') : joined(list, ', ');
  };
  if (select.distinct === true) {
    const inner = renderDistinct(knex, select, dialect, slots);
    const outputs = select.columns.map((column, i) => canonical(innerName(i, dialect), column));
    const builder = knex.select(raw(knex, all(outputs))).from(inner.as('d'));
    const order = select.orderBy.map((column) =>
      dialect.ordered(column.type.kind, innerName(indexOf(column, select), dialect)),
    );
    return limited(ordered(knex, builder, order, select), select, dialect, slots, alone);
  }
  const builder = renderBody(knex, select, [...select.columns, ...select.orderBy], dialect, slots);
  void builder.select(raw(knex, all(select.columns.map((column) => canonical(columnSql(column, dialect), column)))));
  const order = select.orderBy.map((column) => dialect.ordered(column.type.kind, columnSql(column, dialect)));
  return limited(ordered(knex, builder, order, select), select, dialect, slots, alone);
}

/** One row with the number of the select's rows, as `n`. Joins are to-one, so those that only columns need cannot change it. */
export function renderCount(knex: Knex, select: Select, dialect: Dialect, slots: Slots): Knex.QueryBuilder {
  const counted = raw(knex, sql`count(*)`);
  if (select.distinct !== true && select.limit === undefined) {
    return renderBody(knex, select, [], dialect, slots).select(counted);
  }
  const inner =
    select.distinct === true
      ? renderDistinct(knex, select, dialect, slots)
      : renderBody(knex, select, [], dialect, slots).select(raw(knex, ONE));
  if (select.limit !== undefined) void inner.limit(slots.next());
  return knex.select(counted).from(inner.as('d'));
}

/** FROM, joins and WHERE. Takes the slots of joins, table filter and condition, in this order. */
function renderBody(
  knex: Knex,
  select: Select,
  columns: readonly Column[],
  dialect: Dialect,
  slots: Slots,
): Knex.QueryBuilder {
  const { from, where } = select;
  const used = usedJoins(from, select.joins, { columns, predicates: [where] });
  const restricting = usedJoins(from, select.joins, { columns: [], predicates: [where] });
  const joins = renderJoins(select.joins, used, dialect, slots);
  const builder = knex.queryBuilder().from(raw(knex, literalSql(tableSql(from, dialect))));
  // Those that conditions need come first, so that a planner that keeps to the written order beyond a few tables starts with few rows.
  for (const { table, on } of joins.toSorted(
    (left, right) => Number(restricting.has(right.alias)) - Number(restricting.has(left.alias)),
  )) {
    void builder.leftJoin(raw(knex, literalSql(table)), raw(knex, on));
  }
  const all = conditions(from, where, dialect, slots);
  return all.length === 0 ? builder : builder.whereRaw(raw(knex, joined(all, ' and ')));
}

function literalSql(text: string): Fragment {
  return { text, slots: [] };
}

function renderDistinct(knex: Knex, select: Select, dialect: Dialect, slots: Slots): Knex.QueryBuilder {
  const columns = select.columns.map(
    (column, i) =>
      sql`${dialect.distinguished(column.type.kind, columnSql(column, dialect))} as ${outputName(i, dialect)}`,
  );
  return renderBody(knex, select, select.columns, dialect, slots).select(
    raw(knex, sql`distinct ${joined(columns, ', ')}`),
  );
}

function outputName(i: number, dialect: Dialect): Fragment {
  return literalSql(dialect.identifier(`c${String(i)}`));
}

/** Qualified, since a bare name in ORDER BY would mean the canonical text that is put out under it. */
function innerName(i: number, dialect: Dialect): Fragment {
  return sql`${dialect.identifier('d')}.${outputName(i, dialect)}`;
}

function indexOf(column: Column, select: Select): number {
  const token = columnToken(column);
  const found = select.columns.findIndex((other) => columnToken(other) === token);
  if (found === -1) throw new Error('Distinct rows can only be ordered by columns that are selected.');
  return found;
}

function ordered(
  knex: Knex,
  builder: Knex.QueryBuilder,
  order: readonly Fragment[],
  select: Select,
): Knex.QueryBuilder {
  if (order.length === 0) return builder;
  const direction = select.descending ? ' desc' : '';
  return builder.orderByRaw(
    raw(
      knex,
      joined(
        order.map((of) => sql`${of}${direction}`),
        ', ',
      ),
    ),
  );
}

/** A limit is bound like every value: its number is that of a slot. */
function limited(
  builder: Knex.QueryBuilder,
  select: Select,
  dialect: Dialect,
  slots: Slots,
  alone: boolean,
): Knex.QueryBuilder {
  if (select.limit !== undefined) return builder.limit(slots.next());
  if (alone || select.orderBy.length === 0 || dialect.unlimited === undefined) return builder;
  return builder.limit(dialect.unlimited, { skipBinding: true });
}
