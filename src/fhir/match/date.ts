import type { DateValue } from '../../contracts/index.ts';
import { dayOfText, instantsOf, type CivilTime, type InstantRange } from '../../core/index.ts';
import type { JsonObject } from '../written-json.ts';
import { isObject, textOf, textsOf, type Element, type ElementTest, type MatchContext } from './element.ts';

/** https://hl7.org/fhir/R4/search.html#date: both sides are ranges of instants, by their precision. */
export function dateTest(sought: DateValue, context: MatchContext): ElementTest {
  const fits = rangeTest(sought, context);
  return (element) => {
    const target = rangeOf(element, context.zone);
    return target !== undefined && fits(target);
  };
}

function rangeTest(sought: DateValue, context: MatchContext): (target: InstantRange) => boolean {
  const { loMs, hiMs } = instantsOf(sought, context.zone);
  const equal = (target: InstantRange): boolean => loMs <= target.loMs && target.hiMs <= hiMs;
  const greater = (target: InstantRange): boolean => target.hiMs > hiMs;
  const less = (target: InstantRange): boolean => target.loMs < loMs;
  switch (sought.prefix) {
    case 'eq':
      return equal;
    case 'ne':
      return (target) => !equal(target);
    case 'gt':
      return greater;
    case 'lt':
      return less;
    case 'ge':
      return (target) => greater(target) || equal(target);
    case 'le':
      return (target) => less(target) || equal(target);
    case 'sa':
      return (target) => target.loMs >= hiMs;
    case 'eb':
      return (target) => target.hiMs <= loMs;
    case 'ap': {
      // A tenth of the distance between now and the nearer end of the search range; none while now lies in it.
      const slackMs = Math.max(0, loMs - context.nowMs, context.nowMs - hiMs) / 10;
      return (target) => target.loMs < hiMs + slackMs && target.hiMs > loMs - slackMs;
    }
  }
}

/** The instants of a date, dateTime or instant, of a Period, whose missing end is infinite, or from the first to the last event of a Timing. */
function rangeOf(element: Element, zone: string): InstantRange | undefined {
  if (typeof element === 'string') return instantsOfText(element, zone);
  if (!isObject(element)) return undefined;
  if ('start' in element || 'end' in element) return periodOf(element, zone);
  const { repeat } = element;
  const bounds = isObject(repeat) ? repeat['boundsPeriod'] : undefined;
  const ranges = [
    ...textsOf(element, ['event']).map((event) => instantsOfText(event, zone)),
    isObject(bounds) ? periodOf(bounds, zone) : undefined,
  ].filter((range) => range !== undefined);
  if (ranges.length === 0) return undefined;
  return {
    loMs: Math.min(...ranges.map((range) => range.loMs)),
    hiMs: Math.max(...ranges.map((range) => range.hiMs)),
  };
}

function periodOf(element: JsonObject, zone: string): InstantRange | undefined {
  const end = (name: string): InstantRange | undefined => instantsOfText(textOf(element, name) ?? '', zone);
  const [start, stop] = [end('start'), end('end')];
  if (start === undefined && stop === undefined) return undefined;
  return { loMs: start?.loMs ?? -Infinity, hiMs: stop?.hiMs ?? Infinity };
}

const shape = /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

const datePrecisions = { 4: 'year', 7: 'month', 10: 'day' } as const;

function instantsOfText(text: string, zone: string): InstantRange | undefined {
  const time = civilOf(text);
  return time && instantsOf(time, zone);
}

/** Undefined where the text is no date of the calendar. */
function civilOf(text: string): CivilTime | undefined {
  const [, date, clock, offset] = shape.exec(text) ?? [];
  if (date === undefined || dayOfText(`${date}-01-01`.slice(0, 10)) === undefined) return undefined;
  if (clock === undefined) return { civil: date, precision: datePrecisions[date.length as 4 | 7 | 10] };
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.|$)|$)/.test(clock)) return undefined;
  return {
    civil: `${date}T${clock.slice(0, 12)}`,
    precision: clock.length > 8 ? 'millisecond' : clock.length > 5 ? 'second' : 'minute',
    ...(offset === undefined ? {} : { offset }),
  };
}
