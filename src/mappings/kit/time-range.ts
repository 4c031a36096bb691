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
import { firstDayFrom, instantsOf, zoneOf } from '../../core/index.ts';

/**
 * The instants [lo, hi) that a stored date stands for, as conditions on its columns. Each condition implies `present`.
 * Every prefix of a date search is made of these four (https://hl7.org/fhir/R4/search.html#date).
 */
export interface TimeRange {
  readonly present: Predicate;
  lo(op: '>=' | '<', instantMs: number, context: SearchContext): Predicate;
  hi(op: '>' | '<=', instantMs: number, context: SearchContext): Predicate;
  /**
   * `lo >= loMs and hi <= hiMs` where one stored value alone satisfies it, as a comparison with that value: planners know how few rows have one value,
   * and nothing of how many lie between two. Undefined: several may satisfy it.
   */
  only?(loMs: number, hiMs: number, context: SearchContext): Predicate | undefined;
}

/** A date, dateTime or instant that may also be the end of a Period. */
export interface TimeCodec extends Codec<string> {
  readonly range: TimeRange;
}

/** The inverse of a stored date for every prefix. */
export function dateSearch(range: TimeRange): (value: DateValue, context: SearchContext) => Predicate {
  return (value, context) => {
    const { loMs, hiMs } = instantsOf(value, context.zone);
    const equal = (): Predicate =>
      range.only?.(loMs, hiMs, context) ?? and(range.lo('>=', loMs, context), range.hi('<=', hiMs, context));
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
  /** Where positions are whole numbers. */
  readonly at?: (position: number) => Predicate;
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
    ...(times.at === undefined ? {} : { only: onlyAt(times, times.at) }),
  };
}

/** Ranges that one position fills, where positions are whole numbers. */
export function onlyAt(
  { firstFrom, endsAfter, min, max }: Pick<OrderedTimes, 'firstFrom' | 'endsAfter' | 'min' | 'max'>,
  at: (position: number) => Predicate,
): NonNullable<TimeRange['only']> {
  return (loMs, hiMs, context) => {
    const position = firstFrom(loMs, context);
    const isOne = endsAfter(hiMs, context) === position + 1;
    return isOne && position > min && position < max ? at(position) : undefined;
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
