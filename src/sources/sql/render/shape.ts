import type { Column, Join, Operand, Predicate, Select, Statement } from '../../../contracts/index.ts';
import type { Bound, Dialect } from './dialect.ts';
import { fitOf } from './fit.ts';
import { kindOf } from './operand.ts';
import { successorOf } from './successor.ts';
import { columnsToken, columnToken, hatchToken, pairsToken, tableToken } from './tokens.ts';
import { fitsAll, fittingKeys, fittingValues, paddedLength } from './values.ts';

/** A statement without its values: statements of one shape have the same SQL text. `values` are in the order in which rendering takes its slots. */
export interface Shape {
  readonly key: string;
  readonly values: readonly Bound[];
}

/**
 * Splits a statement into its shape and its values, in one walk that costs microseconds. Its order is that of `renderSelect` and
 * `renderPredicate`; `compile` checks that both took the same number of values.
 */
export function shapeOf(statement: Statement, dialect: Dialect): Shape {
  const walk: Walk = { key: statement.is === 'count' ? '#' : '', values: [], dialect };
  for (const select of statement.selects) walkSelect(select, walk);
  return walk;
}

interface Walk {
  key: string;
  readonly values: Bound[];
  readonly dialect: Dialect;
}

function walkSelect(select: Select, walk: Walk): void {
  walk.key += `S${tableToken(select.from)}${columnsToken(select.columns)}`;
  if (select.orderBy.length > 0) walk.key += `${select.descending ? 'D' : 'A'}${columnsToken(select.orderBy)}`;
  if (select.distinct === true) walk.key += 'U';
  walkJoins(select.joins, walk);
  if (select.from.live !== undefined) walkPredicate(select.from.live, walk);
  walk.key += 'W';
  walkPredicate(select.where, walk);
  if (select.limit !== undefined) {
    walk.key += 'L';
    walk.values.push(select.limit);
  }
}

function walkJoins(joins: readonly Join[], walk: Walk): void {
  for (const join of joins) {
    walk.key += `J${tableToken(join.to)}${pairsToken(join.on)}`;
    if (join.to.live !== undefined) walkPredicate(join.to.live, walk);
    walk.key += ';';
    if (join.where !== undefined) walkPredicate(join.where, walk);
  }
}

function walkPredicate(predicate: Predicate, walk: Walk): void {
  switch (predicate.is) {
    case 'always':
      walk.key += 'T';
      return;
    case 'never':
      walk.key += 'F';
      return;
    case 'and':
    case 'or':
      walk.key += predicate.is === 'and' ? '&(' : '|(';
      for (const part of predicate.of) walkPredicate(part, walk);
      walk.key += ')';
      return;
    case 'not':
      walk.key += '!';
      walkPredicate(predicate.of, walk);
      return;
    case 'null':
      walk.key += `0${operandToken(predicate.of)}`;
      return;
    case 'compare':
      walkComparison(predicate, walk);
      return;
    case 'compare-columns':
      walk.key += `=${operandToken(predicate.left)}${predicate.op}${operandToken(predicate.right)}`;
      return;
    case 'in':
      walk.key += `i${operandToken(predicate.left)}`;
      walkList(kindOf(predicate.left), predicate.values, walk);
      return;
    case 'starts':
      walkStarts(predicate.left, predicate.value, walk);
      return;
    case 'contains':
      walk.key += `c${operandToken(predicate.left)}`;
      walkValue('text', predicate.value, walk);
      return;
    case 'keys':
      walkKeys(predicate.columns, predicate.keys, walk);
      return;
    case 'row':
      walkRow(predicate, walk);
      return;
    case 'exists':
      walk.key += `E${tableToken(predicate.from)}${pairsToken(predicate.on)}`;
      walkJoins(predicate.joins, walk);
      if (predicate.from.live !== undefined) walkPredicate(predicate.from.live, walk);
      walk.key += 'W';
      walkPredicate(predicate.where, walk);
      walk.key += '}';
      return;
  }
}

/** Adds one value if it fits, and in any case its fit: that is part of the shape. */
function walkValue(kind: ReturnType<typeof kindOf>, value: string, walk: Walk): void {
  const fit = fitOf(kind, value, walk.dialect.limits);
  walk.key += fit === 'fits' ? '?' : fit;
  if (fit === 'fits') walk.values.push(walk.dialect.bound(kind, value));
}

function walkComparison(predicate: Extract<Predicate, { is: 'compare' }>, walk: Walk): void {
  walk.key += `${predicate.op}${operandToken(predicate.left)}`;
  walkValue(kindOf(predicate.left), predicate.value, walk);
}

function walkList(kind: ReturnType<typeof kindOf>, values: readonly string[], walk: Walk): void {
  const fitting = fittingValues(kind, values, walk.dialect);
  const bound = fitting.map((value) => walk.dialect.bound(kind, value));
  if (walk.dialect.hasArrays && bound.length > 1) {
    walk.key += '*';
    walk.values.push(bound);
    return;
  }
  const length = paddedLength(bound.length);
  walk.key += String(length);
  for (let i = 0; i < length; i += 1) walk.values.push(bound[Math.min(i, bound.length - 1)] ?? '');
}

function walkStarts(left: Operand, value: string, walk: Walk): void {
  walk.key += `s${operandToken(left)}`;
  walkValue('text', value, walk);
  const upper = value === '' ? undefined : successorOf(value);
  if (upper === undefined || fitOf('text', value, walk.dialect.limits) !== 'fits') return;
  walk.key += '^';
  walk.values.push(upper);
}

function walkKeys(columns: readonly Column[], keys: readonly (readonly string[])[], walk: Walk): void {
  walk.key += `k${columnsToken(columns)}`;
  const [first] = columns;
  if (columns.length === 1 && first !== undefined) {
    walkList(
      first.type.kind,
      keys.map((key) => key[0] ?? ''),
      walk,
    );
    return;
  }
  const { dialect, values } = walk;
  const fitting = fittingKeys(columns, keys, dialect);
  if (dialect.hasArrays && fitting.length > 1) {
    walk.key += '*';
    columns.forEach(({ type }, i) => {
      values.push(fitting.map((key) => dialect.bound(type.kind, key[i] ?? '')));
    });
    return;
  }
  const length = paddedLength(fitting.length);
  walk.key += String(length);
  for (let row = 0; row < length; row += 1) {
    const key = fitting[Math.min(row, fitting.length - 1)] ?? [];
    columns.forEach(({ type }, i) => values.push(dialect.bound(type.kind, key[i] ?? '')));
  }
}

function walkRow(predicate: Extract<Predicate, { is: 'row' }>, walk: Walk): void {
  const { columns, op, values } = predicate;
  walk.key += `r${op}${columnsToken(columns)}`;
  if (!fitsAll(columns, values, walk.dialect)) {
    walk.key += 'none';
    return;
  }
  columns.forEach(({ type }, i) => walk.values.push(walk.dialect.bound(type.kind, values[i] ?? '')));
}

function operandToken(operand: Operand): string {
  if (!('operand' in operand)) return columnToken(operand);
  switch (operand.operand) {
    case 'sql':
      return `q${operand.kind}${hatchToken(operand)}${columnsToken(operand.uses)}`;
    case 'part':
      return `p${String(operand.index)}${JSON.stringify(operand.separator)}${operandToken(operand.of)}`;
    case 'number-in-text':
    case 'comparator-in-text':
      return `${operand.operand}${operand.decimalComma ? ',' : '.'}${columnToken(operand.of)}`;
    default:
      return `${operand.operand}${operandToken(operand.of)}`;
  }
}
