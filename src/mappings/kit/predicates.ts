import {
  and,
  always,
  not,
  or,
  type Column,
  type Comparison,
  type Join,
  type Operand,
  type Predicate,
} from '../../contracts/index.ts';
import { tableOf, type AnyAlias } from './columns.ts';

/** `value` is the canonical text of the column's kind, or null. */
export function equals(left: Operand, value: string | null): Predicate {
  return value === null ? isNull(left) : { is: 'compare', left, op: '=', value };
}

/** A null among the values means that NULL matches too. */
export function oneOf(left: Operand, values: readonly (string | null)[]): Predicate {
  const texts = [...new Set(values.filter((value) => value !== null))];
  const [only] = texts;
  const listed: Predicate =
    texts.length === 1 && only !== undefined
      ? equals(left, only)
      : texts.length === 0
        ? or()
        : { is: 'in', left, values: texts };
  return values.includes(null) ? or(listed, isNull(left)) : listed;
}

export function isNull(of: Operand): Predicate {
  return { is: 'null', of };
}

export function isNotNull(of: Operand): Predicate {
  return not(isNull(of));
}

export function compare(left: Operand, op: Comparison, value: string): Predicate {
  return { is: 'compare', left, op, value };
}

/** A flag column holds one of the given texts (`Y` when none is given); NULL and everything else count as not set. */
export function isFlag(column: Column, ...set: readonly string[]): Predicate {
  return oneOf(column, set.length > 0 ? set : [column.type.kind === 'boolean' ? 'true' : 'Y']);
}

/** Holds where a text has a character other than a space. */
export function isNotBlank(column: Column): Predicate {
  if (column.type.kind === 'text' || column.type.kind === 'char') {
    return compare(column.type.kind === 'char' ? column : { operand: 'trim', of: column }, '<>', '');
  }
  return isNotNull(column);
}

/** A to-one left join: (joined column, base column) pairs that identify at most one row. */
export function join(to: AnyAlias, on: readonly (readonly [joined: Column, base: Column])[], where?: Predicate): Join {
  return { to: tableOf(to), on, ...(where === undefined || where === always ? {} : { where }) };
}

/**
 * Holds where a live row of another table is tied by (column of it, column of the own row) pairs and satisfies `where`, however many there are. For a
 * condition alone: what is served of the other row is joined.
 */
export function exists(
  of: AnyAlias,
  on: readonly (readonly [inner: Column, outer: Column])[],
  where: Predicate = always,
): Predicate {
  return { is: 'exists', from: tableOf(of), joins: [], on, where };
}

/** One fact of an entity-attribute-value table: a to-one join whose discriminator says which attribute it is. */
export function fact(
  to: AnyAlias,
  on: readonly (readonly [joined: Column, base: Column])[],
  discriminator: Predicate,
  where: Predicate = always,
): Join {
  return join(to, on, and(discriminator, where));
}
