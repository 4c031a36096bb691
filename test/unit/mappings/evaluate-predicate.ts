import {
  numberInText,
  type Column,
  type Comparison,
  type DialectSql,
  type KindName,
  type Operand,
  type Predicate,
} from '../../../src/contracts/index.ts';
import Big from 'big.js';

/** Rows by `alias.column`, in canonical texts. */
export type MemoryRow = Readonly<Record<string, string | null>>;

export interface MemoryWorld {
  /** Rows of other tables by alias, for `exists`. */
  readonly tables?: Readonly<Record<string, readonly MemoryRow[]>>;
  /** Meaning of SQL expressions, by their default text. */
  readonly sql?: (sql: DialectSql, values: readonly (string | null)[]) => string | null;
}

/** Whether a predicate holds for a row, with the three-valued logic of SQL inside and none outside. */
export function holds(predicate: Predicate, row: MemoryRow, world: MemoryWorld = {}): boolean {
  return truth(predicate, row, world) === true;
}

type Truth = boolean | null;

function truth(predicate: Predicate, row: MemoryRow, world: MemoryWorld): Truth {
  const value = (operand: Operand): string | null => valueOf(operand, row, world);
  switch (predicate.is) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'and':
      return all(predicate.of.map((one) => truth(one, row, world)));
    case 'or':
      return not(all(predicate.of.map((one) => not(truth(one, row, world)))));
    case 'not':
      return truth(predicate.of, row, world) !== true;
    case 'standing':
      return truth(predicate.of, row, world);
    case 'compare':
      return compare(kindOf(predicate.left), value(predicate.left), predicate.op, predicate.value);
    case 'compare-columns':
      return compare(kindOf(predicate.left), value(predicate.left), predicate.op, value(predicate.right));
    case 'in':
      return not(
        all(predicate.values.map((one) => not(compare(kindOf(predicate.left), value(predicate.left), '=', one)))),
      );
    case 'null':
      return value(predicate.of) === null;
    case 'starts':
      return value(predicate.left)?.startsWith(predicate.value) ?? null;
    case 'contains':
      return value(predicate.left)?.includes(predicate.value) ?? null;
    case 'keys':
      return predicate.keys.some((key) =>
        predicate.columns.every((column, i) => compare(column.type.kind, value(column), '=', key[i] ?? null) === true),
      );
    case 'row':
      return rowCompare(predicate.columns, predicate.op, predicate.values, value);
    case 'exists':
      return (world.tables?.[predicate.from.alias] ?? []).some((inner) => {
        const both = { ...row, ...inner };
        const tied = predicate.on.every(
          ([a, b]) => compare(a.type.kind, valueOf(a, both, world), '=', valueOf(b, both, world)) === true,
        );
        return tied && holds(predicate.where, both, world);
      });
  }
}

function all(parts: readonly Truth[]): Truth {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
}

function not(part: Truth): Truth {
  return part === null ? null : !part;
}

function rowCompare(
  columns: readonly Column[],
  op: '<' | '>',
  values: readonly string[],
  value: (operand: Operand) => string | null,
): Truth {
  for (const [i, column] of columns.entries()) {
    const mine = value(column);
    if (mine === null) return null;
    if (compare(column.type.kind, mine, '=', values[i] ?? '') !== true)
      return compare(column.type.kind, mine, op, values[i] ?? '');
  }
  return false;
}

function compare(kind: KindName, left: string | null, op: Comparison, right: string | null): Truth {
  if (left === null || right === null) return null;
  // A database takes no other text for a whole number, so rendering decides that nothing compares with it.
  if (kind === 'integer' && !/^(?:0|-?[1-9]\d*)$/.test(right)) return op === '<>';
  const order =
    kind === 'integer' || kind === 'decimal'
      ? new Big(left).cmp(new Big(right))
      : Buffer.compare(Buffer.from(left), Buffer.from(right));
  switch (op) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function kindOf(operand: Operand): KindName {
  if (!('operand' in operand)) return operand.type.kind;
  if (operand.operand === 'sql') return operand.kind;
  return operand.operand === 'number-in-text' ? 'decimal' : 'text';
}

function valueOf(operand: Operand, row: MemoryRow, world: MemoryWorld): string | null {
  if (!('operand' in operand)) return columnValue(operand, row, world);
  if (operand.operand === 'sql') {
    return (
      world.sql?.(
        operand.sql,
        operand.uses.map((column) => columnValue(column, row, world)),
      ) ?? null
    );
  }
  const inner = valueOf(operand.of, row, world);
  if (inner === null) return null;
  switch (operand.operand) {
    case 'trim':
      return inner.replace(/^ +| +$/g, '');
    case 'lower':
      return Array.from(inner, (char) => (char === 'İ' ? 'i' : char.toLowerCase())).join('');
    case 'part': {
      const part = inner.split(operand.separator)[operand.index - 1]?.replace(/^ +| +$/g, '');
      return part === undefined || part === '' ? null : part;
    }
    default: {
      const found = new RegExp(numberInText(operand.decimalComma)).exec(inner);
      if (found === null) return null;
      return operand.operand === 'comparator-in-text'
        ? (found[1] ?? '')
        : (found[2] ?? '').replace(',', '.').replace(/^\+/, '');
    }
  }
}

function columnValue(column: Column, row: MemoryRow, world: MemoryWorld): string | null {
  if (column.computed !== undefined) {
    return (
      world.sql?.(
        column.computed.sql,
        column.computed.uses.map((used) => columnValue(used, row, world)),
      ) ?? null
    );
  }
  const value = row[`${column.alias}.${column.name}`];
  if (value === undefined) throw new Error(`The row has no ${column.alias}.${column.name}.`);
  return column.type.kind === 'char' && value !== null ? value.replace(/ +$/, '') : value;
}
