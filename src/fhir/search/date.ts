import type { DateValue } from '../../contracts/index.ts';
import type { ValueParser } from './parameter.ts';
import { splitPrefix } from './prefix.ts';
import { invalidValue } from './refuse.ts';

const shape = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const right =
  'a date is YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm[:ss[.sss]] with Z or an offset (its + written %2B), after a prefix such as ge if any.';

/** https://hl7.org/fhir/R4/search.html#date: a day of the calendar in the years 0001 to 9999, kept in its civil form and precision. */
export const parseDate: ValueParser<DateValue> = (text, { name }) => {
  const [prefix, rest] = splitPrefix(text);
  const parts = shape.exec(rest);
  if (parts === null) throw invalidValue(name, right);
  const [, year = '', month, day, hour, minute, second, fraction, offset] = parts;
  if (!isCalendarDay(Number(year), Number(month ?? 1), Number(day ?? 1)))
    throw invalidValue(name, 'there is no such day in the calendar.');
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59)
    throw invalidValue(name, 'there is no such time of day.');
  if (offset !== undefined && !isOffset(offset)) throw invalidValue(name, 'an offset lies between -14:00 and +14:00.');
  if (/[1-9]/.test((fraction ?? '').slice(3))) throw invalidValue(name, 'seconds have at most three decimals.');
  const millis = fraction === undefined ? undefined : fraction.slice(0, 3).padEnd(3, '0');
  return {
    is: 'date',
    prefix,
    civil: civilOf([year, month, day], [hour, minute, second, millis]),
    precision: precisionOf([month, day, minute, second, millis]),
    ...(offset === undefined ? {} : { offset }),
  };
};

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (lengths[month - 1] ?? 0);
}

function isOffset(offset: string): boolean {
  if (offset === 'Z') return true;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4));
  return minutes < 60 && hours * 60 + minutes <= 14 * 60;
}

type Parts = readonly (string | undefined)[];

function civilOf(date: Parts, [hour, minute, second, millis]: Parts): string {
  const day = date.filter((part) => part !== undefined).join('-');
  if (hour === undefined || minute === undefined) return day;
  const fraction = millis === undefined ? '' : `.${millis}`;
  return `${day}T${hour}:${minute}${second === undefined ? '' : `:${second}${fraction}`}`;
}

function precisionOf(finer: Parts): DateValue['precision'] {
  const names = ['year', 'month', 'day', 'minute', 'second', 'millisecond'] as const;
  return names[finer.filter((part) => part !== undefined).length] ?? 'millisecond';
}
