import { rangesOf } from './values.ts';
import type { Random } from './random.ts';
import type { Zone } from './zone.ts';

export interface DateSetting {
  readonly zone: Zone;
  readonly nowMs: number;
}

const dayMs = 86_400_000;
const prefixes = ['', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];

/** Each precision and each form of the moment, one unit before and after, and the days on which the clock changes. */
export function dateVariants(element: unknown, setting: DateSetting, random: Random): string[] {
  const moments = rangesOf(element, setting.zone).flatMap(({ lo, hi }) => [lo, hi].filter((t) => Number.isFinite(t)));
  const written = typeof element === 'string' ? [element] : [];
  const texts = [...written, ...moments.flatMap((moment) => textsAround(moment, setting, random))];
  return texts.flatMap((text) => random.sample(prefixes, 4).map((prefix) => prefix + text));
}

function textsAround(moment: number, setting: DateSetting, random: Random): string[] {
  const steps = [
    0,
    0,
    1,
    -1,
    1000,
    -1000,
    60_000,
    -60_000,
    3_600_000,
    -3_600_000,
    dayMs,
    -dayMs,
    31 * dayMs,
    -366 * dayMs,
  ];
  const near = random.sample(steps, 6).flatMap((step) => formsOf(moment + step, setting.zone));
  const change = setting.zone.nextChange(moment);
  const changes = change === undefined ? [] : [change, change - 1, change + 1_800_000, change - 1_800_000];
  return [...near, ...changes.flatMap((t) => random.sample(formsOf(t, setting.zone), 4))];
}

/** The moment as year to millisecond, in the server's wall clock, in UTC and at another offset. */
export function formsOf(instantMs: number, zone: Zone): string[] {
  if (instantMs < Date.UTC(1000, 0) || instantMs > Date.UTC(9000, 0)) return [];
  const wall = new Date(zone.wallAt(instantMs)).toISOString();
  const utc = new Date(instantMs).toISOString();
  const kathmandu = new Date(instantMs + (5 * 60 + 45) * 60_000).toISOString();
  const cuts = [16, 19, 23];
  return [
    ...[4, 7, 10].map((cut) => wall.slice(0, cut)),
    ...cuts.map((cut) => wall.slice(0, cut)),
    ...cuts.map((cut) => `${utc.slice(0, cut)}Z`),
    ...cuts.map((cut) => `${kathmandu.slice(0, cut)}+05:45`),
  ];
}
