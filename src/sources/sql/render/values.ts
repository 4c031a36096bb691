import type { Column, Comparison, KindName } from '../../../contracts/index.ts';
import type { Dialect } from './dialect.ts';
import { fitOf, type Fit } from './fit.ts';

/** What a comparison with a value outside the kind comes to: nothing, or everything that is not NULL. */
export function decided(op: Comparison, fit: Fit): 'never' | 'not-null' {
  if (op === '<>') return 'not-null';
  if (fit === 'above') return op === '<' || op === '<=' ? 'not-null' : 'never';
  if (fit === 'below') return op === '>' || op === '>=' ? 'not-null' : 'never';
  return 'never';
}

/** The values of a list that its column can hold at all. */
export function fittingValues(kind: KindName, values: readonly string[], dialect: Dialect): readonly string[] {
  const fits = (value: string): boolean => fitOf(kind, value, dialect.limits) === 'fits';
  return values.every(fits) ? values : values.filter(fits);
}

/** The key tuples that the columns can hold at all. */
export function fittingKeys(
  columns: readonly Column[],
  keys: readonly (readonly string[])[],
  dialect: Dialect,
): readonly (readonly string[])[] {
  const fits = (key: readonly string[]): boolean =>
    key.length === columns.length &&
    columns.every((column, i) => fitOf(column.type.kind, key[i] ?? '', dialect.limits) === 'fits');
  return keys.every(fits) ? keys : keys.filter(fits);
}

export function fitsAll(columns: readonly Column[], values: readonly string[], dialect: Dialect): boolean {
  return fittingKeys(columns, [values], dialect).length === 1;
}

/** How many slots a list takes: its length, or the next power of two where lists are spelled out. */
export function paddedLength(length: number): number {
  return length <= 1 ? length : 2 ** Math.ceil(Math.log2(length));
}

/** Numbers need no quotes, and keys are mostly numbers. */
const PLAIN = /^-?[0-9]+$/;

/** A list as PostgreSQL reads an array (https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO). */
export function arrayText(list: readonly string[]): string {
  return `{${list.map((one) => (PLAIN.test(one) ? one : `"${one.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`;
}
