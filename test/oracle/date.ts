import { refuse } from './refusal.ts';
import { utcMs, type Zone } from './zone.ts';

/** The instants from `lo` to just before `hi`, in milliseconds. */
export interface DateRange {
  readonly lo: number;
  readonly hi: number;
}

const shape = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const secondMs = 1000;
const minuteMs = 60 * secondMs;

const known = new WeakMap<Zone, Map<string, DateRange | undefined>>();

/** The range that a FHIR date, dateTime or instant stands for by its precision; undefined where it is none. https://hl7.org/fhir/R4/search.html#date */
export function rangeOf(text: string, zone: Zone): DateRange | undefined {
  let ranges = known.get(zone);
  if (!ranges) known.set(zone, (ranges = new Map<string, DateRange | undefined>()));
  const range = ranges.get(text);
  if (range !== undefined || ranges.has(text)) return range;
  const read = readRange(text, zone);
  ranges.set(text, read);
  return read;
}

function readRange(text: string, zone: Zone): DateRange | undefined {
  const found = shape.exec(text);
  if (!found) return undefined;
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  const y = Number(year);
  const m = Number(month ?? 1);
  const d = Number(day ?? 1);
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > new Date(utcMs(y, m + 1, 0)).getUTCDate()) return undefined;
  if (hour === undefined) {
    const next = day ? utcMs(y, m, d + 1) : month ? utcMs(y, m + 1) : utcMs(y + 1);
    return { lo: zone.firstInstant(utcMs(y, m, d)), hi: zone.firstInstant(next) };
  }
  const h = Number(hour);
  const mi = Number(minute);
  const s = Number(second ?? 0);
  if (h > 23 || mi > 59 || s > 59) return undefined;
  const wallMs = utcMs(y, m, d, h, mi, s, Number((fraction ?? '0').padEnd(3, '0').slice(0, 3)));
  const lengthMs = fraction ? 1 : second ? secondMs : minuteMs;
  const offsetMs = offset === undefined ? undefined : readOffset(offset);
  const lo = offsetMs === undefined ? zone.firstInstant(wallMs) : wallMs - offsetMs;
  return { lo, hi: lo + lengthMs };
}

function readOffset(offset: string): number {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  return sign * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * minuteMs;
}

/** A date search value, with its prefix, as a test of one range in a resource. */
export function dateTest(text: string, zone: Zone, nowMs: number): (target: DateRange) => boolean {
  const prefix = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=\d)/.exec(text)?.[0] ?? 'eq';
  const search = rangeOf(text.replace(/^(eq|ne|gt|lt|ge|le|sa|eb|ap)/, ''), zone) ?? refuse('not a date');
  const equal = (t: DateRange) => search.lo <= t.lo && t.hi <= search.hi;
  const greater = (t: DateRange) => t.hi > search.hi;
  const less = (t: DateRange) => t.lo < search.lo;
  // The distance between now and the nearest end of the search range; none when it holds now.
  const awayMs = Math.max(0, search.lo - nowMs, nowMs - search.hi);
  const near = { lo: search.lo - awayMs / 10, hi: search.hi + awayMs / 10 };
  switch (prefix) {
    case 'ne':
      return (t) => !equal(t);
    case 'gt':
      return greater;
    case 'lt':
      return less;
    case 'ge':
      return (t) => greater(t) || equal(t);
    case 'le':
      return (t) => less(t) || equal(t);
    case 'sa':
      return (t) => t.lo >= search.hi;
    case 'eb':
      return (t) => t.hi <= search.lo;
    case 'ap':
      return (t) => t.lo < near.hi && near.lo < t.hi;
    default:
      return equal;
  }
}
