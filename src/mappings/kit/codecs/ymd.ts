import { always, and, never, not, or, type Column, type Predicate } from '../../../contracts/index.ts';
import {
  civilOfDay,
  dayOfCivil,
  digits,
  firstDay,
  isCivilDate,
  lastDay,
  numberAt,
  startOfDay,
  zoneOf,
} from '../../../core/index.ts';
import { damage, fromText } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { compare, equals, isNotBlank, oneOf } from '../predicates.ts';
import { civilDays, onlyAt, type TimeCodec, type TimeRange } from '../time-range.ts';
import { firstInstants, timeCodec } from './dates.ts';

export type YmdColumn = Column<'integer' | TextKind>;

/** A date written as eight digits, whose month or day may be `00`: a month or a year. */
export interface PartialDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

export interface YmdOptions {
  /** Stored numbers that mean "unknown"; by default 0 and 99999999. */
  readonly unknown?: readonly number[];
}

const defaultUnknown = [0, 99_999_999];

/**
 * A date stored as the number (or text) YYYYMMDD. `YYYY0000` is a year, `YYYYMM00` a month; a date that does not exist is damage.
 * Stored years and months lie before their first day, so the stored order is the order of first instants.
 */
export function ymd(column: YmdColumn, { unknown = defaultUnknown }: YmdOptions = {}): TimeCodec {
  const stored = storedDates(column, unknown);
  const range = ymdRange(column, unknown);
  const write = (raw: string): string => {
    const date = stored.read(raw);
    return date === undefined ? '' : `"${partialText(date)}"`;
  };
  return timeCodec([column], range, fromText(column, write), {
    scale: 'time',
    columns: [column],
    present: range.present,
    compile: (slot, context) =>
      firstInstants(slot, column, (raw) => {
        const date = stored.read(raw) ?? damage('a date that is missing');
        return startOfDay(zoneOf(context.zone), firstDayOf(date));
      }),
  });
}

export function firstDayOf({ year, month = 1, day = 1 }: PartialDate): number {
  return dayOfCivil(year, month, day);
}

export function partialText({ year, month, day }: PartialDate): string {
  const y = digits(year, 4);
  if (month === undefined) return y;
  return day === undefined ? `${y}-${digits(month, 2)}` : `${y}-${digits(month, 2)}-${digits(day, 2)}`;
}

export interface StoredDates {
  /** Undefined where the date is unknown; throws Damaged where it does not exist. */
  read(raw: string): PartialDate | undefined;
  /** The stored form of eight digits given as a number. */
  readonly textOf: (ymd: number) => string;
  readonly unknown: readonly string[];
}

export function storedDates(column: YmdColumn, unknown: readonly number[]): StoredDates {
  const isNumber = column.type.kind === 'integer';
  const textOf = (value: number): string => (isNumber ? String(value) : digits(value, 8));
  const absent = new Set(unknown.map(textOf));
  return {
    textOf,
    unknown: [...absent],
    read(raw) {
      if (absent.has(raw) || (!isNumber && raw.trim() === '')) return undefined;
      const value = raw.length === 8 || (isNumber && raw.length < 8) ? numberAt(raw, 0, raw.length) : NaN;
      const [year, month, day] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
      if (isCivilDate(year, month, day)) return { year, month, day };
      if (day === 0 && month === 0 && isCivilDate(year, 1, 1)) return { year };
      return day === 0 && isCivilDate(year, month, 1) ? { year, month } : damage('a date that does not exist');
    },
  };
}

/** The instants of stored dates, years and months included, as comparisons with the stored number. */
export function ymdRange(column: YmdColumn, unknown: readonly number[]): TimeRange {
  const stored = storedDates(column, unknown);
  const present = and(isNotBlank(column), not(oneOf(column, stored.unknown)));
  const half = (op: '>=' | '<', cut: number): Predicate => {
    const inside = unknown.filter((value) => (op === '<' ? value < cut : value >= cut));
    const isBlankInside = op === '<' && column.type.kind !== 'integer';
    return and(
      compare(column, op, stored.textOf(cut)),
      inside.length === 0 ? always : not(oneOf(column, inside.map(stored.textOf))),
      isBlankInside ? isNotBlank(column) : always,
    );
  };
  return {
    present,
    lo(op, instantMs, context) {
      const day = civilDays.firstFrom(instantMs, context);
      if (day <= firstDay) return op === '>=' ? present : never;
      if (day > lastDay) return op === '>=' ? never : present;
      return half(op, earliestFrom(day));
    },
    hi(op, instantMs, context) {
      const day = civilDays.endsAfter(instantMs, context);
      if (day <= firstDay) return op === '>' ? present : never;
      if (day > lastDay) return op === '>' ? never : present;
      const { year, month } = civilOfDay(day);
      // The month and the year that hold the day end after it, although they are stored before it.
      const around = oneOf(column, [year * 10_000 + month * 100, year * 10_000].map(stored.textOf));
      return op === '>' ? or(half('>=', numberOf(day)), around) : and(half('<', numberOf(day)), not(around));
    },
    // A month or a year that begins on the day ends later.
    only: onlyAt({ ...civilDays, min: firstDay, max: lastDay }, (day) => {
      const value = numberOf(day);
      return unknown.includes(value) ? never : equals(column, stored.textOf(value));
    }),
  };
}

function numberOf(epochDay: number): number {
  const { year, month, day } = civilOfDay(epochDay);
  return year * 10_000 + month * 100 + day;
}

/** The smallest stored number whose first day is `epochDay` or later: a year's or month's own number where it begins on that day. */
function earliestFrom(epochDay: number): number {
  const { year, month, day } = civilOfDay(epochDay);
  if (day !== 1) return numberOf(epochDay);
  return year * 10_000 + (month === 1 ? 0 : month * 100);
}
