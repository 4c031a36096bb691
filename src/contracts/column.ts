import type { Predicate } from './predicate.ts';

/**
 * What a legacy column holds. The dialect owns the canonical text of each kind in SELECT, its binding and its order, so that
 * functions in mappings always receive `string | null`:
 *
 * - text: as stored · char: right-trimmed · integer, decimal: digits as written, never through a JS number
 * - date: `YYYY-MM-DD`, no zone · local-timestamp: `YYYY-MM-DD HH:MM:SS[.fff]` in `zone` · instant: the same, in UTC
 *   (digits that are stored beyond the declared ones stay, so that the text is an exact position in the column's order)
 * - boolean: `true` or `false` · bytes: lower-case hex
 */
export type ColumnType = Expected &
  (
    | { readonly kind: 'text'; readonly folding?: Folding }
    | { readonly kind: 'char'; readonly length: number; readonly folding?: Folding }
    | { readonly kind: 'integer' }
    | { readonly kind: 'decimal' }
    | { readonly kind: 'date' }
    | { readonly kind: 'local-timestamp'; readonly zone: string; readonly fractionDigits: 0 | 3 }
    | { readonly kind: 'instant'; readonly fractionDigits: 0 | 3 }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'bytes' }
  );

/** What else a module expects of a column. */
export interface Expected {
  /** Without the column what is built on it is turned off; without one that is not optional its types are closed. */
  readonly optional?: true;
  /** The only texts that it holds, beside NULL and blanks. */
  readonly codes?: readonly string[];
}

export type KindName = ColumnType['kind'];

/** The column types by kind: an index keeps `Column<'text'>` assignable to `Column`. */
export type ColumnTypesByKind = { readonly [T in ColumnType as T['kind']]: T };

/**
 * How a string column is compared case- and accent-insensitively.
 * `column`: a stored column of the same table that holds the folded form of this one; `fold` must be the same function in TypeScript.
 * `expression`: SQL per dialect with `??` for the column; `fold` must equal it.
 * Without a folding, search compares `lower(column)` with the lower-cased value: exact in accents, and the parameter's documentation says so.
 */
export type Folding = (
  { readonly by: 'column'; readonly column: string } | { readonly by: 'expression'; readonly sql: DialectSql }
) & {
  readonly fold: (value: string) => string;
  /** The case that `fold` leaves letters in: texts of several systems sort together only where it is the same. */
  readonly letters: 'lower' | 'upper';
};

/** SQL text per dialect; `default` serves those not named. `??` marks each used column, in order. */
export interface DialectSql {
  readonly pg?: string;
  readonly mysql?: string;
  readonly default: string;
}

/** A table as the module declares it. `schema` is the SQL schema (or MySQL database); absent means the connection's own. */
export interface Table {
  readonly name: string;
  readonly schema?: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The columns that no two rows share: they end every order among rows of the table. */
  readonly key?: readonly string[];
}

/** A table under an alias that is unique within its branch. `live` is the table-level filter (soft delete): it holds wherever the table is used. */
export interface TableAlias {
  readonly alias: string;
  readonly table: Table;
  readonly live?: Predicate;
}

/** A column of an aliased table, or a typed SQL expression over such columns (the `expr` hatch). */
export interface Column<K extends KindName = KindName> {
  readonly alias: string;
  readonly name: string;
  readonly type: ColumnTypesByKind[K];
  readonly computed?: { readonly sql: DialectSql; readonly uses: readonly Column[] };
}
