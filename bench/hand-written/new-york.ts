/** The hospital's wall times with their offset, by the rule that has held since 2007: summer time from the second Sunday of March, 02:00, to the first of November. */

interface SummerTime {
  readonly begins: number;
  readonly ends: number;
}

const years = new Map<number, SummerTime>();

function sundayOf(year: number, month: number, nth: number): number {
  const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  const day = 1 + ((7 - firstWeekday) % 7) + 7 * (nth - 1);
  return (year * 10_000 + month * 100 + day) * 10_000 + 200;
}

/** In: YYYYMMDD and HHMM. A time that occurs twice is its first occurrence. */
function offsetOf(date: number, clock: number): string {
  const year = Math.floor(date / 10_000);
  let summer = years.get(year);
  if (summer === undefined) years.set(year, (summer = { begins: sundayOf(year, 3, 2), ends: sundayOf(year, 11, 1) }));
  const at = date * 10_000 + clock;
  return at >= summer.begins && at < summer.ends ? '-04:00' : '-05:00';
}

/** In: the texts of YYYYMMDD and of HHMM, which may be null. Out: a date or a dateTime; undefined where the date is not known. */
export function drawnText(date: string | null, time: string | null): string | undefined {
  if (date === null || date === '0' || date === '99999999') return undefined;
  const day = dateText(date);
  if (time === null) return day;
  const clock = time.padStart(4, '0');
  return `${day}T${clock.slice(0, 2)}:${clock.slice(2)}:00${offsetOf(Number(date), Number(time))}`;
}

/** `YYYY-MM-DD HH:MM:SS` as a dateTime. */
export function stampText(stamp: string): string {
  const date = Number(stamp.slice(0, 4) + stamp.slice(5, 7) + stamp.slice(8, 10));
  const clock = Number(stamp.slice(11, 13) + stamp.slice(14, 16));
  return `${stamp.slice(0, 10)}T${stamp.slice(11)}${offsetOf(date, clock)}`;
}

/** `YYYYMMDDHHMMSS` as a dateTime. */
export function compactText(time: string): string {
  const offset = offsetOf(Number(time.slice(0, 8)), Number(time.slice(8, 12)));
  return `${dateText(time.slice(0, 8))}T${time.slice(8, 10)}:${time.slice(10, 12)}:${time.slice(12)}${offset}`;
}

/** YYYYMMDD, whose month or day may be 00, as a date. */
export function dateText(date: string): string {
  const year = date.slice(0, 4);
  const month = date.slice(4, 6);
  const day = date.slice(6);
  if (month === '00') return year;
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}
