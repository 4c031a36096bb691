import type { Table } from './column.ts';

/**
 * What the text of one field becomes: the canonical text of its column's kind (see ColumnType), or null where it says nothing.
 * Undefined: the text is no such value, and its line is rejected. It must be a pure function.
 */
export type FieldReader = (text: string) => string | null | undefined;

/** One column of a table that is filled from a file. Several columns may be read from one field. */
export interface FileColumn {
  readonly field: string;
  readonly read: FieldReader;
  /** A line without this value is rejected. */
  readonly required: boolean;
}

/** Lines of fields between delimiters (https://www.rfc-editor.org/rfc/rfc4180): lines end with LF or CRLF; a quote inside a quoted field is doubled. */
export interface DelimitedLayout {
  readonly is: 'delimited';
  readonly delimiter: string;
  /** Undefined: the department quotes nothing, and a quote is a character like any other. */
  readonly quote: string | undefined;
  /** Every field of a line, in order. */
  readonly fields: readonly string[];
  /** Whether the first line names the fields; then it must name exactly these, in this order. */
  readonly header: boolean;
}

/** Lines of a fixed number of characters. The encoding must be one in which each character is one byte. */
export interface FixedWidthLayout {
  readonly is: 'fixed-width';
  /** Characters in a line, without its end. */
  readonly width: number;
  /** Position of each field, from 1, and its width. */
  readonly fields: Readonly<Record<string, readonly [position: number, width: number]>>;
}

/** The last line, which tells that the file is whole. In a delimited file `count` and `date` are positions of fields, from 1; else (position, width). */
export interface FileTrailer {
  /** What the line begins with; in a delimited file, its first field. */
  readonly marker: string;
  /** Where the number of data lines stands. */
  readonly count: number | readonly [position: number, width: number];
  /** Where the day of the extract stands, as YYYYMMDD. It must be the day in the file's name. */
  readonly date?: number | readonly [position: number, width: number];
}

/** One file of a delivery, and the table that it fills. */
export interface FileTable {
  readonly table: Table;
  /** The file's name; `{YYYYMMDD}`, `{YYYYMMDDhhmm}` or `{YYYYMMDDhhmmss}` in it is the time of the extract, in the delivery's zone. */
  readonly name: string;
  /** A label of https://encoding.spec.whatwg.org/#names-and-labels; it is never guessed. */
  readonly encoding: string;
  readonly layout: DelimitedLayout | FixedWidthLayout;
  readonly trailer?: FileTrailer;
  /** By the table's columns; all but `asOf`. */
  readonly columns: Readonly<Record<string, FileColumn>>;
  /** Column names; unique among the lines, and never absent. */
  readonly key: readonly string[];
  /** Further indexes, each a list of column names. */
  readonly indexes: readonly (readonly string[])[];
  /** A text column that receives the time of the extract in every row, as a FHIR dateTime: a day, or a time with its offset. */
  readonly asOf?: string;
}

/**
 * How a department that delivers files becomes tables. A delivery is one file for each table, all of the same time; it is taken into use as a whole or
 * not at all.
 */
export interface FileDelivery {
  /** IANA zone of the times in file names. */
  readonly zone: string;
  /** An extract that is older is refused, and one in use is shown as overdue. */
  readonly ageHoursMax: number;
  /** Share of a file's lines (0 to 1) that may be rejected; with more the delivery is refused. */
  readonly rejectedShareMax: number;
  readonly tables: readonly FileTable[];
}

/** Why a line is not in the table. */
export type RejectionReason =
  'field-count' | 'line-length' | 'missing-value' | 'invalid-value' | 'invalid-character' | 'double';

/** Where a line was rejected, never what it held. */
export interface Rejection {
  readonly file: string;
  /** The line in the file, from 1, where the record begins. */
  readonly line: number;
  readonly reason: RejectionReason;
  /** Name of the field, for stewards only. */
  readonly field?: string;
}

/** How a department's files are doing. */
export interface FileHealth {
  /** The delivery that is served; undefined: none yet, and requests that need it are refused with `system.not-loaded`. */
  readonly loaded:
    { readonly asOf: string; readonly atMs: number; readonly lines: number; readonly rejected: number } | undefined;
  /** The newest delivery, where it was refused. */
  readonly refused: { readonly fault: string; readonly reason: string; readonly atMs: number } | undefined;
  /** The served extract is older than the department promises. */
  readonly overdue: boolean;
}
