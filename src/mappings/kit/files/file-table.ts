import type {
  ColumnType,
  DelimitedLayout,
  FileColumn,
  FileTable,
  FileTrailer,
  FixedWidthLayout,
} from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import type { TypedTable } from '../columns.ts';
import { readerOf, type FieldOptions } from './readers.ts';

type ColumnTypes = Readonly<Record<string, ColumnType>>;

/** A field of a layout, and how its texts are read. */
export interface Field extends FieldOptions {
  readonly name: string;
}

export function field(name: string, options: FieldOptions = {}): Field {
  return { ...options, name };
}

/** Lines of fields between delimiters. By default there is a first line with the fields' names, and `"` may stand around a field. */
export function delimited(spec: {
  readonly delimiter: string;
  readonly fields: readonly string[];
  /** Null where nothing is quoted, and a quote is a character like any other. */
  readonly quote?: string | null;
  readonly header?: boolean;
}): DelimitedLayout {
  const { delimiter, fields, quote = '"', header = true } = spec;
  return { is: 'delimited', delimiter, fields, header, quote: quote ?? undefined };
}

/** Lines of a fixed number of characters, with each field's position, from 1, and width. */
export function fixedWidth(spec: {
  readonly width: number;
  readonly fields: Readonly<Record<string, readonly [position: number, width: number]>>;
}): FixedWidthLayout {
  return { is: 'fixed-width', ...spec };
}

export interface FileTableSpec<C extends ColumnTypes, A extends keyof C & string> {
  /** The file's name, with `{YYYYMMDD}`, `{YYYYMMDDhhmm}` or `{YYYYMMDDhhmmss}` for the time of the extract. */
  readonly name: string;
  readonly encoding: string;
  readonly layout: DelimitedLayout | FixedWidthLayout;
  readonly trailer?: FileTrailer;
  readonly columns: { readonly [K in Exclude<keyof C & string, A>]: Field };
  readonly key: readonly [keyof C & string, ...(keyof C & string)[]];
  readonly indexes?: readonly (readonly (keyof C & string)[])[];
  /** The text column that receives the time of the extract. */
  readonly asOf?: A;
}

/** Declares the file that fills a table: which field fills which column, and how its texts are written. Throws `module.invalid` for a form that is none. */
export function fileTable<const C extends ColumnTypes, const A extends keyof C & string = never>(
  table: TypedTable<C>,
  spec: FileTableSpec<C, A>,
): FileTable {
  const { name, encoding, layout, trailer, columns, key, indexes = [], asOf } = spec;
  const read = (column: string, { name: from, required = false, ...options }: Field): FileColumn => {
    const type = table.columns[column];
    if (type === undefined)
      throw new Fault(
        'module.invalid',
        `Table ${table.name}: its file fills the column ${column}, which is not declared.`,
      );
    try {
      return { field: from, read: readerOf(type, options), required: required || key.includes(column) };
    } catch (error) {
      throw new Fault('module.invalid', `Table ${table.name}, column ${column}: ${(error as RangeError).message}.`);
    }
  };
  return {
    table,
    name,
    encoding,
    layout,
    ...(trailer === undefined ? {} : { trailer }),
    columns: Object.fromEntries(Object.entries<Field>(columns).map(([column, from]) => [column, read(column, from)])),
    key,
    indexes,
    ...(asOf === undefined ? {} : { asOf }),
  };
}
