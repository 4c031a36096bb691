import {
  dayMs,
  dayOfText,
  dayText,
  offsetText,
  startOfDay,
  timeText,
  wallMsOfTimestamp,
  zoneOf,
} from '../../../core/index.ts';

/** The time of an extract: as a FHIR dateTime (a day, or a time with its offset) and as milliseconds since the epoch, a day as its beginning. */
export interface Stamp {
  readonly asOf: string;
  readonly atMs: number;
}

const stampForm = /\{(YYYYMMDD(?:hhmm(?:ss)?)?)\}/;

/** Whether a file's name fits the declared one, and the digits that stand for its time; empty where the name declares none. */
export function nameReader(declared: string): (name: string) => string | undefined {
  const [before = '', , after = ''] = declared.split(stampForm);
  const digits = stampForm.exec(declared)?.[1]?.length ?? 0;
  const middle = new RegExp(`^\\d{${digits}}$`);
  return (name) => {
    if (!name.startsWith(before) || !name.endsWith(after) || name.length !== before.length + digits + after.length)
      return undefined;
    const found = name.slice(before.length, before.length + digits);
    return middle.test(found) ? found : undefined;
  };
}

/** Reads `YYYYMMDD`, `YYYYMMDDhhmm` or `YYYYMMDDhhmmss` in a zone; undefined for digits that are no time there. */
export function stampOfDigits(digits: string, zone: string): Stamp | undefined {
  const [, year, month, day, hour, minute, second = '00'] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(digits) ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const civil = `${year}-${month}-${day}`;
  if (hour === undefined || minute === undefined) {
    const epochDay = dayOfText(civil);
    return epochDay === undefined ? undefined : { asOf: civil, atMs: startOfDay(zoneOf(zone), epochDay) };
  }
  const wallMs = wallMsOfTimestamp(`${civil} ${hour}:${minute}:${second}`);
  const atMs = wallMs === undefined ? undefined : zoneOf(zone).instantOf(wallMs);
  return atMs === undefined ? undefined : stampOfTime(atMs, zone);
}

/** When a file was last changed, for files without a time in their names. */
export function stampOfChange(changedMs: number, zone: string): Stamp {
  return stampOfTime(Math.floor(changedMs / 1000) * 1000, zone);
}

/** What was written as `asOf` before, as milliseconds. */
export function msOfAsOf(asOf: string, zone: string): number {
  const day = dayOfText(asOf);
  return day === undefined ? Date.parse(asOf) : startOfDay(zoneOf(zone), day);
}

/** In UTC where the zone's offset then had seconds, which FHIR cannot write. */
function stampOfTime(atMs: number, zone: string): Stamp {
  const offsetMs = zoneOf(zone).offsetMsAt(atMs);
  const offset = offsetText(offsetMs);
  const wallMs = offset === undefined ? atMs : atMs + offsetMs;
  return { asOf: `${dayText(Math.floor(wallMs / dayMs))}T${timeText(wallMs, 0)}${offset ?? 'Z'}`, atMs };
}
