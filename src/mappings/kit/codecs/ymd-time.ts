import {
  and,
  never,
  not,
  or,
  type Column,
  type Predicate,
  type SearchContext,
  type SortForm,
} from '../../../contracts/index.ts';
import {
  Fault,
  civilOfDay,
  dayMs,
  digits,
  firstDay,
  lastDay,
  numberAt,
  timeOfDayMs,
  timeText,
  startOfDay,
  zoneOf,
} from '../../../core/index.ts';
import { damage } from '../codec.ts';
import { expr, type TextKind } from '../columns.ts';
import { compare, isNotBlank } from '../predicates.ts';
import { wallTimes, type TimeCodec, type TimeRange } from '../time-range.ts';
import { instantOfWall, timeCodec, writtenTime } from './dates.ts';
import { firstDayOf, partialText, storedDates, ymdRange, type YmdColumn } from './ymd.ts';

export interface YmdTimeSpec {
  readonly date: YmdColumn;
  /** NULL or blank: the time is unknown, and the value is a date. */
  readonly time: Column<'integer' | TextKind>;
  readonly zone: string;
  readonly format?: 'HHMM' | 'HHMMSS';
  readonly unknown?: readonly number[];
}

/** A date in one column and the wall time of day in another one. A row without a time is a date (also partial), in the server's zone like every date. */
export function ymdTime(spec: YmdTimeSpec): TimeCodec {
  const { date, time, format = 'HHMM', unknown = [0, 99_999_999] } = spec;
  if (date.alias !== time.alias) throw new Fault('module.invalid', 'ymdTime needs date and time columns of one table.');
  const zone = zoneOf(spec.zone);
  const stored = storedDates(date, unknown);
  const readTime = timeReader(time, format);
  const range = ymdTimeRange(spec, ymdRange(date, unknown), stored.textOf);
  const write = (rawDate: string, rawTime: string | null): string => {
    const found = stored.read(rawDate);
    const ofDay = rawTime === null ? undefined : readTime(rawTime);
    if (found === undefined) return '';
    if (ofDay === undefined) return `"${partialText(found)}"`;
    if (found.day === undefined) return damage('a time without a full date');
    return writtenTime(zone, firstDayOf(found) * dayMs + ofDay, partialText(found), timeText(ofDay, 0));
  };
  return timeCodec(
    [date, time],
    range,
    (slot) => {
      const [atDate, atTime] = [slot(date), slot(time)];
      return (row) => {
        const rawDate = row[atDate];
        return rawDate == null ? '' : write(rawDate, row[atTime] ?? null);
      };
    },
    sortForm(spec, range.present, (rawDate, rawTime) => {
      const ofDay = rawTime === null ? undefined : readTime(rawTime);
      const first = firstDayOf(stored.read(rawDate) ?? damage('a date that is missing'));
      return ofDay === undefined ? startOfDay(zone, first) : instantOfWall(zone, first * dayMs + ofDay);
    }),
  );
}

/** A row without a time stands first on its day. NULL has no place in a keyset, so the order uses an expression. */
function sortForm(
  spec: YmdTimeSpec,
  present: Predicate,
  instantOf: (date: string, time: string | null) => number,
): SortForm {
  const { date, time } = spec;
  const isNumber = time.type.kind === 'integer';
  const order = expr(
    `ordered ${time.name}`,
    isNumber ? { kind: 'integer' } : { kind: 'text' },
    { default: isNumber ? 'coalesce(??, -1)' : "coalesce(??, '')" },
    [time],
  );
  return {
    scale: 'time',
    columns: [date, order],
    present,
    compile: (slot) => {
      const [atDate, atTime] = [slot(date), slot(order)];
      return (row) => {
        const rawTime = row[atTime] ?? null;
        return instantOf(row[atDate] ?? '', rawTime === '-1' ? null : rawTime);
      };
    },
  };
}

function timeReader(column: Column, format: 'HHMM' | 'HHMMSS'): (raw: string) => number | undefined {
  const width = format.length;
  const isNumber = column.type.kind === 'integer';
  return (raw) => {
    if (!isNumber && raw.trim() === '') return undefined;
    if (isNumber ? raw.length > width : raw.length !== width) return damage('a time that does not exist');
    const value = numberAt(raw, 0, raw.length) * (width === 4 ? 100 : 1);
    const [hour, minute, second] = [Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100];
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return damage('a time that does not exist');
    return timeOfDayMs(hour, minute, second);
  };
}

/** Rows with a time compare as (date, time) on the wall of the column's zone, rows without one as dates. */
function ymdTimeRange(spec: YmdTimeSpec, dates: TimeRange, dateText: (ymd: number) => string): TimeRange {
  const { date, time, format = 'HHMM' } = spec;
  const isTimed = isNotBlank(time);
  const isFullDay = and(dates.present, isTimed);
  const stepMs = format === 'HHMM' ? 60_000 : 1000;
  const walls = wallTimes(spec.zone, 1000);
  const timeText = (ofDay: number): string => {
    const minutes = Math.floor(ofDay / 60_000);
    const clock = Math.floor(minutes / 60) * 100 + (minutes % 60);
    const value = format === 'HHMM' ? clock : clock * 100 + (Math.floor(ofDay / 1000) % 60);
    return time.type.kind === 'integer' ? String(value) : digits(value, format.length);
  };
  const timed = (isFrom: boolean, cutMs: number): Predicate => {
    const wallMs = Math.ceil(cutMs / stepMs) * stepMs;
    const day = Math.floor(wallMs / dayMs);
    if (day < firstDay || day > lastDay) return day < firstDay === isFrom ? isFullDay : never;
    const civil = civilOfDay(day);
    const dayValue = dateText(civil.year * 10_000 + civil.month * 100 + civil.day);
    const timeValue = timeText(wallMs - day * dayMs);
    // The bare comparison of the date comes first: it is what an index serves.
    const within = isFrom
      ? and(compare(date, '>=', dayValue), or(compare(date, '>', dayValue), compare(time, '>=', timeValue)))
      : and(compare(date, '<=', dayValue), or(compare(date, '<', dayValue), compare(time, '<', timeValue)));
    return and(within, isFullDay);
  };
  const either = (isFrom: boolean, cutMs: number, asDate: Predicate): Predicate =>
    or(timed(isFrom, cutMs), and(asDate, not(isTimed)));
  return {
    present: dates.present,
    lo: (op, instantMs, context: SearchContext) =>
      either(op === '>=', walls.firstFrom(instantMs, context), dates.lo(op, instantMs, context)),
    hi: (op, instantMs, context: SearchContext) =>
      either(op === '>', walls.endsAfter(instantMs, context), dates.hi(op, instantMs, context)),
  };
}
