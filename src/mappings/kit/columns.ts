import { Fault } from '../../core/index.ts';
import type { Column, ColumnType, DialectSql, Folding, Predicate, Table, TableAlias } from '../../contracts/index.ts';

type Kind<K extends ColumnType['kind']> = Extract<ColumnType, { kind: K }>;

export function text(options: { readonly folding?: Folding } = {}): Kind<'text'> {
  return { kind: 'text', ...options };
}

/** Padded text of a fixed width; its values arrive without the padding. */
export function char(length: number, options: { readonly folding?: Folding } = {}): Kind<'char'> {
  return { kind: 'char', length, ...options };
}

export function integer(): Kind<'integer'> {
  return { kind: 'integer' };
}

export function decimal(): Kind<'decimal'> {
  return { kind: 'decimal' };
}

export function date(): Kind<'date'> {
  return { kind: 'date' };
}

/** A wall-clock time of `zone` (IANA), with as many fraction digits as are kept. */
export function localTimestamp(zone: string, fractionDigits: 0 | 3 = 0): Kind<'local-timestamp'> {
  return { kind: 'local-timestamp', zone, fractionDigits };
}

export function instant(fractionDigits: 0 | 3 = 0): Kind<'instant'> {
  return { kind: 'instant', fractionDigits };
}

export function boolean(): Kind<'boolean'> {
  return { kind: 'boolean' };
}

export function bytes(): Kind<'bytes'> {
  return { kind: 'bytes' };
}

/**
 * A column that the system may lack: what is built on it is then left out, and served again when the column is there. Only for what a reader can
 * do without; of a required column the whole type is closed.
 */
export function optional<const T extends ColumnType>(type: T): T & { readonly optional: true } {
  return { ...type, optional: true };
}

/** A column that holds these codes and no others: newest rows that hold something else are told on a schedule, and `fascia check` counts them. */
export function coded<const T extends ColumnType>(
  type: T,
  codes: readonly [string, ...string[]],
): T & { readonly codes: readonly string[] } {
  return { ...type, codes };
}

type ColumnTypes = Readonly<Record<string, ColumnType>>;

/** A declared table whose column names and kinds the compiler knows. */
export interface TypedTable<C extends ColumnTypes = ColumnTypes> extends Table {
  readonly columns: C;
}

export interface TableOptions<C extends ColumnTypes> {
  readonly schema?: string;
  /** The columns that no two rows share. Where one of several rows is chosen, they decide between rows that are alike in the order. */
  readonly key?: readonly (keyof C & string)[];
}

/** Declares a legacy table. Throws `module.invalid` where a folding names a column that is not declared. */
export function table<const C extends ColumnTypes>(
  name: string,
  columns: C,
  options: TableOptions<C> = {},
): TypedTable<C> {
  for (const [column, type] of Object.entries(columns)) {
    const folded = 'folding' in type && type.folding.by === 'column' ? type.folding.column : undefined;
    if (folded !== undefined && !(folded in columns)) {
      throw new Fault(
        'module.invalid',
        `Table ${name}: the folding of ${column} names ${folded}, which is not declared.`,
      );
    }
  }
  return { name, columns, ...options };
}

const aliasOf: unique symbol = Symbol('alias');

/** A table under an alias: its columns by name. */
export type Aliased<C extends ColumnTypes = ColumnTypes> = {
  readonly [K in keyof C & string]: Column<C[K]['kind']>;
} & { readonly [aliasOf]: TableAlias };

/** Any aliased table, whatever its columns. */
export interface AnyAlias {
  readonly [aliasOf]: TableAlias;
}

/** Gives a table an alias, unique within its branch. `live` says which rows exist at all (soft delete); it holds wherever the alias is used. */
export function alias<C extends ColumnTypes>(
  name: string,
  of: TypedTable<C>,
  options: { readonly live?: (columns: Aliased<C>) => Predicate } = {},
): Aliased<C> {
  const columns: Record<string, Column> = {};
  for (const [column, type] of Object.entries(of.columns)) columns[column] = { alias: name, name: column, type };
  const bare: TableAlias = { alias: name, table: of };
  const withAlias = (to: TableAlias): Aliased<C> =>
    Object.freeze(
      Object.defineProperty({ ...columns }, aliasOf, { value: to, enumerable: false }),
    ) as unknown as Aliased<C>;
  if (options.live === undefined) return withAlias(bare);
  return withAlias({ ...bare, live: options.live(withAlias(bare)) });
}

/** The declaration behind an alias. */
export function tableOf(aliased: AnyAlias): TableAlias {
  return aliased[aliasOf];
}

/**
 * Typed SQL as a column, where no codec can say it. `??` marks each used column, in order; all belong to one alias.
 * It must never fail on any row, and must yield the canonical text of its kind.
 */
export function expr<T extends ColumnType>(
  name: string,
  type: T,
  sql: DialectSql,
  uses: readonly [Column, ...Column[]],
): Column<T['kind']> {
  return { alias: uses[0].alias, name, type, computed: { sql, uses } } as unknown as Column<T['kind']>;
}

/** The kinds of a column that holds text. */
export type TextKind = 'text' | 'char';

/** The stored column that holds the folded form of another one of the same table. */
export function foldedColumn(of: Column, folding: Extract<Folding, { by: 'column' }>): Column<'text'> {
  return { alias: of.alias, name: folding.column, type: { kind: 'text' } };
}
