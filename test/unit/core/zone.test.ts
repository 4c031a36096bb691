import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  civilOfDay,
  dayOfCivil,
  dayText,
  firstDayFrom,
  offsetText,
  startOfDay,
  zoneOf,
} from '../../../src/core/index.ts';

const zones = [
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Europe/Dublin',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
];
const utcMs = (iso: string): number => Date.parse(`${iso}Z`);
const wallOf = (zdt: Temporal.ZonedDateTime): number => zdt.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds;
const instants = fc.oneof(
  fc.integer({ min: utcMs('1900-01-01T00:00:00'), max: utcMs('2099-12-31T00:00:00') }),
  // Close to the transitions of recent years, where everything interesting happens.
  fc
    .tuple(
      fc.integer({ min: 2000, max: 2030 }),
      fc.constantFrom(2, 3, 9, 10, 11),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 0, max: 47 }),
    )
    .map(([year, month, day, half]) => Date.UTC(year, month - 1, day, 0, half * 30)),
);

describe('zones', () => {
  it.each(zones)('%s agrees with Temporal at random instants', (name) => {
    const zone = zoneOf(name);
    fc.assert(
      fc.property(instants, (ms) => {
        const zdt = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name);
        expect(zone.offsetMsAt(ms)).toBe(zdt.offsetNanoseconds / 1e6);
        const wall = wallOf(zdt);
        const first = zdt.toPlainDateTime().toZonedDateTime(name, { disambiguation: 'earlier' });
        expect(zone.instantOf(wall)).toBe(first.epochMilliseconds);
        expect(zone.firstInstantOf(wall)).toBe(first.epochMilliseconds);
        const day = dayOfCivil(zdt.year, zdt.month, zdt.day);
        expect(startOfDay(zone, day)).toBe(zdt.startOfDay().epochMilliseconds);
      }),
      { numRuns: 150 },
    );
  });

  it.each(zones)('%s: wall times and their instants keep one order, and firstWallFrom is exact', (name) => {
    const zone = zoneOf(name);
    fc.assert(
      fc.property(instants, fc.integer({ min: -7_200_000, max: 7_200_000 }), (ms, shift) => {
        const cut = zone.firstWallFrom(ms);
        const at = zone.instantOf(cut);
        expect(at === undefined || at >= ms).toBe(true);
        const wall = cut + shift;
        const instant = zone.instantOf(wall);
        if (instant !== undefined) expect(instant >= ms).toBe(wall >= cut);
        const day = firstDayFrom(zone, ms);
        expect(startOfDay(zone, day) >= ms && startOfDay(zone, day - 1) < ms).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('takes the first occurrence of the doubled hour and refuses the skipped one', () => {
    const zone = zoneOf('America/New_York');
    expect(zone.instantOf(utcMs('2024-11-03T01:30:00'))).toBe(utcMs('2024-11-03T05:30:00'));
    expect(zone.firstWallFrom(utcMs('2024-11-03T06:30:00'))).toBe(utcMs('2024-11-03T02:00:00'));
    expect(zone.instantOf(utcMs('2024-03-10T02:30:00'))).toBeUndefined();
    expect(zone.firstInstantOf(utcMs('2024-03-10T02:30:00'))).toBe(utcMs('2024-03-10T07:00:00'));
  });

  it('refuses a name that is no zone', () => {
    expect(() => zoneOf('Mars/Olympus')).toThrow('no IANA time zone');
  });

  it.each([
    [0, 'Z'],
    [-18_000_000, '-05:00'],
    [20_700_000, '+05:45'],
    [-17_762_000, undefined],
  ])('writes the offset %s as %s', (ms, text) => {
    expect(offsetText(ms)).toBe(text);
  });

  it('counts days like the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: dayOfCivil(1, 1, 1), max: dayOfCivil(9999, 12, 31) }), (day) => {
        const { year, month, day: ofMonth } = civilOfDay(day);
        expect(dayOfCivil(year, month, ofMonth)).toBe(day);
        expect(dayText(day)).toBe(new Temporal.PlainDate(1970, 1, 1).add({ days: day }).toString());
      }),
    );
  });
});
