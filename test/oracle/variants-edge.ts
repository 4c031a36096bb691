import type { Parameter } from './definitions.ts';
import { numbersOf, quantitiesOf, rangesOf } from './values.ts';
import type { Variant } from './variants.ts';
import type { DateSetting } from './variants-date.ts';

const prefixes = ['', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];
const dayMs = 86_400_000;
const halfHourMs = 1_800_000;

/** Every prefix with exactly the value that is there: where lt and le, gt and ge, sa and eb part. */
export function boundaryVariants({ code, type }: Parameter, element: unknown, setting: DateSetting): Variant[] {
  return exactTexts(type, element, setting).flatMap((text) =>
    prefixes.map((prefix) => ({ name: code, value: prefix + text })),
  );
}

function exactTexts(type: Parameter['type'], element: unknown, { zone }: DateSetting): string[] {
  if (type === 'number') return numbersOf(element);
  if (type === 'quantity') return quantitiesOf(element).map(({ value }) => value);
  if (type !== 'date') return [];
  const ends = rangesOf(element, zone).flatMap(({ lo, hi }) => [lo, hi].filter((t) => Number.isFinite(t)));
  const days = ends.slice(0, 1).map((t) => new Date(zone.wallAt(t)).toISOString().slice(0, 10));
  const instants = ends.map((t) => new Date(t).toISOString());
  return [...(typeof element === 'string' ? [element] : []), ...days, ...instants];
}

/** The instants around a change of the clock within a day of a value: the hour that occurs twice, and the one that never does. */
export function clockVariants({ code, type }: Parameter, element: unknown, { zone }: DateSetting): Variant[] {
  if (type !== 'date') return [];
  return rangesOf(element, zone).flatMap(({ lo }) => {
    const change = Number.isFinite(lo) ? zone.nextChange(lo) : undefined;
    if (change === undefined || Math.abs(change - lo) > dayMs) return [];
    return [-halfHourMs, 0, halfHourMs, 2 * halfHourMs].flatMap((step) => {
      const text = `${new Date(change + step).toISOString().slice(0, 19)}Z`;
      return ['lt', 'ge', 'gt', 'le'].map((prefix) => ({ name: code, value: prefix + text }));
    });
  });
}
