import { civilOf, clockOf, type Day, type WallSeconds } from '../model/calendar.ts';

/** windows-1252 agrees with latin1 in the letters that names use. */
export function encoded(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1');
}

export function timeText(day: Day, seconds: WallSeconds): string {
  return `${americanDate(day)} ${clockOf(seconds).slice(0, 5)}`;
}

export function americanDate(day: Day): string {
  const [year, month, date] = civilOf(day).split('-');
  return `${month ?? ''}/${date ?? ''}/${year ?? ''}`;
}

export function quoted(text: string): string {
  return /[";]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
