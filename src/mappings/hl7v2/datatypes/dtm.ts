import { dayOfText, instantsOf, offsetText, wallMsOfTimestamp, zoneOf, type CivilTime } from '../../../core/index.ts';

const DTM =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?)?)?([+-](?:0\d|1[0-4])[0-5]\d)?$/;

/**
 * A time as HL7 v2 writes it (DTM, TS.1). Out: undefined for one that is not in the calendar, such as `00000000`, and for text that is none. An hour without a
 * minute is a day: FHIR has no such precision, and a minute would be invented.
 *
 * https://www.hl7.eu/HL7v2x/v251/std251/ch02a.html (2.A.22)
 */
export function parseDtm(text: string): CivilTime | undefined {
  const [, year, month, day, hour, minute, second, fraction, offset] = DTM.exec(text.trim()) ?? [];
  if (year === undefined || year === '0000') return undefined;
  if (month === undefined) return { civil: year, precision: 'year' };
  if (!(Number(month) >= 1 && Number(month) <= 12)) return undefined;
  if (day === undefined) return { civil: `${year}-${month}`, precision: 'month' };
  const date = `${year}-${month}-${day}`;
  if (dayOfText(date) === undefined) return undefined;
  if (hour === undefined || minute === undefined) return { civil: date, precision: 'day' };
  const civil = `${date}T${hour}:${minute}`;
  if (wallMsOfTimestamp(`${date} ${hour}:${minute}:${second ?? '00'}`) === undefined) return undefined;
  const zone = offset === undefined ? {} : { offset: `${offset.slice(0, 3)}:${offset.slice(3)}` };
  if (second === undefined) return { civil, precision: 'minute', ...zone };
  if (fraction === undefined) return { civil: `${civil}:${second}`, precision: 'second', ...zone };
  return { civil: `${civil}:${second}.${fraction.slice(0, 3)}`, precision: 'millisecond', ...zone };
}

/** A FHIR dateTime. A wall time that the zone's clock skipped is its day. */
export function dateTimeOf(text: string, timeZone: string): string | undefined {
  const time = parseDtm(text);
  if (time === undefined) return undefined;
  if (!time.civil.includes('T')) return time.civil;
  const clock = time.precision === 'minute' ? `${time.civil}:00` : time.civil;
  if (time.offset !== undefined) return `${clock}${time.offset}`;
  const wallMs = wallMsOfTimestamp(clock.replace('T', ' '));
  const instantMs = wallMs === undefined ? undefined : zoneOf(timeZone).instantOf(wallMs);
  const offset = wallMs === undefined || instantMs === undefined ? undefined : offsetText(wallMs - instantMs);
  return offset === undefined ? time.civil.slice(0, 10) : `${clock}${offset}`;
}

/** A FHIR date, of the first digits of a time: `1970`, `1970-06`, `1970-06-15`. */
export function dateOf(text: string): string | undefined {
  return parseDtm(text)?.civil.slice(0, 10);
}

/** The first instant that a time stands for. */
export function instantMsOf(text: string, timeZone: string): number | undefined {
  const time = parseDtm(text);
  return time === undefined ? undefined : instantsOf(time, timeZone).loMs;
}
