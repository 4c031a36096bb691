/** Civil calendar arithmetic on whole numbers: days since 1970-01-01 and wall-clock milliseconds since then, years 1 to 9999. */
export const dayMs = 86_400_000;

/** Howard Hinnant's algorithm (https://howardhinnant.github.io/date_algorithms.html#days_from_civil). */
export function dayOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export function civilOfDay(epochDay: number): Civil {
  const z = epochDay + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

export const firstDay = dayOfCivil(1, 1, 1);
export const lastDay = dayOfCivil(9999, 12, 31);

export function isCivilDate(year: number, month: number, day: number): boolean {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

export function digits(value: number, width: number): string {
  return (width === 2 ? twoDigits[value] : undefined) ?? String(value).padStart(width, '0');
}

/** The number that stands in `length` ASCII digits of a text; NaN where one is none. Written for speed: every row of a page passes here. */
export function numberAt(text: string, from: number, length: number): number {
  let value = 0;
  for (let at = from; at < from + length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `YYYY-MM-DD` */
export function dayText(epochDay: number): string {
  const { year, month, day } = civilOfDay(epochDay);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** Wall-clock milliseconds of a time of day. */
export function timeOfDayMs(hour: number, minute: number, second: number, ms = 0): number {
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

/** `HH:MM:SS` or `HH:MM:SS.fff` of wall-clock milliseconds. */
export function timeText(wallMs: number, fractionDigits: 0 | 3): string {
  const ofDay = wallMs - Math.floor(wallMs / dayMs) * dayMs;
  const second = Math.floor(ofDay / 1000);
  const clock = `${digits(Math.floor(second / 3600), 2)}:${digits(Math.floor(second / 60) % 60, 2)}:${digits(second % 60, 2)}`;
  return fractionDigits === 0 ? clock : `${clock}.${digits(ofDay % 1000, 3)}`;
}

/** The canonical text of a stored timestamp: `YYYY-MM-DD HH:MM:SS[.fff]`. */
export function timestampText(wallMs: number, fractionDigits: 0 | 3): string {
  return `${dayText(Math.floor(wallMs / dayMs))} ${timeText(wallMs, fractionDigits)}`;
}

/** Wall-clock milliseconds of a canonical timestamp text; undefined where it is none. Digits beyond milliseconds are cut off. */
export function wallMsOfTimestamp(value: string): number | undefined {
  const day = dayOfText(value.slice(0, 10));
  const [hour, minute, second] = [numberAt(value, 11, 2), numberAt(value, 14, 2), numberAt(value, 17, 2)];
  if (day === undefined || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  if (value.charCodeAt(10) !== 32 || value.charCodeAt(13) !== 58 || value.charCodeAt(16) !== 58) return undefined;
  if (value.length === 19) return day * dayMs + timeOfDayMs(hour, minute, second);
  if (!/^\.\d+$/.test(value.slice(19))) return undefined;
  return day * dayMs + timeOfDayMs(hour, minute, second, numberAt(value.slice(20, 23).padEnd(3, '0'), 0, 3));
}

/** Days since 1970-01-01 of a `YYYY-MM-DD` text; undefined where it is none. */
export function dayOfText(value: string): number | undefined {
  if (value.length !== 10 || value.charCodeAt(4) !== 45 || value.charCodeAt(7) !== 45) return undefined;
  const [year, month, day] = [numberAt(value, 0, 4), numberAt(value, 5, 2), numberAt(value, 8, 2)];
  return isCivilDate(year, month, day) ? dayOfCivil(year, month, day) : undefined;
}
