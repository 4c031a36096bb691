import {
  dayMs,
  dayOfCivil,
  dayText,
  firstDay,
  isCivilDate,
  lastDay,
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
import { orderedText, readPattern, type TimePattern } from './time-pattern.ts';

/**
 * A wall time as a text of fixed width, such as `YYYYMMDDhhmmss`, `YYYY-MM-DD hh:mm` or `DD.MM.YYYY`, searched and sorted as text.
 * Blank and what means "unknown" is absent; a text that does not fit the pattern, or a time that does not exist in `zone`, is damage.
 */
export function textDateTime(
  column: Column<TextKind>,
  pattern: string,
  zoneName: string,
  { unknown = [] }: UnknownDates = {},
): TimeCodec {
  const written = readPattern(pattern);
  const ordered = orderedText(column, written);
  const { hasTime, stepMs } = written;
  const zone = zoneOf(zoneName);
  const present = and(isNotBlank(column), isKnown(column, unknown));
  const absent = new Set(unknown);
  const positions = hasTime
    ? { ...wallTimes(zoneName, 1000), min: firstDay * dayMs, max: (lastDay + 1) * dayMs - 1 }
    : { ...civilDays, min: firstDay, max: lastDay };
  const cut = (position: number): string =>
    ordered.pattern.format(hasTime ? Math.ceil(position / stepMs) * stepMs : position * dayMs);
  const unknownKeys = unknown.map(ordered.of);
  const range = orderedRange({
    present,
    ...positions,
    from: (position) => guarded(ordered.column, '>=', cut(position), unknownKeys),
    before: (position) => and(compare(ordered.column, '<', cut(position)), present),
  });
  const write = (raw: string): string => {
    if (raw.trim() === '' || absent.has(raw)) return '';
    const wallMs = wallTimeOf(written, raw);
    const day = dayText(Math.floor(wallMs / dayMs));
    return hasTime ? writtenTime(zone, wallMs, day, timeText(wallMs, 0)) : `"${day}"`;
  };
  return timeCodec([column], range, fromText(column, write), {
    scale: 'time',
    columns: [ordered.column],
    present,
    compile: (slot, context) =>
      firstInstants(slot, ordered.column, (raw) => {
        const wallMs = wallTimeOf(ordered.pattern, raw);
        return hasTime ? instantOfWall(zone, wallMs) : startOfDay(zoneOf(context.zone), wallMs / dayMs);
      }),
  });
}

function wallTimeOf({ fits, part }: TimePattern, raw: string): number {
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
}
