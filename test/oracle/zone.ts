/** Wall clock and instants of an IANA zone, from Intl alone. Both are milliseconds: a wall time is written as if it were UTC. */
export interface Zone {
  readonly name: string;
  /** What the clock on the wall shows at an instant. */
  wallAt(instantMs: number): number;
  /** The first instant at which the clock on the wall shows `wallMs` or later: a time that occurs twice is its first occurrence. */
  firstInstant(wallMs: number): number;
  /** Whether the clock ever shows `wallMs`: false in the gap of a spring-forward. */
  exists(wallMs: number): boolean;
  /** The first clock change within about half a year after the beginning of the instant's week. */
  nextChange(instantMs: number): number | undefined;
}

const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;

export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const known = new Map<number, number>();

  function wallAt(instantMs: number): number {
    const part = new Map(format.formatToParts(instantMs).map((p) => [p.type, p.value]));
    const read = (type: Intl.DateTimeFormatPartTypes) => Number(part.get(type));
    const year = part.get('era') === 'BC' ? 1 - read('year') : read('year');
    const fractionMs = ((instantMs % 1000) + 1000) % 1000;
    return utcMs(year, read('month'), read('day'), read('hour'), read('minute'), read('second'), fractionMs);
  }

  function find(wallMs: number): number {
    const before = wallAt(wallMs - 30 * hourMs) - (wallMs - 30 * hourMs);
    const after = wallAt(wallMs + 30 * hourMs) - (wallMs + 30 * hourMs);
    const showing = [wallMs - before, wallMs - after].filter((t) => wallAt(t) === wallMs);
    if (showing.length > 0) return Math.min(...showing);
    // The clock jumps over this wall time: narrow down the instant of the jump.
    let earlier = wallMs - Math.max(before, after);
    let later = wallMs - Math.min(before, after);
    while (later - earlier > 1) {
      const middle = Math.floor((earlier + later) / 2);
      if (wallAt(middle) >= wallMs) later = middle;
      else earlier = middle;
    }
    return later;
  }

  function firstInstant(wallMs: number): number {
    let found = known.get(wallMs);
    if (found === undefined) known.set(wallMs, (found = find(wallMs)));
    return found;
  }

  const changes = new Map<number, number | undefined>();
  const offsetAt = (instantMs: number) => wallAt(instantMs) - instantMs;

  function findChange(week: number): number | undefined {
    let earlier = week * weekMs;
    const end = earlier + 28 * weekMs;
    while (earlier < end && offsetAt(earlier) === offsetAt(earlier + weekMs)) earlier += weekMs;
    if (earlier >= end) return undefined;
    let later = earlier + weekMs;
    while (later - earlier > 1) {
      const middle = Math.floor((earlier + later) / 2);
      if (offsetAt(middle) === offsetAt(earlier)) earlier = middle;
      else later = middle;
    }
    return later;
  }

  function nextChange(instantMs: number): number | undefined {
    const week = Math.floor(instantMs / weekMs);
    if (!changes.has(week)) changes.set(week, findChange(week));
    return changes.get(week);
  }

  return { name, wallAt, firstInstant, exists: (wallMs) => wallAt(firstInstant(wallMs)) === wallMs, nextChange };
}

/** Like Date.UTC, but right for years before 100. */
export function utcMs(year: number, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime();
}
