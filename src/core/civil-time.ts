import { dayMs, dayOfCivil, timeOfDayMs } from './calendar.ts';
import { zoneOf } from './zone.ts';

/**
 * A date or time as people write it: `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS[.fff]]`, valid in the calendar.
 * `offset` is `Z` or `±HH:MM`.
 */
export interface CivilTime {
  readonly civil: string;
  readonly precision: 'year' | 'month' | 'day' | 'minute' | 'second' | 'millisecond';
  readonly offset?: string;
}

/** Milliseconds, `lo` inclusive, `hi` exclusive. */
export interface InstantRange {
  readonly loMs: number;
  readonly hiMs: number;
}

/** The instants that a civil time stands for by its precision, in the server's zone where it has no offset. */
export function instantsOf(value: CivilTime, serverZone: string): InstantRange {
  const [date = '', time] = value.civil.split('T');
  const [year = 1, month = 1, day = 1] = date.split('-').map(Number);
  const zone = zoneOf(serverZone);
  const offsetMs = value.offset === undefined ? undefined : offsetMsOf(value.offset);
  const at = (wallMs: number): number => (offsetMs === undefined ? zone.firstInstantOf(wallMs) : wallMs - offsetMs);
  const days = (from: number, to: number): InstantRange => ({ loMs: at(from * dayMs), hiMs: at(to * dayMs) });
  const first = dayOfCivil(year, month, day);
  switch (value.precision) {
    case 'year':
      return days(first, dayOfCivil(year + 1, 1, 1));
    case 'month':
      return days(first, month === 12 ? dayOfCivil(year + 1, 1, 1) : dayOfCivil(year, month + 1, 1));
    case 'day':
      return days(first, first + 1);
    default: {
      const [hour = 0, minute = 0, second = 0] = (time ?? '').split(':').map(Number);
      const wholeSecond = Math.floor(second);
      const fraction = (time ?? '').split('.')[1] ?? '';
      const ms = fraction === '' ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
      const loMs = at(first * dayMs + timeOfDayMs(hour, minute, wholeSecond, ms));
      return { loMs, hiMs: loMs + lengthMs[value.precision] };
    }
  }
}

const lengthMs = { minute: 60_000, second: 1000, millisecond: 1 } as const;

function offsetMsOf(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000;
}
