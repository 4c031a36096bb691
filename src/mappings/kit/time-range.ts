import {
  and,
  never,
  not,
  or,
  type Codec,
  type DateValue,
  type Predicate,
  type SearchContext,
} from '../../contracts/index.ts';
import { dayMs, dayOfCivil, timeOfDayMs } from './calendar.ts';
import { firstDayFrom, zoneOf } from './zone.ts';

/**
 * The instants [lo, hi) that a stored date stands for, as conditions on its columns. Each condition implies `present`.
 * Every prefix of a date search is made of these four (https://hl7.org/fhir/R4/search.html#date).
 */
export interface TimeRange {
  readonly present: Predicate;
  lo(op: '>=' | '<', instantMs: number, context: SearchContext): Predicate;
  hi(op: '>' | '<=', instantMs: number, context: SearchContext): Predicate;
}

/** A date, dateTime or instant that may also be the end of a Period. */
export interface TimeCodec extends Codec<string> {
  readonly range: TimeRange;
}

/** Milliseconds, `lo` inclusive, `hi` exclusive. */
export interface InstantRange {
  readonly loMs: number;
  readonly hiMs: number;
}

/** The instants that a search value stands for by its precision, in the server's zone where it has no offset. */
export function instantsOf(value: DateValue, serverZone: string): InstantRange {
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

/** The inverse of a stored date for every prefix. */
export function dateSearch(range: TimeRange): (value: DateValue, context: SearchContext) => Predicate {
  return (value, context) => {
    const { loMs, hiMs } = instantsOf(value, context.zone);
    const equal = (): Predicate => and(range.lo('>=', loMs, context), range.hi('<=', hiMs, context));
    const greater = (): Predicate => range.hi('>', hiMs, context);
    const less = (): Predicate => range.lo('<', loMs, context);
    switch (value.prefix) {
      case 'eq':
        return equal();
      case 'ne':
        return and(range.present, not(equal()));
      case 'gt':
        return greater();
      case 'lt':
        return less();
      // `gt or eq`: where the target does not end later than the range, `eq` says no more than that it does not begin earlier.
      case 'ge':
        return or(greater(), range.lo('>=', loMs, context));
      case 'le':
        return or(less(), range.hi('<=', hiMs, context));
      case 'sa':
        return range.lo('>=', hiMs, context);
      case 'eb':
        return range.hi('<=', loMs, context);
      case 'ap': {
        const awayMs = Math.max(0, loMs - context.nowMs, context.nowMs - hiMs);
        const overlapsEnd = range.lo('<', Math.ceil(hiMs + awayMs / 10), context);
        return and(overlapsEnd, range.hi('>', Math.floor(loMs - awayMs / 10), context));
      }
    }
  };
}

/** A stored value whose order is that of `cut` numbers, and whose instants never decrease along it. */
export interface OrderedTimes {
  readonly present: Predicate;
  /** The smallest stored position whose first instant is `instantMs` or later. */
  firstFrom(instantMs: number, context: SearchContext): number;
  /** The smallest stored position whose end is later than `instantMs`. */
  endsAfter(instantMs: number, context: SearchContext): number;
  /** Positions that the column can hold. */
  readonly min: number;
  readonly max: number;
  from(position: number): Predicate;
  before(position: number): Predicate;
}

/** Ranges over one ordered column: each condition is one comparison with a stored value. */
export function orderedRange(times: OrderedTimes): TimeRange {
  const from = (cut: number): Predicate =>
    cut <= times.min ? times.present : cut > times.max ? never : times.from(cut);
  const before = (cut: number): Predicate =>
    cut <= times.min ? never : cut > times.max ? times.present : times.before(cut);
  return {
    present: times.present,
    lo: (op, instantMs, context) => (op === '>=' ? from : before)(times.firstFrom(instantMs, context)),
    hi: (op, instantMs, context) => (op === '>' ? from : before)(times.endsAfter(instantMs, context)),
  };
}

/** Civil days: positions are days since 1970, read in the server's zone. A day ends after an instant when the next day begins after it. */
export const civilDays: Pick<OrderedTimes, 'firstFrom' | 'endsAfter'> = {
  firstFrom: (instantMs, context) => firstDayFrom(zoneOf(context.zone), instantMs),
  endsAfter: (instantMs, context) => firstDayFrom(zoneOf(context.zone), instantMs + 1) - 1,
};

/** Wall times: positions are wall milliseconds in steps of the written precision, and each lasts one step. */
export function wallTimes(zoneName: string, stepMs: number): Pick<OrderedTimes, 'firstFrom' | 'endsAfter'> {
  const zone = zoneOf(zoneName);
  const firstFrom = (instantMs: number): number => zone.firstWallFrom(Math.ceil(instantMs / stepMs) * stepMs);
  return { firstFrom, endsAfter: (instantMs) => firstFrom(instantMs - stepMs + 1) };
}
