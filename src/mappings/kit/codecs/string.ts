import {
  never,
  type Codec,
  type Column,
  type DialectSql,
  type Operand,
  type SortForm,
} from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import { fromText } from '../codec.ts';
import { expr, foldedColumn, type TextKind } from '../columns.ts';
import { quoteTrimmed } from '../json-text.ts';
import { equalsText, present, stringSearch, type TextSource } from '../text-match.ts';
import { systemFits } from '../token.ts';

/** A text column, trimmed of spaces; blank is absent. Searched by words (by the column's folding) and as a plain token; sorted in its folded form. */
export function string(column: Column<TextKind>): Codec<string> {
  const source: TextSource = { column, written: (of) => ({ operand: 'trim', of }), leads: true };
  return textCodec(source, quoteTrimmed, (sql) => wrap(sql, (inner) => `trim(${inner})`));
}

/** The n-th part (from 1) of a delimited text such as `LAST^FIRST`, trimmed. A folding of the column must keep the separator. */
export function namePart(column: Column<TextKind>, separator: string, index: number): Codec<string> {
  if (!/^[^'"\\?\s]$/u.test(separator) || index < 1) {
    throw new Fault(
      'module.invalid',
      `namePart needs one separator character and an index from 1, not '${separator}' and ${index}.`,
    );
  }
  const part = (of: Operand): Operand => ({ operand: 'part', of, separator, index });
  const source: TextSource = { column, written: part, leads: index === 1, separator };
  const write = (raw: string): string => quoteTrimmed(raw.split(separator)[index - 1] ?? '');
  return textCodec(source, write, (sql) => ({
    mysql: `trim(substring_index(substring_index(${sql.mysql ?? sql.default}, '${separator}', ${index}), '${separator}', -1))`,
    default: `trim(split_part(${sql.pg ?? sql.default}, '${separator}', ${index}))`,
  }));
}

function textCodec(
  source: TextSource,
  write: (raw: string) => string,
  shape: (sql: DialectSql) => DialectSql,
): Codec<string> {
  const { folding } = source.column.type;
  return {
    is: 'codec',
    columns: [source.column],
    compile: fromText(source.column, write),
    present: present(source),
    searches: {
      string: stringSearch(source),
      token: (sought) => {
        if (!systemFits(sought, undefined)) return never;
        return sought.code === undefined ? present(source) : equalsText(source, sought.code);
      },
    },
    sort: foldedSort(source, shape),
    note: folding === undefined ? {} : { folding: folding.by },
  };
}

/** Texts sort in their folded form; the database hands that form back, so the key compares alike in both places. */
function foldedSort(source: TextSource, shape: (sql: DialectSql) => DialectSql): SortForm {
  const { column } = source;
  const { folding } = column.type;
  const stored = folding?.by === 'column' ? foldedColumn(column, folding) : column;
  const sql =
    folding === undefined ? { default: 'lower(??)' } : folding.by === 'column' ? { default: '??' } : folding.sql;
  const more = Array.from({ length: sql.default.split('??').length - 2 }, () => stored);
  const key = expr(`folded ${column.name}`, { kind: 'text' }, shape(sql), [stored, ...more]);
  return {
    scale: folding?.letters ?? 'lower',
    columns: [key],
    present: present(source),
    compile: (slot) => {
      const at = slot(key);
      return (row) => row[at] ?? '';
    },
  };
}

function wrap(sql: DialectSql, around: (inner: string) => string): DialectSql {
  return {
    ...(sql.pg === undefined ? {} : { pg: around(sql.pg) }),
    ...(sql.mysql === undefined ? {} : { mysql: around(sql.mysql) }),
    default: around(sql.default),
  };
}
