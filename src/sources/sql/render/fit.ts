import type { KindName } from '../../../contracts/index.ts';

/**
 * Whether a canonical text can be bound as a value of a kind. A value that cannot, such as a number in a forged id that no column can hold, must
 * never become a database error: the comparison is decided here instead. `above` and `below` lie outside everything that a column can hold.
 */
export type Fit = 'fits' | 'above' | 'below' | 'none';

/** What the values of a dialect's types can hold. */
export interface Limits {
  readonly yearMax: number;
  /** Dates before the common era and infinite ones. */
  readonly beyondCalendar: boolean;
  readonly decimalDigits: number;
}

const integer = /^(?:0|-?[1-9]\d*)$/;
const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;
const date = /^(\d{4,6})-(\d\d)-(\d\d)( BC)?$/;
const timestamp = /^(\d{4,6})-(\d\d)-(\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?( BC)?$/;
const hex = /^(?:[0-9a-f]{2})*$/;
const int8Max = 2n ** 63n - 1n;

export function fitOf(kind: KindName, value: string, limits: Limits): Fit {
  switch (kind) {
    case 'text':
      return isText(value) ? 'fits' : 'none';
    case 'char':
      return isText(value) && !value.endsWith(' ') ? 'fits' : 'none';
    case 'integer':
      return fitOfInteger(value);
    case 'decimal':
      return fitOfDecimal(value, limits);
    case 'date':
      return fitOfDay(date.exec(value), 4, value, limits);
    case 'local-timestamp':
    case 'instant':
      return fitOfDay(timestamp.exec(value), 5, value, limits);
    case 'boolean':
      return value === 'true' || value === 'false' ? 'fits' : 'none';
    case 'bytes':
      return hex.test(value) ? 'fits' : 'none';
  }
}

/** No database stores U+0000 or half of a surrogate pair in a text. */
function isText(value: string): boolean {
  return !value.includes('\0') && value.isWellFormed();
}

/** Only the canonical form: `007` must not find the row of key 7, whose id is another one. */
function fitOfInteger(value: string): Fit {
  if (!integer.test(value)) return 'none';
  if (value.length < 19) return 'fits';
  if (value.length > 20) return value.startsWith('-') ? 'below' : 'above';
  const number = BigInt(value);
  return number > int8Max ? 'above' : number < -int8Max - 1n ? 'below' : 'fits';
}

function fitOfDecimal(value: string, limits: Limits): Fit {
  const found = decimal.exec(value);
  if (found === null) return 'none';
  const [, sign, whole = '', fraction = '', exponent = '0'] = found;
  if (whole === '' && fraction === '') return 'none';
  const digits = `${whole}${fraction}`.replace(/^0+/, '').length;
  if (digits === 0) return 'fits';
  const lastDigit = Number(exponent) - fraction.length;
  if (digits + lastDigit > limits.decimalDigits) return sign === '-' ? 'below' : 'above';
  return lastDigit < -limits.decimalDigits ? 'none' : 'fits';
}

function fitOfDay(found: RegExpExecArray | null, eraGroup: number, value: string, limits: Limits): Fit {
  if (found === null) {
    if (value === 'infinity') return limits.beyondCalendar ? 'fits' : 'above';
    return value === '-infinity' ? (limits.beyondCalendar ? 'fits' : 'below') : 'none';
  }
  const year = Number(found[1]);
  const month = Number(found[2]);
  const day = Number(found[3]);
  const isBefore = found[eraGroup] !== undefined;
  const astronomicalYear = isBefore ? 1 - year : year;
  if (month < 1 || month > 12 || day < 1 || day > daysIn(astronomicalYear, month)) return 'none';
  if (year > limits.yearMax) return isBefore ? 'below' : 'above';
  return astronomicalYear < 1 && !limits.beyondCalendar ? 'below' : isBefore && year === 0 ? 'none' : 'fits';
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
