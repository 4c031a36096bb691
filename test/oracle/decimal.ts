import { refuse } from './refusal.ts';

/** digits / 10^scale, exactly. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Numbers between two ends; an end that is absent is infinite. */
export interface Interval {
  readonly lo?: Decimal;
  readonly hi?: Decimal;
  readonly loOpen: boolean;
  readonly hiOpen: boolean;
}

/** The decimal as written: `7.40` has scale 2, `1e2` has scale -2. Undefined where the text is no number. */
export function decimalOf(text: string): Decimal | undefined {
  const found = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (!found) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: fraction.length - Number(exponent) };
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = atScale(a, scale) - atScale(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function atScale(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: atScale(a, scale) + atScale(b, scale), scale };
}

export function point(value: Decimal): Interval {
  return { lo: value, hi: value, loOpen: false, hiOpen: false };
}

/** What a Quantity stands for: a comparator makes it a range. https://hl7.org/fhir/R4/datatypes.html#Quantity */
export function intervalOf(value: Decimal, comparator: string | undefined): Interval {
  switch (comparator) {
    case '<':
    case '<=':
      return { hi: value, loOpen: true, hiOpen: comparator === '<' };
    case '>':
    case '>=':
      return { lo: value, loOpen: comparator === '>', hiOpen: true };
    default:
      return point(value);
  }
}

/** A number search value, with its prefix, as a test of one interval in a resource. https://hl7.org/fhir/R4/search.html#number */
export function numberTest(text: string): (target: Interval) => boolean {
  const prefix = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)/.exec(text)?.[0] ?? 'eq';
  const value = decimalOf(text.replace(/^(eq|ne|gt|lt|ge|le|sa|eb|ap)/, '')) ?? refuse('not a number');
  const compare = (end: Decimal) => compareDecimals(end, value);
  const greater = (t: Interval) => !t.hi || compare(t.hi) > 0;
  const less = (t: Interval) => !t.lo || compare(t.lo) < 0;
  const holds = (t: Interval) =>
    (!t.lo || compare(t.lo) < 0 || (compare(t.lo) === 0 && !t.loOpen)) &&
    (!t.hi || compare(t.hi) > 0 || (compare(t.hi) === 0 && !t.hiOpen));
  switch (prefix) {
    case 'ne':
      return (t) => !within(t, implied(value));
    case 'gt':
      return greater;
    case 'lt':
      return less;
    case 'ge':
      return (t) => greater(t) || holds(t);
    case 'le':
      return (t) => less(t) || holds(t);
    case 'sa':
      return (t) => t.lo !== undefined && (compare(t.lo) > 0 || (compare(t.lo) === 0 && t.loOpen));
    case 'eb':
      return (t) => t.hi !== undefined && (compare(t.hi) < 0 || (compare(t.hi) === 0 && t.hiOpen));
    case 'ap':
      return (t) => overlap(t, near(value));
    default:
      return (t) => within(t, implied(value));
  }
}

/** Half of the last significant digit on both sides: 5.4 is [5.35, 5.45), 1e2 is [50, 150). */
function implied(value: Decimal): Interval {
  const half = { digits: 5n, scale: value.scale + 1 };
  const minusHalf = { digits: -5n, scale: value.scale + 1 };
  return { lo: addDecimals(value, minusHalf), hi: addDecimals(value, half), loOpen: false, hiOpen: true };
}

/** Within ten percent of the absolute value, ends included. */
function near(value: Decimal): Interval {
  const absolute = value.digits < 0n ? -value.digits : value.digits;
  const lo = addDecimals(value, { digits: -absolute, scale: value.scale + 1 });
  const hi = addDecimals(value, { digits: absolute, scale: value.scale + 1 });
  return { lo, hi, loOpen: false, hiOpen: false };
}

function within(inner: Interval, outer: Interval): boolean {
  if (!inner.lo || !inner.hi || !outer.lo || !outer.hi) return false;
  const low = compareDecimals(inner.lo, outer.lo);
  const high = compareDecimals(inner.hi, outer.hi);
  return (
    (low > 0 || (low === 0 && (!outer.loOpen || inner.loOpen))) &&
    (high < 0 || (high === 0 && (!outer.hiOpen || inner.hiOpen)))
  );
}

function overlap(a: Interval, b: Interval): boolean {
  return reaches(a, b) && reaches(b, a);
}

/** Whether `a` begins before `b` ends. */
function reaches(a: Interval, b: Interval): boolean {
  if (!a.lo || !b.hi) return true;
  const order = compareDecimals(a.lo, b.hi);
  return order < 0 || (order === 0 && !a.loOpen && !b.hiOpen);
}
