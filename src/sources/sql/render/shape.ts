import type { Column, Join, KindName, Operand, Predicate, Select, Statement } from '../../../contracts/index.ts';
import type { Bound, Dialect, DialectName } from './dialect.ts';
import { fitOf } from './fit.ts';
import { kindOf } from './operand.ts';
import { successorOf } from './successor.ts';
import { columnsToken, columnToken, hatchToken, pairsToken, tableToken, nameOf } from './tokens.ts';
import { fitsAll, fittingKeys, fittingValues, paddedLength } from './values.ts';

/**
 * A statement without its values: statements of one shape have the same SQL text. Equal values of one kind are one value, since each costs the
 * driver as much as a column of a row; `slots` says which value each place takes, in the order in which rendering asks.
 */
export interface Shape {
  readonly key: string;
  readonly values: readonly Bound[];
  readonly slots: readonly number[];
  /** Limits, and values of standing predicates and of what tables and joins declare: the same in each statement of the shape, so that they may be written into its text. */
  readonly declared: ReadonlySet<number>;
}

/**
 * Splits a statement into its shape and its values, in one walk that costs microseconds. Its order is that of `renderSelect` and
 * `renderPredicate`; `compile` checks that both took the same number of values.
 */
export function shapeOf(statement: Statement, dialect: Dialect): Shape {
  const walk = emptyWalk(dialect);
  if (statement.is === 'count') walk.key = '#';
  for (const select of statement.selects) walkSelect(select, walk);
  return walk;
}

interface Walk {
  key: string;
  readonly values: Bound[];
  readonly slots: number[];
  /** The values by kind and text. */
  readonly known: Map<string, number>;
  readonly declared: Set<number>;
  /** Whether the walk is inside of what a table or join declares, or of what stands. */
  isDeclaring: boolean;
  readonly dialect: Dialect;
}

function emptyWalk(dialect: Dialect): Walk {
  return { key: '', values: [], slots: [], known: new Map(), declared: new Set(), isDeclaring: false, dialect };
}

/** Which of its places share a value is part of the shape. */
function put(kind: KindName, value: Bound, walk: Walk): void {
  if (walk.isDeclaring) {
    walk.key += JSON.stringify(value);
    putDeclared(value, walk);
    return;
  }
  const name = `${kind} ${typeof value === 'object' ? `[${value.join('\u0000')}` : value}`;
  let slot = walk.known.get(name);
  if (slot === undefined) walk.known.set(name, (slot = walk.values.push(value) - 1));
  walk.slots.push(slot);
  walk.key += `?${String(slot)},`;
}

function putDeclared(value: Bound, walk: Walk): void {
  const slot = walk.values.push(value) - 1;
  walk.declared.add(slot);
  walk.slots.push(slot);
}

interface Remembered {
  readonly key: string;
  readonly values: readonly Bound[];
}

/** Declarations are immutable, so what each adds to a shape is found once and kept as long as it lives. */
const remembered: Readonly<Record<DialectName, WeakMap<object, Remembered>>> = {
  pg: new WeakMap(),
  mysql: new WeakMap(),
};

/** Walks what a table or join declares, or what stands: its values are constants of the shape. */
function walkDeclared<T extends object>(of: T | undefined, walk: Walk, visit: (of: T, walk: Walk) => void): void {
  if (of === undefined) return;
  if (walk.isDeclaring) {
    visit(of, walk);
    return;
  }
  const { dialect } = walk;
  let found = remembered[dialect.name].get(of);
  if (found === undefined) {
    const alone: Walk = { ...emptyWalk(dialect), isDeclaring: true };
    visit(of, alone);
    found = { key: nameOf(alone.key), values: alone.values };
    remembered[dialect.name].set(of, found);
  }
  walk.key += found.key;
  for (const value of found.values) putDeclared(value, walk);
}

function walkSelect(select: Select, walk: Walk): void {
  walk.key += `S${tableToken(select.from)}${columnsToken(select.columns)}`;
  if (select.orderBy.length > 0) walk.key += `${select.descending ? 'D' : 'A'}${columnsToken(select.orderBy)}`;
  if (select.distinct === true) walk.key += 'U';
  walkDeclared(select.joins, walk, walkJoins);
  walkDeclared(select.from.live, walk, walkPredicate);
  walk.key += 'W';
  walkPredicate(select.where, walk);
  if (select.limit !== undefined) {
    // Part of the shape: a plan made without it would expect a tenth of all rows.
    walk.key += `L${String(select.limit)}`;
    putDeclared(select.limit, walk);
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
    case 'standing':
      walkDeclared(predicate.of, walk, walkPredicate);
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
      walkDeclared(predicate.joins, walk, walkJoins);
      walkDeclared(predicate.from.live, walk, walkPredicate);
      walk.key += 'W';
      walkPredicate(predicate.where, walk);
      walk.key += '}';
      return;
  }
}

/** Adds one value if it fits, and in any case its fit: that is part of the shape. */
function walkValue(kind: ReturnType<typeof kindOf>, value: string, walk: Walk): void {
  const fit = fitOf(kind, value, walk.dialect.limits);
  if (fit === 'fits') put(kind, walk.dialect.bound(kind, value), walk);
  else walk.key += fit;
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
    put(kind, bound, walk);
    return;
  }
  const length = paddedLength(bound.length);
  walk.key += String(length);
  for (let i = 0; i < length; i += 1) put(kind, bound[Math.min(i, bound.length - 1)] ?? '', walk);
}

function walkStarts(left: Operand, value: string, walk: Walk): void {
  walk.key += `s${operandToken(left)}`;
  walkValue('text', value, walk);
  const upper = value === '' ? undefined : successorOf(value);
  if (upper === undefined || fitOf('text', value, walk.dialect.limits) !== 'fits') return;
  walk.key += '^';
  put('text', upper, walk);
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
  const { dialect } = walk;
  const fitting = fittingKeys(columns, keys, dialect);
  if (dialect.hasArrays && fitting.length > 1) {
    walk.key += '*';
    columns.forEach(({ type }, i) => {
      put(
        type.kind,
        fitting.map((key) => dialect.bound(type.kind, key[i] ?? '')),
        walk,
      );
    });
    return;
  }
  const length = paddedLength(fitting.length);
  walk.key += String(length);
  for (let row = 0; row < length; row += 1) {
    const key = fitting[Math.min(row, fitting.length - 1)] ?? [];
    columns.forEach(({ type }, i) => {
      put(type.kind, dialect.bound(type.kind, key[i] ?? ''), walk);
    });
  }
}

function walkRow(predicate: Extract<Predicate, { is: 'row' }>, walk: Walk): void {
  const { columns, op, values } = predicate;
  walk.key += `r${op}${columnsToken(columns)}`;
  if (!fitsAll(columns, values, walk.dialect)) {
    walk.key += 'none';
    return;
  }
  columns.forEach(({ type }, i) => {
    put(type.kind, walk.dialect.bound(type.kind, values[i] ?? ''), walk);
  });
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
