import Big from 'big.js';
import {
  numberInText,
  type Column,
  type Join,
  type KindName,
  type Operand,
  type Predicate,
  type Select,
  type Statement,
  type TableAlias,
} from '../../../../src/contracts/index.ts';

/** What the contracts say, evaluated row by row on canonical texts, in the plainest way: the measure of every dialect. */
export type Record = Readonly<{ [column: string]: string | null }>;
export type Tables = Readonly<{ [table: string]: readonly Record[] }>;
type Env = ReadonlyMap<string, Record | undefined>;
type Truth = boolean | undefined;

export function answer(statement: Statement, tables: Tables): readonly (readonly (readonly (string | null)[])[])[] {
  const pages = statement.selects.map((select) => page(select, tables));
  if (statement.is === 'page') return pages;
  return [[[String(pages.reduce((sum, rows) => sum + rows.length, 0))]]];
}

function page(select: Select, tables: Tables): (string | null)[][] {
  let rows = matching(select.from, select.joins, select.where, tables, new Map());
  if (select.distinct === true) {
    const seen = new Set<string>();
    rows = rows.filter((env) => {
      const key = JSON.stringify(select.columns.map((column) => valueOf(column, env)));
      return !seen.has(key) && seen.add(key).size > 0;
    });
  }
  const sorted = [...rows].sort((a, b) => {
    for (const column of select.orderBy) {
      const order = compare(column.type.kind, valueOf(column, a) ?? '', valueOf(column, b) ?? '');
      if (order !== 0) return select.descending ? -order : order;
    }
    return 0;
  });
  return sorted.slice(0, select.limit).map((env) => select.columns.map((column) => valueOf(column, env)));
}

function matching(from: TableAlias, joins: readonly Join[], where: Predicate, tables: Tables, outer: Env): Env[] {
  return (tables[from.table.name] ?? [])
    .map((record) => withJoins(new Map([...outer, [from.alias, record]]), joins, tables))
    .filter(
      (env) =>
        (from.live === undefined || holds(from.live, env, tables) === true) && holds(where, env, tables) === true,
    );
}

function withJoins(env: Env, joins: readonly Join[], tables: Tables): Env {
  const all = new Map(env);
  for (const { to, on, where } of joins) {
    const found = (tables[to.table.name] ?? []).filter((record) => {
      const inner = new Map([...all, [to.alias, record]]);
      const ties = on.every(([left, right]) => tied(valueOf(left, inner), valueOf(right, inner), left.type.kind));
      return ties && [to.live, where].every((p) => p === undefined || holds(p, inner, tables) === true);
    });
    if (found.length > 1) throw new Error('A join must be to-one.');
    all.set(to.alias, found[0]);
  }
  return all;
}

function tied(left: string | null, right: string | null, kind: KindName): boolean {
  return left !== null && right !== null && compare(kind, left, right) === 0;
}

function valueOf(operand: Operand, env: Env): string | null {
  if (!('operand' in operand)) return env.get(operand.alias)?.[operand.name] ?? null;
  if (operand.operand === 'sql') throw new Error('SQL cannot be evaluated in memory.');
  const text = valueOf(operand.of, env);
  if (text === null) return null;
  switch (operand.operand) {
    case 'lower':
      return text.toLowerCase();
    case 'trim':
      return text.replace(/^ +| +$/g, '');
    case 'part': {
      const part = text.split(operand.separator)[operand.index - 1]?.replace(/^ +| +$/g, '');
      return part === undefined || part === '' ? null : part;
    }
    case 'number-in-text':
      return new RegExp(numberInText(operand.decimalComma)).exec(text)?.[2]?.replace(',', '.') ?? null;
    case 'comparator-in-text': {
      const found = new RegExp(numberInText(operand.decimalComma)).exec(text);
      return found === null ? null : (found[1] ?? '');
    }
  }
}

function kindOf(operand: Operand): KindName {
  if (!('operand' in operand)) return operand.type.kind;
  return operand.operand === 'number-in-text' ? 'decimal' : 'text';
}

function holds(predicate: Predicate, env: Env, tables: Tables): Truth {
  switch (predicate.is) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'and': {
      const all = predicate.of.map((part) => holds(part, env, tables));
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
    }
    case 'or': {
      const all = predicate.of.map((part) => holds(part, env, tables));
      return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
    }
    case 'not':
      return holds(predicate.of, env, tables) !== true;
    case 'standing':
      return holds(predicate.of, env, tables);
    case 'null':
      return valueOf(predicate.of, env) === null;
    case 'compare':
      return compareTo(predicate.op, kindOf(predicate.left), valueOf(predicate.left, env), predicate.value);
    case 'compare-columns': {
      const [left, right] = [valueOf(predicate.left, env), valueOf(predicate.right, env)];
      if (left === null || right === null) return undefined;
      return decide(predicate.op, compare(kindOf(predicate.left), left, right));
    }
    case 'in': {
      const left = valueOf(predicate.left, env);
      return left === null
        ? undefined
        : predicate.values.some((value) => compareTo('=', kindOf(predicate.left), left, value) === true);
    }
    case 'starts':
    case 'contains': {
      const left = valueOf(predicate.left, env);
      if (left === null) return undefined;
      return predicate.is === 'starts' ? left.startsWith(predicate.value) : left.includes(predicate.value);
    }
    case 'keys':
      return predicate.keys.some((key) => predicate.columns.every((column, i) => equals(column, key[i] ?? '', env)));
    case 'row':
      return beyond(predicate.columns, predicate.op, predicate.values, env);
    case 'exists': {
      const { from, joins, on, where } = predicate;
      return matching(from, joins, { is: 'always' }, tables, env).some(
        (inner) =>
          on.every(([left, right]) => tied(valueOf(left, inner), valueOf(right, env), left.type.kind)) &&
          holds(where, inner, tables) === true,
      );
    }
  }
}

function equals(column: Column, value: string, env: Env): boolean {
  return compareTo('=', column.type.kind, valueOf(column, env), value) === true;
}

function beyond(columns: readonly Column[], op: '<' | '>', values: readonly string[], env: Env): Truth {
  for (const [i, column] of columns.entries()) {
    const left = valueOf(column, env);
    if (left === null) return undefined;
    const order = compare(column.type.kind, left, values[i] ?? '');
    if (order !== 0) return op === '>' ? order > 0 : order < 0;
  }
  return false;
}

function compareTo(op: string, kind: KindName, left: string | null, value: string): Truth {
  if (left === null) return undefined;
  if (!isValue(kind, value)) return op === '<>';
  return decide(op, compare(kind, left, value));
}

function decide(op: string, order: number): boolean {
  if (op === '=') return order === 0;
  if (op === '<>') return order !== 0;
  if (op.includes('=') && order === 0) return true;
  return op.startsWith('<') ? order < 0 : order > 0;
}

/** Whether a text is a value of the kind at all. Nothing equals what is none, and nothing is before or after it. */
function isValue(kind: KindName, value: string): boolean {
  switch (kind) {
    case 'integer':
      return /^(0|-?[1-9][0-9]*)$/.test(value);
    case 'decimal':
      return /^-?[0-9]+([.][0-9]+)?$/.test(value);
    case 'date':
      return isDay(value) && value.length === 10;
    case 'local-timestamp':
    case 'instant':
      return isDay(value) && /^.{10} ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{3})?$/.test(value);
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'bytes':
      return /^([0-9a-f]{2})*$/.test(value);
    case 'char':
      return !value.includes('\0') && !value.endsWith(' ');
    case 'text':
      return !value.includes('\0') && value.isWellFormed();
  }
}

function isDay(value: string): boolean {
  const day = value.slice(0, 10);
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

export function compare(kind: KindName, left: string, right: string): number {
  if (kind === 'integer' || kind === 'decimal') return big(left).cmp(big(right));
  if (kind === 'local-timestamp' || kind === 'instant')
    return byCodePoint(left.padEnd(23, '.000'), right.padEnd(23, '.000'));
  return byCodePoint(left, right);
}

/** The library takes no plus sign. */
function big(text: string): Big {
  return new Big(text.replace(/^[+]/, ''));
}

function byCodePoint(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
