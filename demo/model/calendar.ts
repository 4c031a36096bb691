/** A civil day as the count of days since 1970-01-01. The model reckons in days and wall-clock seconds; only its edges write texts. */
export type Day = number;

/** Seconds since midnight on the wall clock. */
export type WallSeconds = number;

export function dayOf(civil: string): Day {
  const ms = Date.parse(`${civil}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(civil) || Number.isNaN(ms)) throw new RangeError(`not a civil date: ${civil}`);
  return ms / 86_400_000;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

const civilTexts = new Map<Day, string>();

/** `YYYY-MM-DD`. The few thousand days of a population are remembered, because millions of rows name them. */
export function civilOf(day: Day): string {
  let text = civilTexts.get(day);
  if (text === undefined) {
    text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    if (civilTexts.size < 50_000) civilTexts.set(day, text);
  }
  return text;
}

/** `YYYYMMDD` */
export function compactOf(day: Day): string {
  const text = civilOf(day);
  return text.slice(0, 4) + text.slice(5, 7) + text.slice(8, 10);
}

export function yearOf(day: Day): number {
  return Number(civilOf(day).slice(0, 4));
}

/** `HH:MM:SS` */
export function clockOf(seconds: WallSeconds): string {
  return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
}

/** The n-th Sunday (from 1) of a month (from 1). */
function sundayOf(year: number, month: number, n: number): Day {
  const first = Date.UTC(year, month - 1, 1) / 86_400_000;
  return first + ((3 - (first % 7) + 7) % 7) + 7 * (n - 1);
}

/** Days on which New York changes its clocks (rule in force since 2007): 2:00 becomes 3:00, and 2:00 becomes 1:00. */
export function springForward(year: number): Day {
  return sundayOf(year, 3, 2);
}

export function fallBack(year: number): Day {
  return sundayOf(year, 11, 1);
}

/** The hospital's offset at a wall time; a doubled wall time is its first occurrence; a skipped one is an error of the model. */
export function offsetOf(day: Day, seconds: WallSeconds): '-04:00' | '-05:00' {
  const year = yearOf(day);
  const spring = springForward(year);
  const fall = fallBack(year);
  if (day === spring && seconds >= 7200 && seconds < 10_800) throw new RangeError('wall time inside the spring gap');
  const summer =
    (day > spring || (day === spring && seconds >= 10_800)) && (day < fall || (day === fall && seconds < 7200));
  return summer ? '-04:00' : '-05:00';
}

/** `YYYY-MM-DDTHH:MM:SS-05:00` */
export function zonedOf(day: Day, seconds: WallSeconds): string {
  return `${civilOf(day)}T${clockOf(seconds)}${offsetOf(day, seconds)}`;
}
