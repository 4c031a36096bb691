import type { Period } from '@medplum/fhirtypes';
import { instantsOf, type CivilTime } from '../../../core/index.ts';
import { absent } from './absent.ts';

const DATE_TIME = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d:\d\d(?:\.(\d+))?)(Z|[+-]\d\d:\d\d))?$/;

/**
 * A Period of two FHIR dateTimes; undefined: neither is known. An end that lies before its start is an error of somebody's, and not written (per-1). Where it cannot be
 * told, because one of them is only a day, both are told as exactly as the other.
 */
export function periodOf(start: string | undefined, end: string | undefined, timeZone: string): Period | undefined {
  if (start === undefined || end === undefined)
    return start === undefined && end === undefined ? undefined : { ...(start && { start }), ...(end && { end }) };
  const [from, to] = [rangeOf(start, timeZone), rangeOf(end, timeZone)];
  if (to.hiMs <= from.loMs) return { start, ...{ _end: absent('error') } };
  if (start.length !== end.length && to.loMs < from.hiMs) {
    const length = Math.min(start.length, end.length, '2026-12-31'.length);
    return { start: start.slice(0, length), end: end.slice(0, length) };
  }
  return { start, end };
}

function rangeOf(text: string, timeZone: string): { readonly loMs: number; readonly hiMs: number } {
  const [, date = '', clock, fraction, offset] = DATE_TIME.exec(text) ?? [];
  if (clock === undefined) {
    const precision = (['year', 'month', 'day'] as const)[date.split('-').length - 1] ?? 'day';
    return instantsOf({ civil: date, precision }, timeZone);
  }
  const time: CivilTime = {
    ...{ civil: `${date}T${clock}`, precision: fraction === undefined ? 'second' : 'millisecond' },
    ...(offset === undefined ? {} : { offset }),
  };
  return instantsOf(time, timeZone);
}
