import type { FileTable, Rejection } from '../../../contracts/index.ts';
import { columnsOf, type LoadedLine } from '../../../store/index.ts';
import type { RawLine } from './raw-line.ts';

export type Rejected = Omit<Rejection, 'file' | 'line'>;

/** Reads the fields of each line as values of the table's columns, or says why the line is rejected. */
export function fieldReader(file: FileTable): (raw: RawLine) => LoadedLine | Rejected {
  const { layout } = file;
  const names = layout.is === 'delimited' ? layout.fields : Object.keys(layout.fields);
  const columns = columnsOf(file).map((name) => {
    const column = file.columns[name];
    if (column === undefined) throw new RangeError('a column without a field');
    return { ...column, at: names.indexOf(column.field) };
  });
  const otherLength = layout.is === 'delimited' ? 'field-count' : 'line-length';
  return ({ line, fields }) => {
    if (fields.length !== names.length) return { reason: otherLength };
    const values: (string | null)[] = [];
    for (const { at, field, read, required } of columns) {
      const text = fields[at] ?? '';
      // The one character that no database can store in a text.
      if (text.includes('\0')) return { reason: 'invalid-character', field };
      const value = read(text);
      if (value === undefined) return { reason: 'invalid-value', field };
      if (value === null && required) return { reason: 'missing-value', field };
      values.push(value);
    }
    return { line, values };
  };
}
