import type { Column, Join, KindName, Operand, Predicate, TableAlias } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { fitOf } from './fit.ts';
import { joined, literalText, sql, type Fragment } from './fragment.ts';
import { columnSql, kindOf, operandSql, tableSql } from './operand.ts';
import { usedJoins } from './prune.ts';
import { successorOf } from './successor.ts';
import { decided, fitsAll, fittingKeys, fittingValues, paddedLength } from './values.ts';

/** Hands out the numbers of the statement's values, in the order in which `shapeOf` collected them. */
export interface Slots {
  next(): number;
  /** Whether the values are written into the text, as those of standing predicates are. */
  readonly isWritten?: boolean;
}

const TRUE = literalText('true');
const FALSE = literalText('false');

export function renderPredicate(predicate: Predicate, dialect: Dialect, slots: Slots): Fragment {
  switch (predicate.is) {
    case 'always':
      return TRUE;
    case 'never':
      return FALSE;
    case 'and':
    case 'or': {
      if (predicate.of.length === 0) return predicate.is === 'and' ? TRUE : FALSE;
      const parts = predicate.of.map((part) => renderPredicate(part, dialect, slots));
      return sql`(${joined(parts, ` ${predicate.is} `)})`;
    }
    case 'not':
      return renderNot(predicate.of, dialect, slots);
    case 'standing':
      return renderPredicate(predicate.of, dialect, { next: () => slots.next(), isWritten: true });
    case 'null':
      return sql`${operandSql(predicate.of, dialect)} is null`;
    case 'compare':
      return renderComparison(predicate, dialect, slots);
    case 'compare-columns':
      return renderColumns(predicate.left, predicate.op, predicate.right, dialect);
    case 'in':
      return renderList(kindOf(predicate.left), operandSql(predicate.left, dialect), predicate.values, dialect, slots);
    case 'starts':
      return renderStarts(predicate.left, predicate.value, dialect, slots);
    case 'contains': {
      const { left, value } = predicate;
      if (fitOf('text', value, dialect.limits) !== 'fits') return FALSE;
      return dialect.contains(kindOf(left), operandSql(left, dialect), slots.next());
    }
    case 'keys':
      return renderKeys(predicate.columns, predicate.keys, dialect, slots);
    case 'row': {
      const { columns, op, values } = predicate;
      if (!fitsAll(columns, values, dialect)) return FALSE;
      const taken = columns.map(() => slots.next());
      return dialect.beyond(kindsOf(columns), columnsOf(columns, dialect), op, taken);
    }
    case 'exists':
      return renderExists(predicate, dialect, slots);
  }
}

/**
 * Never unknown. The plain forms are those that planners know: for indexes on present values, for anti-joins, and for rows that are not marked, which
 * are nearly all (they take `(x <> '') is not true` for one row of two hundred).
 */
function renderNot(of: Predicate, dialect: Dialect, slots: Slots): Fragment {
  if (of.is === 'null') return sql`${operandSql(of.of, dialect)} is not null`;
  if (of.is === 'compare' && of.op === '<>') {
    const equal = renderComparison({ ...of, op: '=' }, dialect, slots);
    return sql`(${operandSql(nullWith(of.left), dialect)} is null or ${equal})`;
  }
  const rendered = renderPredicate(of, dialect, slots);
  return of.is === 'exists' ? sql`not ${rendered}` : sql`((${rendered}) is not true)`;
}

/** What is null exactly where the operand is: a column where it can be, because statistics are about columns. */
function nullWith(operand: Operand): Operand {
  return 'operand' in operand && (operand.operand === 'trim' || operand.operand === 'lower')
    ? nullWith(operand.of)
    : operand;
}

export interface RenderedJoin {
  readonly alias: string;
  readonly table: string;
  readonly on: Fragment;
}

/** Each join that the given aliases need, as table and ON condition. All joins take their slots, also those that are left out. */
export function renderJoins(
  joins: readonly Join[],
  used: ReadonlySet<string>,
  dialect: Dialect,
  slots: Slots,
): readonly RenderedJoin[] {
  const rendered = joins.map((join) => ({
    alias: join.to.alias,
    table: tableSql(join.to, dialect),
    on: joined([...ties(join.on, dialect), ...conditions(join.to, join.where, dialect, slots)], ' and '),
  }));
  return rendered.filter(({ alias }) => used.has(alias));
}

/** The table's own filter and a further condition, without those that always hold. */
export function conditions(
  table: TableAlias,
  where: Predicate | undefined,
  dialect: Dialect,
  slots: Slots,
): readonly Fragment[] {
  return [table.live, where].flatMap((predicate) =>
    predicate === undefined || predicate.is === 'always' ? [] : [renderPredicate(predicate, dialect, slots)],
  );
}

function ties(on: readonly (readonly [Column, Column])[], dialect: Dialect): readonly Fragment[] {
  return on.map(([left, right]) => renderColumns(left, '=', right, dialect));
}

function kindsOf(columns: readonly Column[]): readonly KindName[] {
  return columns.map((column) => column.type.kind);
}

function columnsOf(columns: readonly Column[], dialect: Dialect): readonly Fragment[] {
  return columns.map((column) => columnSql(column, dialect));
}

function renderComparison(predicate: Extract<Predicate, { is: 'compare' }>, dialect: Dialect, slots: Slots): Fragment {
  const { left, op, value } = predicate;
  const kind = kindOf(left);
  const of = operandSql(left, dialect);
  const fit = fitOf(kind, value, dialect.limits);
  if (fit !== 'fits') return decided(op, fit) === 'never' ? FALSE : sql`${of} is not null`;
  const right = dialect.parameter(kind, slots.next());
  if (op === '=') return dialect.equal(kind, of, right);
  if (op === '<>') return dialect.differ(kind, of, right);
  return sql`${dialect.ordered(kind, of)} ${op} ${dialect.ordered(kind, right)}`;
}

function renderColumns(left: Operand, op: string, right: Operand, dialect: Dialect): Fragment {
  const kind = kindOf(left);
  const [l, r] = [operandSql(left, dialect), operandSql(right, dialect)];
  if (op === '=') return dialect.equal(kind, l, r);
  if (op === '<>') return dialect.differ(kind, l, r);
  return sql`${dialect.ordered(kind, l)} ${op} ${dialect.ordered(kind, r)}`;
}

function renderList(kind: KindName, of: Fragment, values: readonly string[], dialect: Dialect, slots: Slots): Fragment {
  const { length } = fittingValues(kind, values, dialect);
  if (length === 0) return FALSE;
  if (length === 1) return dialect.equal(kind, of, dialect.parameter(kind, slots.next()));
  const taken = Array.from({ length: dialect.hasArrays ? 1 : paddedLength(length) }, () => slots.next());
  return dialect.among(kind, of, taken);
}

function renderStarts(left: Operand, value: string, dialect: Dialect, slots: Slots): Fragment {
  if (fitOf('text', value, dialect.limits) !== 'fits') return FALSE;
  const of = operandSql(left, dialect);
  const lower = slots.next();
  const upper = value === '' || successorOf(value) === undefined ? undefined : slots.next();
  return dialect.starts(kindOf(left), of, lower, upper);
}

function renderKeys(
  columns: readonly Column[],
  keys: readonly (readonly string[])[],
  dialect: Dialect,
  slots: Slots,
): Fragment {
  const kinds = kindsOf(columns);
  const of = columnsOf(columns, dialect);
  const [kind, only] = [kinds[0], of[0]];
  if (columns.length === 1 && kind !== undefined && only !== undefined) {
    return renderList(
      kind,
      only,
      keys.map((key) => key[0] ?? ''),
      dialect,
      slots,
    );
  }
  const { length } = fittingKeys(columns, keys, dialect);
  if (length === 0) return FALSE;
  if (length === 1) {
    const parts = of.map((column, i) => {
      const kindOfPart = kinds[i] ?? 'text';
      return dialect.equal(kindOfPart, column, dialect.parameter(kindOfPart, slots.next()));
    });
    return sql`(${joined(parts, ' and ')})`;
  }
  const tuples = dialect.hasArrays ? 1 : paddedLength(length);
  const taken = Array.from({ length: tuples * columns.length }, () => slots.next());
  const exact = dialect.amongKeys(kinds, of, taken, tuples);
  if (!dialect.hasArrays || slots.isWritten === true) return exact;
  const each = of.map((column, i) => dialect.among(kinds[i] ?? 'text', column, taken.slice(i, i + 1)));
  // A list of tuples is a join to planners, the last of all in a statement of many tables; which values a column may have is a condition of its own table.
  return sql`(${joined(each, ' and ')} and ${exact})`;
}

function renderExists(predicate: Extract<Predicate, { is: 'exists' }>, dialect: Dialect, slots: Slots): Fragment {
  const { from, joins, on, where } = predicate;
  const used = usedJoins(from, joins, { columns: on.map(([inner]) => inner), predicates: [where] });
  const rendered = renderJoins(joins, used, dialect, slots);
  const all = [...ties(on, dialect), ...conditions(from, where, dialect, slots)];
  const tables = rendered.map((join) => sql` left join ${join.table} on ${join.on}`);
  const condition = all.length === 0 ? TRUE : joined(all, ' and ');
  return sql`exists (select 1 from ${tableSql(from, dialect)}${joined(tables, '')} where ${condition})`;
}
