import {
  Fault,
  civilOfDay,
  dayMs,
  dayOfCivil,
  dayText,
  digits,
  firstDay,
  isCivilDate,
  lastDay,
  numberAt,
  timeOfDayMs,
  timeText,
  startOfDay,
  zoneOf,
} from '../../../core/index.ts';
import { and, type Column } from '../../../contracts/index.ts';
import { damage, fromText } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { compare, isNotBlank } from '../predicates.ts';
import { civilDays, orderedRange, wallTimes, type TimeCodec } from '../time-range.ts';
import { firstInstants, guarded, instantOfWall, isKnown, timeCodec, writtenTime, type UnknownDates } from './dates.ts';

const fields = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
type Field = (typeof fields)[number];

/** A pattern from largest to smallest field, so that the order of the texts is the order of the times. */
interface Pattern {
  readonly fits: (text: string) => boolean;
  /** The number of a field in a text that fits; 0 where the pattern lacks it. */
  readonly part: (text: string, field: Field) => number;
  readonly hasTime: boolean;
  readonly stepMs: number;
  readonly format: (wallMs: number) => string;
}

/**
 * A wall time as a text of fixed width, such as `YYYYMMDDhhmmss` or `YYYY-MM-DD hh:mm`, searched and sorted as text.
 * Blank and what means "unknown" is absent; a text that does not fit the pattern, or a time that does not exist in `zone`, is damage.
 */
export function textDateTime(
  column: Column<TextKind>,
  pattern: string,
  zoneName: string,
  { unknown = [] }: UnknownDates = {},
): TimeCodec {
  const { fits, part, hasTime, stepMs, format } = readPattern(pattern);
  const zone = zoneOf(zoneName);
  const present = and(isNotBlank(column), isKnown(column, unknown));
  const absent = new Set(unknown);
  const positions = hasTime
    ? { ...wallTimes(zoneName, 1000), min: firstDay * dayMs, max: (lastDay + 1) * dayMs - 1 }
    : { ...civilDays, min: firstDay, max: lastDay };
  const cut = (position: number): string => format(hasTime ? Math.ceil(position / stepMs) * stepMs : position * dayMs);
  const range = orderedRange({
    present,
    ...positions,
    from: (position) => guarded(column, '>=', cut(position), unknown),
    before: (position) => and(compare(column, '<', cut(position)), present),
  });
  const read = (raw: string): number => {
    if (!fits(raw)) return damage('a text that is no time');
    const [year, month, day, hour, minute, second] = [
      part(raw, 'YYYY'),
      part(raw, 'MM'),
      part(raw, 'DD'),
      part(raw, 'hh'),
      part(raw, 'mm'),
      part(raw, 'ss'),
    ];
    if (!isCivilDate(year, month, day) || hour > 23 || minute > 59 || second > 59)
      return damage('a time that does not exist');
    return dayOfCivil(year, month, day) * dayMs + timeOfDayMs(hour, minute, second);
  };
  const write = (raw: string): string => {
    if (raw.trim() === '' || absent.has(raw)) return '';
    const wallMs = read(raw);
    const day = dayText(Math.floor(wallMs / dayMs));
    return hasTime ? writtenTime(zone, wallMs, day, timeText(wallMs, 0)) : `"${day}"`;
  };
  return timeCodec([column], range, fromText(column, write), {
    scale: 'time',
    columns: [column],
    present,
    compile: (slot, context) =>
      firstInstants(slot, column, (raw) =>
        hasTime ? instantOfWall(zone, read(raw)) : startOfDay(zoneOf(context.zone), read(raw) / dayMs),
      ),
  });
}

function readPattern(pattern: string): Pattern {
  const names = [...pattern.matchAll(/YYYY|MM|DD|hh|mm|ss/g)].map(([name]) => name as Field);
  if (names.length < 3 || names.length === 4 || names.some((name, i) => name !== fields[i])) {
    throw new Fault(
      'module.invalid',
      `The pattern '${pattern}' must name YYYY, MM, DD and, for a time, hh, mm and ss, each once and in this order.`,
    );
  }
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/YYYY|MM|DD|hh|mm|ss/g, (name) => `\\d{${name.length}}`);
  const regex = new RegExp(`^${source}$`);
  return {
    fits: (text) => regex.test(text),
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
      return pattern.replace(/YYYY|MM|DD|hh|mm|ss/g, (name) => digits(values[name as Field], name.length));
    },
  };
}
