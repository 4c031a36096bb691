import {
  always,
  and,
  never,
  not,
  or,
  renameAliases,
  type Column,
  type Join,
  type Predicate,
  type TableAlias,
} from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { tableOf, type AnyAlias } from './columns.ts';
import { isNotNull, isNull, join } from './predicates.ts';

/** One step of an order: smallest first, or largest first (`descending`). NULL comes last either way. */
export type OrderStep = Column | { readonly column: Column; readonly descending: true };

/** Rows that tie in it are ordered by the key that their table declares. */
export type Order = readonly [OrderStep, ...OrderStep[]];

/** Largest first, such as the newest date. */
export function descending(column: Column): OrderStep {
  return { column, descending: true };
}

/**
 * The row that comes first among the live rows of its table that have the same values in `among` and satisfy `where`. It is a condition on the
 * stored columns, not a window over all rows, so that a search reads no more of the table than its own index gives.
 */
export function isFirst(of: AnyAlias, among: readonly Column[], order: Order, where: Predicate = always): Predicate {
  const own = tableOf(of);
  const names = new Map([[own.alias, `${own.alias}_rival`]]);
  const rival = <T>(value: T): T => renameAliases(value, names);
  const comes = total(own, among, order).reduceRight<Predicate>((ties, step) => earlier(step, rival, ties), never);
  return not({
    is: 'exists',
    from: rival(own),
    joins: [],
    on: among.map((column) => [rival(column), column] as const),
    where: and(rival(where), comes),
  });
}

/**
 * The order, ended by what tells rows of the table apart: rows that tied would all be first, and what they stand for would appear twice. Without a declared
 * key it is every other required column, so that only rows that are alike in all of them are left.
 */
function total({ alias, table }: TableAlias, among: readonly Column[], order: Order): Order {
  const compared = new Set([...among, ...order.map(columnOf)].map(({ name }) => name));
  const all = Object.keys(table.columns).filter((name) => table.columns[name]?.optional !== true);
  const names = (table.key ?? all).filter((name) => !compared.has(name));
  return [...order, ...names.map((name): Column => ({ alias, name, type: typeOf(table, name) }))];
}

function typeOf({ columns }: TableAlias['table'], name: string): Column['type'] {
  const type = columns[name];
  if (type === undefined) throw new Fault('module.invalid', `The key names ${name}, which is not declared.`);
  return type;
}

function columnOf(step: OrderStep): Column {
  return 'column' in step ? step.column : step;
}

/** The rival comes before the own row by this step, or ties in it and comes before by the later ones. */
function earlier(step: OrderStep, rival: (column: Column) => Column, later: Predicate): Predicate {
  const isDescending = 'column' in step;
  const own = columnOf(step);
  const other = rival(own);
  const wins = or(
    { is: 'compare-columns', left: other, op: isDescending ? '>' : '<', right: own },
    and(isNotNull(other), isNull(own)),
  );
  if (later.is === 'never') return wins;
  const ties = or({ is: 'compare-columns', left: other, op: '=', right: own }, and(isNull(other), isNull(own)));
  return or(wins, and(ties, later));
}

/**
 * A to-one join to a table that may hold several rows for one: the first of them by an order, among those that satisfy `where`. For lookup tables
 * with doubles (the newest that is valid) and for histories (the newest status). Columns of the alias are searched like any other.
 */
export function joinFirst(
  to: AnyAlias,
  on: readonly (readonly [joined: Column, base: Column])[],
  { order, where = always }: { readonly order: Order; readonly where?: Predicate },
): Join {
  return join(
    to,
    on,
    and(
      where,
      isFirst(
        to,
        on.map(([joined]) => joined),
        order,
        where,
      ),
    ),
  );
}

export interface Grouping {
  /** What the rows of a group share: the group's key. A row without it is in no group. */
  readonly by: readonly [Column, ...Column[]];
  /** Which row of a group stands for it: elements outside `many` are its columns. */
  readonly order: Order;
  /** Which rows are grouped at all, beside those that the alias declares live. */
  readonly where?: Predicate;
}

/** One resource for each group of rows of a table: `where` and `key` of its branch. Its rows are the entries of a `many` that is tied by the key. */
export function groupBy(
  rows: AnyAlias,
  { by, order, where = always }: Grouping,
): { readonly key: Grouping['by']; readonly where: Predicate } {
  return { key: by, where: and(where, ...by.map(isNotNull), isFirst(rows, by, order, where)) };
}
