import type { Column, DialectSql, KindName, TableAlias } from './column.ts';

/** What a predicate compares: a stored column, or a closed set of guarded expressions over one. All yield NULL instead of failing. */
export type Operand =
  | Column
  /** The number in a text such as `7.4`, ` 7,4`, `<0.5`; NULL where the text does not match `numberInText`. Kind decimal. */
  | { readonly operand: 'number-in-text'; readonly of: Column; readonly decimalComma: boolean }
  /** The comparator of such a text: `<`, `<=`, `>=`, `>` or the empty string; NULL where the text does not match `numberInText`. Kind text. */
  | { readonly operand: 'comparator-in-text'; readonly of: Column; readonly decimalComma: boolean }
  /** The case-folded form of a string operand (Unicode simple lower case). */
  | { readonly operand: 'lower'; readonly of: Operand }
  /** Without leading and trailing spaces (U+0020 only). */
  | { readonly operand: 'trim'; readonly of: Operand }
  /** The n-th part (from 1) of a delimited text, trimmed; NULL where it is missing or empty. */
  | { readonly operand: 'part'; readonly of: Operand; readonly separator: string; readonly index: number }
  | { readonly operand: 'sql'; readonly sql: DialectSql; readonly uses: readonly Column[]; readonly kind: KindName };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A condition on stored columns. Values are canonical texts of the operand's kind (see ColumnType); the dialect binds them.
 * Three-valued logic never leaks: `not` is true where its operand is false OR unknown.
 */
export type Predicate =
  | { readonly is: 'always' }
  | { readonly is: 'never' }
  | { readonly is: 'and' | 'or'; readonly of: readonly Predicate[] }
  | { readonly is: 'not'; readonly of: Predicate }
  | { readonly is: 'compare'; readonly left: Operand; readonly op: Comparison; readonly value: string }
  | { readonly is: 'compare-columns'; readonly left: Operand; readonly op: Comparison; readonly right: Operand }
  | { readonly is: 'in'; readonly left: Operand; readonly values: readonly string[] }
  | { readonly is: 'null'; readonly of: Operand }
  /** The text starts with `value`, compared byte by byte (a range where the dialect can). */
  | { readonly is: 'starts'; readonly left: Operand; readonly value: string }
  | { readonly is: 'contains'; readonly left: Operand; readonly value: string }
  /** The column tuple equals one of the key tuples; the list binds as one value per column. */
  | { readonly is: 'keys'; readonly columns: readonly Column[]; readonly keys: readonly (readonly string[])[] }
  /** `of` stays the same object for many statements: its values are written into their text, as those that tables declare. */
  | { readonly is: 'standing'; readonly of: Predicate }
  /** Row-value comparison, for keyset paging: (columns) op (values), in the order given. */
  | {
      readonly is: 'row';
      readonly columns: readonly Column[];
      readonly op: '<' | '>';
      readonly values: readonly string[];
    }
  /** A row of `from` (with its to-one joins) exists that is tied by `on` (inner column, outer column) and satisfies `where`. */
  | {
      readonly is: 'exists';
      readonly from: TableAlias;
      readonly joins: readonly Join[];
      readonly on: readonly (readonly [inner: Column, outer: Column])[];
      readonly where: Predicate;
    };

/** A to-one left join. The joined rows must be unique for `on` and `where`; it is dropped from statements that do not use its columns. */
export interface Join {
  readonly to: TableAlias;
  readonly on: readonly (readonly [joined: Column, base: Column])[];
  readonly where?: Predicate;
}

/**
 * The grammar of a number in a text, as one regular expression that codecs and every dialect use alike: group 1 is the comparator, group 2 the
 * number. Spaces are U+0020 only, digits ASCII; the lengths keep every database's decimal from overflowing. `$` means the very end of the text.
 */
export function numberInText(decimalComma: boolean): string {
  return `^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}([${decimalComma ? '.,' : '.'}][0-9]{1,12})?) *$`;
}

export const always: Predicate = { is: 'always' };
export const never: Predicate = { is: 'never' };

/** Conjunction with constants folded: `never` wins, `always` vanishes. */
export function and(...of: readonly Predicate[]): Predicate {
  const rest: Predicate[] = [];
  for (const p of of) {
    if (p.is === 'never') return never;
    if (p.is === 'and') rest.push(...p.of);
    else if (p.is !== 'always') rest.push(p);
  }
  return rest.length === 0 ? always : rest.length === 1 ? (rest[0] as Predicate) : { is: 'and', of: rest };
}

/** Disjunction with constants folded: `always` wins, `never` vanishes, and a predicate with its own negation holds always. */
export function or(...of: readonly Predicate[]): Predicate {
  if (of.some((p) => p.is === 'not' && of.includes(p.of))) return always;
  const rest: Predicate[] = [];
  for (const p of of) {
    if (p.is === 'always') return always;
    if (p.is === 'or') rest.push(...p.of);
    else if (p.is !== 'never') rest.push(p);
  }
  return rest.length === 0 ? never : rest.length === 1 ? (rest[0] as Predicate) : { is: 'or', of: rest };
}

/** Negation with constants folded; true where `of` is false or unknown. */
export function not(of: Predicate): Predicate {
  if (of.is === 'always') return never;
  if (of.is === 'never') return always;
  return of.is === 'not' ? of.of : { is: 'not', of };
}

/** A predicate that stays the same for many statements. */
export function standing(of: Predicate): Predicate {
  return of.is === 'always' || of.is === 'never' ? of : { is: 'standing', of };
}
