import { Fault, civilOfDay, dayMs, digits, numberAt } from '../../../core/index.ts';
import type { Column } from '../../../contracts/index.ts';
import { expr, type TextKind } from '../columns.ts';

const fields = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
export type TimeField = (typeof fields)[number];

/** How a time is written in a text of fixed width. */
export interface TimePattern {
  /** The fields in the order in which they are written. */
  readonly names: readonly TimeField[];
  readonly fits: (text: string) => boolean;
  /** Where a field begins; negative where the pattern lacks it. */
  readonly at: (field: TimeField) => number;
  /** The number of a field in a text that fits; 0 where the pattern lacks it. */
  readonly part: (text: string, field: TimeField) => number;
  readonly hasTime: boolean;
  readonly stepMs: number;
  readonly format: (wallMs: number) => string;
}

/** Reads a pattern such as `YYYY-MM-DD hh:mm` or `DD.MM.YYYY`. Throws `module.invalid` where a field is missing or named twice. */
export function readPattern(pattern: string): TimePattern {
  const names = [...pattern.matchAll(/YYYY|MM|DD|hh|mm|ss/g)].map(([name]) => name as TimeField);
  if (names.length < 3 || names.length === 4 || fields.slice(0, names.length).some((field) => !names.includes(field))) {
    throw new Fault(
      'module.invalid',
      `The pattern '${pattern}' must name YYYY, MM, DD and, for a time, hh, mm and ss, each once.`,
    );
  }
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/YYYY|MM|DD|hh|mm|ss/g, (name) => `\\d{${name.length}}`);
  const regex = new RegExp(`^${source}$`);
  return {
    names,
    fits: (text) => regex.test(text),
    at: (field) => pattern.indexOf(field),
    part: (text, field) => (names.includes(field) ? numberAt(text, pattern.indexOf(field), field.length) : 0),
    hasTime: names.length > 3,
    stepMs: names.length === 5 ? 60_000 : 1000,
    format(wallMs) {
      const day = Math.floor(wallMs / dayMs);
      const { year, month, day: ofMonth } = civilOfDay(day);
      const second = Math.floor((wallMs - day * dayMs) / 1000);
      const values = {
        YYYY: year,
        MM: month,
        DD: ofMonth,
        hh: Math.floor(second / 3600),
        mm: Math.floor(second / 60) % 60,
        ss: second % 60,
      };
      return pattern.replace(/YYYY|MM|DD|hh|mm|ss/g, (name) => digits(values[name as TimeField], name.length));
    },
  };
}

/** A stored text in a form whose order is that of the times: as it stands, or put together anew from its fields. */
export interface OrderedText {
  readonly column: Column<TextKind>;
  readonly pattern: TimePattern;
  /** The form of a stored text. */
  readonly of: (stored: string) => string;
}

/** `DD.MM.YYYY` is compared as `YYYYMMDD`, an expression that an index of the system may hold; what is ordered already is left alone. */
export function orderedText(column: Column<TextKind>, written: TimePattern): OrderedText {
  const sorted = fields.filter((field) => written.names.includes(field));
  if (sorted.every((field, i) => field === written.names[i])) return { column, pattern: written, of: (text) => text };
  const pieces = sorted.map((field) => `substr(??, ${String(written.at(field) + 1)}, ${String(field.length)})`);
  const sql = { mysql: `concat(${pieces.join(', ')})`, default: pieces.join(' || ') };
  const [first, ...rest] = sorted.map(() => column);
  return {
    column: expr(`${column.name} by time`, { kind: 'text' }, sql, [first ?? column, ...rest]),
    pattern: readPattern(sorted.join('')),
    of: (text) => sorted.map((field) => text.slice(written.at(field), written.at(field) + field.length)).join(''),
  };
}
