import { Temporal } from 'temporal-polyfill';
import { Fault } from './fault.ts';
import { dayMs, digits } from './calendar.ts';

/**
 * Wall clock and instants of one IANA zone. Wall times are milliseconds as if they were UTC. A wall time that occurs twice is its first
 * occurrence; one that does not exist has no instant. So wall times and their instants keep the same order.
 */
export interface Zone {
  readonly name: string;
  offsetMsAt(instantMs: number): number;
  /** Undefined in the gap of a spring-forward. */
  instantOf(wallMs: number): number | undefined;
  /** The first instant at which the clock shows `wallMs` or later: in a gap, the moment of the jump. */
  firstInstantOf(wallMs: number): number;
  /** The earliest wall time whose instant is `instantMs` or later; instants of a second occurrence lead behind it. */
  firstWallFrom(instantMs: number): number;
}

const firstYear = 1850;
const lastYear = 2100;

interface Transitions {
  /** When each offset begins; the first is minus infinity. */
  readonly atMs: readonly number[];
  readonly offsetMs: readonly number[];
}

function readTransitions(name: string): Transitions {
  let at: Temporal.ZonedDateTime | null;
  try {
    at = Temporal.ZonedDateTime.from({ timeZone: name, year: firstYear, month: 1, day: 1 });
  } catch {
    throw new Fault('module.invalid', `'${name}' is no IANA time zone; write one such as 'America/New_York'.`);
  }
  const atMs = [-Infinity];
  const offsetMs = [at.offsetNanoseconds / 1e6];
  while ((at = at.getTimeZoneTransition('next')) !== null && at.year <= lastYear) {
    atMs.push(at.epochMilliseconds);
    offsetMs.push(at.offsetNanoseconds / 1e6);
  }
  return { atMs, offsetMs };
}

function makeZone(name: string): Zone {
  const { atMs, offsetMs } = readTransitions(name);
  // Where each offset begins on the wall: the later of the old and the new reading is where the new one takes over (old one first when a time occurs twice).
  const wallEndMs = offsetMs.map((offset, i) => (atMs[i + 1] ?? Infinity) + offset);
  const offset = (i: number): number => offsetMs[i] ?? 0;
  const indexAt = (instantMs: number): number => lastAtMost(atMs, instantMs);
  /** The first period whose wall time has not ended before `wallMs`: the first occurrence. */
  const indexOfWall = (wallMs: number): number => firstAbove(wallEndMs, wallMs);
  const firstInstantOf = (wallMs: number): number => {
    const i = indexOfWall(wallMs);
    return Math.max(wallMs - offset(i), atMs[i] ?? 0);
  };
  return {
    name,
    offsetMsAt: (instantMs) => offset(indexAt(instantMs)),
    instantOf(wallMs) {
      const i = indexOfWall(wallMs);
      const instantMs = wallMs - offset(i);
      return instantMs < (atMs[i] ?? 0) ? undefined : instantMs;
    },
    firstInstantOf,
    firstWallFrom(instantMs) {
      const i = indexAt(instantMs);
      const wallMs = instantMs + offset(i);
      const previousEnd = i === 0 ? -Infinity : (wallEndMs[i - 1] ?? 0);
      return Math.max(wallMs, previousEnd);
    },
  };
}

/** Index of the last value at most `sought`; the first value is minus infinity. */
function lastAtMost(values: readonly number[], sought: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((values[middle] ?? 0) <= sought) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Index of the first value above `sought`; the last value is infinity. */
function firstAbove(values: readonly number[], sought: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) > sought) high = middle;
    else low = middle + 1;
  }
  return low;
}

const zones = new Map<string, Zone>();

/** The zone of an IANA name, computed once per process: a memory of constants. Throws `module.invalid` for a name that is none. */
export function zoneOf(name: string): Zone {
  let known = zones.get(name);
  if (known === undefined) zones.set(name, (known = makeZone(name)));
  return known;
}

/** `Z` or `±HH:MM`; undefined where the offset has seconds, which FHIR cannot write. */
export function offsetText(offsetMs: number): string | undefined {
  if (offsetMs === 0) return 'Z';
  if (offsetMs % 60_000 !== 0) return undefined;
  const minutes = Math.abs(offsetMs) / 60_000;
  return `${offsetMs < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

/** The first instant of a civil day. */
export function startOfDay(zone: Zone, epochDay: number): number {
  return zone.firstInstantOf(epochDay * dayMs);
}

/** The earliest civil day that begins at `instantMs` or later. */
export function firstDayFrom(zone: Zone, instantMs: number): number {
  let day = Math.floor((instantMs + zone.offsetMsAt(instantMs)) / dayMs) - 1;
  while (startOfDay(zone, day) < instantMs) day += 1;
  while (startOfDay(zone, day - 1) >= instantMs) day -= 1;
  return day;
}
