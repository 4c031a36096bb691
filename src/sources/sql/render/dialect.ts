import type { ColumnType, DialectSql, KindName } from '../../../contracts/index.ts';
import type { Limits } from './fit.ts';
import type { Fragment } from './fragment.ts';

export type DialectName = 'pg' | 'mysql';

/** A value as it is bound: texts, arrays of texts where the dialect has arrays, and numbers for limits. */
export type Bound = string | number | readonly string[];

/**
 * How one kind of database writes what contracts mean. Everything here is pure and returns SQL text; a `Fragment` carries its bindings. `left`,
 * `of` are operands, already rendered.
 */
export interface Dialect {
  readonly name: DialectName;
  readonly limits: Limits;
  /** Lists bind as one array, so that their length is no part of the shape. Otherwise they are padded to a power of two. */
  readonly hasArrays: boolean;
  identifier(name: string): string;
  literal(text: string): Fragment;
  hatch(text: DialectSql): string;
  bound(kind: KindName, value: string): string;
  parameter(kind: KindName, slot: number): Fragment;
  arrayParameter(kind: KindName, slot: number): Fragment;
  /** The canonical text of an expression (see ColumnType); `alone`: the statement has one select, so that no types have to agree. */
  canonical(type: ColumnType, of: Fragment, alone: boolean): Fragment;
  /** The form whose order is that of the bytes, hence of code points; the operand itself where it has that order. */
  ordered(kind: KindName, of: Fragment): Fragment;
  /** The form to which DISTINCT applies, so that only equal texts are the same. */
  distinguished(kind: KindName, of: Fragment): Fragment;
  /** Exact equality that can use an index. */
  equal(kind: KindName, left: Fragment, right: Fragment): Fragment;
  differ(kind: KindName, left: Fragment, right: Fragment): Fragment;
  among(kind: KindName, left: Fragment, slots: readonly number[]): Fragment;
  amongKeys(
    kinds: readonly KindName[],
    columns: readonly Fragment[],
    slots: readonly number[],
    tuples: number,
  ): Fragment;
  /** Lexicographic comparison of the tuples, for keyset paging. */
  beyond(kinds: readonly KindName[], columns: readonly Fragment[], op: '<' | '>', slots: readonly number[]): Fragment;
  /** `upper` is the slot of the prefix's successor; undefined where there is none. */
  starts(kind: KindName, left: Fragment, lower: number, upper: number | undefined): Fragment;
  contains(kind: KindName, left: Fragment, slot: number): Fragment;
  text(kind: KindName, of: Fragment): Fragment;
  lower(of: Fragment): Fragment;
  trim(of: Fragment): Fragment;
  part(of: Fragment, separator: string, index: number): Fragment;
  numberInText(of: Fragment, pattern: string): Fragment;
  comparatorInText(of: Fragment, pattern: string): Fragment;
  /** LIMIT of a select that has none of its own but whose order must survive inside a union. */
  readonly unlimited: number | undefined;
}
