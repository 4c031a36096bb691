import {
  and,
  never,
  not,
  type Column,
  type Operand,
  type Predicate,
  type SlotOf,
  type SortForm,
} from '../../../contracts/index.ts';
import {
  dayText,
  dayOfText,
  firstDay,
  lastDay,
  dayMs,
  timeText,
  timestampText,
  wallMsOfTimestamp,
  offsetText,
  startOfDay,
  zoneOf,
  type Zone,
} from '../../../core/index.ts';
import { damage, fromText } from '../codec.ts';
import { compare, equals, isNotNull, oneOf } from '../predicates.ts';
import { civilDays, dateSearch, orderedRange, wallTimes, type TimeCodec, type TimeRange } from '../time-range.ts';

export interface UnknownDates {
  /** Stored values that mean "unknown", such as `1900-01-01` or `0000-00-00`; they are absent. */
  readonly unknown?: readonly string[];
}

/** A civil date without a zone. */
export function civilDate(column: Column<'date'>, { unknown = [] }: UnknownDates = {}): TimeCodec {
  const present = and(isNotNull(column), isKnown(column, unknown));
  const absent = new Set(unknown);
  const range = orderedRange({
    present,
    ...civilDays,
    min: firstDay,
    max: lastDay,
    from: (day) => guarded(column, '>=', dayText(day), unknown),
    before: (day) => guarded(column, '<', dayText(day), unknown),
    at: (day) => (absent.has(dayText(day)) ? never : equals(column, dayText(day))),
  });
  const dayOf = (raw: string): number => dayOfText(raw) ?? damage('a date that does not exist');
  const write = (raw: string): string => {
    if (absent.has(raw)) return '';
    dayOf(raw);
    return `"${raw}"`;
  };
  return timeCodec([column], range, fromText(column, write), {
    scale: 'time',
    columns: [column],
    present,
    compile: (slot, context) => firstInstants(slot, column, (raw) => startOfDay(zoneOf(context.zone), dayOf(raw))),
  });
}

/** One comparison, without the stored values that mean "unknown" and lie on its side. */
export function guarded(column: Column, op: '>=' | '<', value: string, unknown: readonly string[]): Predicate {
  const inside = unknown.filter((text) => (op === '<' ? text < value : text >= value));
  return and(compare(column, op, value), isKnown(column, inside));
}

/** No date at all, such as `0000-00-00`: no database takes it as a date, so that it is compared with the column's text. */
const noDate = /^\d{4}-(?:00-\d\d|\d\d-00)/;

/** The column holds none of the stored values that mean "unknown". */
export function isKnown(column: Column, unknown: readonly string[]): Predicate {
  if (column.type.kind === 'text' || column.type.kind === 'char') return not(oneOf(column, unknown));
  const texts = unknown.filter((text) => noDate.test(text));
  const asText: Operand = {
    operand: 'sql',
    sql: { mysql: 'cast(?? as char)', default: 'cast(?? as varchar(40))' },
    uses: [column],
    kind: 'text',
  };
  return and(
    not(
      oneOf(
        column,
        unknown.filter((text) => !noDate.test(text)),
      ),
    ),
    not(oneOf(asText, texts)),
  );
}

/** A wall-clock timestamp of the column's zone, written with its offset. A time that the clock skipped is damage. */
export function localDateTime(column: Column<'local-timestamp'>, unknown: UnknownDates = {}): TimeCodec {
  return timestamp(column, column.type.zone, column.type.fractionDigits, unknown);
}

/** A stored instant, written in UTC. */
export function instantTime(column: Column<'instant'>, unknown: UnknownDates = {}): TimeCodec {
  return timestamp(column, 'UTC', column.type.fractionDigits, unknown);
}

function timestamp(column: Column, zoneName: string, fraction: 0 | 3, { unknown = [] }: UnknownDates): TimeCodec {
  const zone = zoneOf(zoneName);
  const present = and(isNotNull(column), isKnown(column, unknown));
  const absent = new Set(unknown);
  const stepMs = fraction === 3 ? 1 : 1000;
  const range = orderedRange({
    present,
    ...wallTimes(zoneName, stepMs),
    min: firstDay * dayMs,
    max: (lastDay + 1) * dayMs - 1,
    from: (wallMs) => guarded(column, '>=', timestampText(wallMs, fraction), unknown),
    before: (wallMs) => guarded(column, '<', timestampText(wallMs, fraction), unknown),
  });
  const wallOf = (raw: string): number => {
    const wallMs = wallMsOfTimestamp(raw) ?? damage('a time that does not exist');
    return Math.floor(wallMs / stepMs) * stepMs;
  };
  const write = (raw: string): string => {
    if (absent.has(raw)) return '';
    const wallMs = wallOf(raw);
    const clock = fraction === 0 ? raw.slice(11, 19) : timeText(wallMs, 3);
    return writtenTime(zone, wallMs, raw.slice(0, 10), clock);
  };
  return timeCodec([column], range, fromText(column, write), {
    scale: 'time',
    columns: [column],
    present,
    compile: (slot) => firstInstants(slot, column, (raw) => instantOfWall(zone, wallOf(raw))),
  });
}

export function instantOfWall(zone: Zone, wallMs: number): number {
  return zone.instantOf(wallMs) ?? damage('a wall time that the clock skipped');
}

/** The JSON text of a wall time with its offset; in UTC where the offset of that time has seconds, which FHIR cannot write. */
export function writtenTime(zone: Zone, wallMs: number, date: string, clock: string): string {
  const instantMs = instantOfWall(zone, wallMs);
  const offset = offsetText(wallMs - instantMs);
  if (offset !== undefined) return `"${date}T${clock}${offset}"`;
  return `"${timestampText(instantMs, clock.length > 8 ? 3 : 0).replace(' ', 'T')}Z"`;
}

export function firstInstants(
  slot: SlotOf,
  column: Column,
  instantOf: (raw: string) => number,
): (row: readonly (string | null)[]) => number {
  const at = slot(column);
  return (row) => instantOf(row[at] ?? '');
}

/** Puts together what every date codec has. Dates sort by their first instant. */
export function timeCodec(
  columns: readonly Column[],
  range: TimeRange,
  compile: TimeCodec['compile'],
  sort?: SortForm,
): TimeCodec {
  return {
    is: 'codec',
    columns,
    compile,
    present: range.present,
    searches: { date: dateSearch(range) },
    range,
    ...(sort === undefined ? {} : { sort }),
  };
}
