import Big from 'big.js';
import { Temporal } from 'temporal-polyfill';
import type { DateValue, NumberValue, QuantityValue, TokenValue } from '../../../src/contracts/index.ts';

/** Direct comparison of written FHIR values with search values, from the specification and by other means than the kit (Temporal, Big). */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** The first instant at which the clock of a zone shows `wall` or later. */
function firstInstant(wall: Temporal.PlainDateTime, zone: string): number {
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition('next')!.epochMilliseconds;
}

export function existsOnWall(wall: string, zone: string): boolean {
  const plain = Temporal.PlainDateTime.from(wall);
  return plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).toPlainDateTime().equals(plain);
}

export function rangeOf(text: string, zone: string): Range {
  const [date = '', rest] = text.split('T');
  const [year = 0, month, day] = date.split('-').map(Number);
  if (rest === undefined) {
    const first = new Temporal.PlainDateTime(year, month ?? 1, day ?? 1);
    const next = first.add(day !== undefined ? { days: 1 } : month !== undefined ? { months: 1 } : { years: 1 });
    return { lo: firstInstant(first, zone), hi: firstInstant(next, zone) };
  }
  const offset = /(?:Z|[+-]\d\d:\d\d)$/.exec(rest)?.[0];
  const clock = offset === undefined ? rest : rest.slice(0, -offset.length);
  const lengthMs = clock.includes('.') ? 1 : clock.length > 5 ? 1000 : 60_000;
  const wall = Temporal.PlainDateTime.from(`${date}T${clock}`);
  const lo =
    offset === undefined
      ? firstInstant(wall, zone)
      : Temporal.Instant.from(`${date}T${clock}${offset}`).epochMilliseconds;
  return { lo, hi: lo + lengthMs };
}

/** Lists each prefix's rule as the shared decision words it. */
export function dateMatches(target: Range, sought: DateValue, zone: string, nowMs: number): boolean {
  const search = rangeOf(`${sought.civil}${sought.offset ?? ''}`, zone);
  const eq = search.lo <= target.lo && target.hi <= search.hi;
  const gt = target.hi > search.hi;
  const lt = target.lo < search.lo;
  const distance = nowMs < search.lo ? search.lo - nowMs : nowMs > search.hi ? nowMs - search.hi : 0;
  switch (sought.prefix) {
    case 'eq':
      return eq;
    case 'ne':
      return !eq;
    case 'gt':
      return gt;
    case 'lt':
      return lt;
    case 'ge':
      return gt || eq;
    case 'le':
      return lt || eq;
    case 'sa':
      return target.lo >= search.hi;
    case 'eb':
      return target.hi <= search.lo;
    case 'ap':
      return target.lo < search.hi + distance / 10 && target.hi > search.lo - distance / 10;
  }
}

/** An interval of numbers with open or closed ends; undefined is infinite. */
interface Interval {
  readonly lo?: Big;
  readonly loOpen?: boolean;
  readonly hi?: Big;
  readonly hiOpen?: boolean;
}

export function intervalOf(value: string, comparator = ''): Interval {
  const number = new Big(value);
  switch (comparator) {
    case '<':
      return { hi: number, hiOpen: true };
    case '<=':
      return { hi: number };
    case '>':
      return { lo: number, loOpen: true };
    case '>=':
      return { lo: number };
    default:
      return { lo: number, hi: number };
  }
}

export function numberMatches(target: Interval, { prefix, number }: Pick<NumberValue, 'prefix' | 'number'>): boolean {
  const v = new Big(number);
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
  const half = new Big(10).pow(Number(exponent) - (mantissa.split('.')[1]?.length ?? 0)).div(2);
  const eq =
    target.lo !== undefined && target.hi !== undefined && target.lo.gte(v.minus(half)) && target.hi.lt(v.plus(half));
  const above = target.hi === undefined || target.hi.gt(v);
  const below = target.lo === undefined || target.lo.lt(v);
  const at = (point: Big): boolean =>
    (target.lo === undefined || (target.loOpen === true ? point.gt(target.lo) : point.gte(target.lo))) &&
    (target.hi === undefined || (target.hiOpen === true ? point.lt(target.hi) : point.lte(target.hi)));
  switch (prefix) {
    case 'eq':
      return eq;
    case 'ne':
      return !eq;
    case 'gt':
      return above;
    case 'lt':
      return below;
    case 'ge':
      return above || at(v);
    case 'le':
      return below || at(v);
    case 'sa':
      return target.lo !== undefined && (target.loOpen === true ? target.lo.gte(v) : target.lo.gt(v));
    case 'eb':
      return target.hi !== undefined && (target.hiOpen === true ? target.hi.lte(v) : target.hi.lt(v));
    case 'ap': {
      const [a, b] = [v.minus(v.abs().div(10)), v.plus(v.abs().div(10))];
      const inside = (end: Big | undefined): boolean => end !== undefined && end.gt(a) && end.lt(b);
      return at(a) || at(b) || at(v) || inside(target.lo) || inside(target.hi);
    }
  }
}

interface WrittenQuantity {
  readonly comparator?: string;
  readonly unit?: string;
  readonly system?: string;
  readonly code?: string;
}

export function unitMatches(quantity: WrittenQuantity, sought: QuantityValue): boolean {
  if (sought.system !== undefined && sought.system !== '')
    return quantity.system === sought.system && (sought.code === undefined || quantity.code === sought.code);
  return sought.code === undefined || sought.code === quantity.code || sought.code === quantity.unit;
}

/** A token against a Coding, or an Identifier as (system, value). */
export function tokenMatches(token: { readonly system?: string; readonly code?: string }, sought: TokenValue): boolean {
  if (sought.system !== undefined && (token.system ?? '') !== sought.system) return false;
  return sought.code === undefined || token.code === sought.code;
}
