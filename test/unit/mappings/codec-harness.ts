import { Damaged, type Codec, type Column, type PageContext } from '../../../src/contracts/index.ts';
import type { MemoryRow } from './evaluate-predicate.ts';

export const damaged = Symbol('damaged');

/** Writes one row with a codec: the parsed JSON value, undefined when absent, or `damaged`. */
export function written(codec: Codec, row: MemoryRow, page: Partial<PageContext> = {}): unknown {
  const text = writtenText(codec, row, page);
  return text === damaged ? damaged : text === '' ? undefined : JSON.parse(text);
}

export function writtenText(codec: Codec, row: MemoryRow, page: Partial<PageContext> = {}): string | typeof damaged {
  const columns: Column[] = [];
  const write = codec.compile((column) => columns.push(column) - 1);
  const values = columns.map((column) => {
    const value = row[`${column.alias}.${column.name}`];
    if (value === undefined) throw new Error(`The row has no ${column.alias}.${column.name}.`);
    return column.type.kind === 'char' && value !== null ? value.replace(/ +$/, '') : value;
  });
  try {
    return write(values, {
      reference: ({ type }, key) => `${type}/${key.join('-')}`,
      unmapped: () => undefined,
      ...page,
    });
  } catch (error) {
    if (error instanceof Damaged) return damaged;
    throw error;
  }
}

/** The sort key of a row, or `damaged`. */
export function sortKey(
  codec: Codec,
  row: MemoryRow,
  computed: (name: string) => string | null = () => null,
): number | string | typeof damaged {
  const columns: Column[] = [];
  const form = codec.sort!;
  const key = form.compile((column) => columns.push(column) - 1, { zone: 'America/New_York', nowMs: 0 });
  const values = columns.map((column) =>
    column.computed === undefined ? (row[`${column.alias}.${column.name}`] ?? null) : computed(column.name),
  );
  try {
    return key(values);
  } catch (error) {
    if (error instanceof Damaged) return damaged;
    throw error;
  }
}
