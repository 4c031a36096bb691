import { and, type Column, type Predicate } from '../../../contracts/index.ts';
import { civilOfDay, dayOfCivil, dayText, firstDay, lastDay, startOfDay, zoneOf } from '../../../core/index.ts';
import { damage, fromText } from '../codec.ts';
import { compare, isNotNull } from '../predicates.ts';
import { civilDays, orderedRange, type TimeCodec } from '../time-range.ts';
import { firstInstants, isKnown, timeCodec } from './dates.ts';

export interface OrdinalDateOptions {
  /** Stored numbers that mean "unknown"; by default 0 and 9999999. */
  readonly unknown?: readonly number[];
}

/**
 * A day stored as the number YYYYDDD: the year, and the day of the year from 001 ("Julian date"). A day that the year lacks is damage.
 */
export function ordinalDate(
  column: Column<'integer'>,
  { unknown = [0, 9_999_999] }: OrdinalDateOptions = {},
): TimeCodec {
  const known = (numbers: readonly number[]): Predicate => isKnown(column, numbers.map(String));
  const absent = new Set(unknown.map(String));
  const present = and(isNotNull(column), known(unknown));
  const range = orderedRange({
    present,
    ...civilDays,
    min: firstDay,
    max: lastDay,
    from: (day) => {
      const cut = numberOf(day);
      return and(compare(column, '>=', String(cut)), known(unknown.filter((number) => number >= cut)));
    },
    before: (day) => {
      const cut = numberOf(day);
      return and(compare(column, '<', String(cut)), known(unknown.filter((number) => number < cut)));
    },
  });
  return timeCodec(
    [column],
    range,
    fromText(column, (raw) => (absent.has(raw) ? '' : `"${dayText(dayOf(raw))}"`)),
    {
      scale: 'time',
      columns: [column],
      present,
      compile: (slot, context) => firstInstants(slot, column, (raw) => startOfDay(zoneOf(context.zone), dayOf(raw))),
    },
  );
}

function numberOf(epochDay: number): number {
  const { year } = civilOfDay(epochDay);
  return year * 1000 + epochDay - dayOfCivil(year, 1, 1) + 1;
}

function dayOf(raw: string): number {
  const number = Number(raw);
  const year = Math.floor(number / 1000);
  const day = dayOfCivil(year, 1, 1) + (number % 1000) - 1;
  return number > 0 && day >= firstDay && day <= lastDay && numberOf(day) === number
    ? day
    : damage('a day that does not exist');
}
