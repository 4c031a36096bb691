import Big from 'big.js';
import { approximateRange, impliedRange } from '../../core/index.ts';
import type { NumberValue } from '../../contracts/index.ts';

/** Numbers between two ends; an end that is absent is infinite. */
export interface Interval {
  readonly lo?: Big;
  readonly loOpen?: boolean;
  readonly hi?: Big;
  readonly hiOpen?: boolean;
}

/** What a number stands for with its comparator (https://hl7.org/fhir/R4/datatypes.html#Quantity). */
export function intervalOf(number: string, comparator: string | undefined): Interval {
  const value = new Big(number);
  switch (comparator) {
    case '<':
      return { hi: value, hiOpen: true };
    case '<=':
      return { hi: value };
    case '>':
      return { lo: value, loOpen: true };
    case '>=':
      return { lo: value };
    default:
      return { lo: value, hi: value };
  }
}

type IntervalTest = (target: Interval) => boolean;

/** https://hl7.org/fhir/R4/search.html#prefix, for numbers: `eq` and `ne` by the implied precision of what was written. */
export function intervalTest({ prefix, number }: Pick<NumberValue, 'prefix' | 'number'>): IntervalTest {
  const value = new Big(number);
  const greater: IntervalTest = ({ hi }) => hi === undefined || hi.gt(value);
  const less: IntervalTest = ({ lo }) => lo === undefined || lo.lt(value);
  const holds: IntervalTest = (target) => beginsBy(target, value) && endsBy(target, value);
  switch (prefix) {
    case 'eq':
      return within(number);
    case 'ne': {
      const equal = within(number);
      return (target) => !equal(target);
    }
    case 'gt':
      return greater;
    case 'lt':
      return less;
    case 'ge':
      return (target) => greater(target) || holds(target);
    case 'le':
      return (target) => less(target) || holds(target);
    case 'sa':
      return ({ lo, loOpen }) => lo !== undefined && (lo.gt(value) || (lo.eq(value) && loOpen === true));
    case 'eb':
      return ({ hi, hiOpen }) => hi !== undefined && (hi.lt(value) || (hi.eq(value) && hiOpen === true));
    case 'ap':
      return near(number);
  }
}

/** Whether an interval has begun at a point, or begins there. */
function beginsBy({ lo, loOpen }: Interval, point: Big): boolean {
  return lo === undefined || (loOpen === true ? lo.lt(point) : lo.lte(point));
}

function endsBy({ hi, hiOpen }: Interval, point: Big): boolean {
  return hi === undefined || (hiOpen === true ? hi.gt(point) : hi.gte(point));
}

function within(number: string): IntervalTest {
  const range = impliedRange(number);
  const [from, to] = [new Big(range.lo), new Big(range.hi)];
  return ({ lo, hi, hiOpen }) =>
    lo?.gte(from) === true && hi !== undefined && (hi.lt(to) || (hi.eq(to) && hiOpen === true));
}

function near(number: string): IntervalTest {
  const range = approximateRange(number);
  const [from, to] = [new Big(range.lo), new Big(range.hi)];
  return (target) => beginsBy(target, to) && endsBy(target, from);
}
