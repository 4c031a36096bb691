import { springForward, yearOf, type Day, type WallSeconds } from './calendar.ts';
import { resultSequence } from './keys.ts';
import { LAB_TESTS, type LabTest } from './lab-catalogue.ts';
import type { Random } from './random.ts';
import { MISSING_DEPARTMENT, MISSING_PROVIDER, providerNumber } from './staff.ts';
import type { Traits } from './traits.ts';
import { markerLevel } from './tumour-markers.ts';
import type { LabResult, LabValue, LocalTime, NumberHabit, PointOfCareResult } from './types.ts';
import { flagOf, habitOf, valueOf } from './values.ts';

/** What the results of one order have in common. */
export interface Sample {
  readonly traits: Traits;
  readonly serial: number;
  readonly day: Day;
  readonly seconds: WallSeconds;
  /** The day on which the results are there. */
  readonly released: Day;
  readonly department: string;
  /** From the west clinic's analyser, which writes decimal commas. */
  readonly west: boolean;
  /** The number of the specimen in which a test was done. */
  readonly specimenOf: (testCode: string) => string | null;
  /** From the reference laboratory: numbers beyond 2^53. */
  readonly foreign: boolean;
}

export function testOf(code: string): LabTest {
  const test = LAB_TESTS.get(code);
  if (test === undefined) throw new RangeError(`no such test: ${code}`);
  return test;
}

/** HbA1c of a person with diabetes: it falls over four years, and the other values follow. */
function a1cOf(traits: Traits, day: Day): number {
  const worst = traits.story === undefined ? 7.2 + (traits.person % 7) * 0.3 : 9.3;
  const share = Math.min(1, Math.max(0, (day - (traits.anchor - 1460)) / 1460));
  return worst - share * (traits.story === undefined ? 0.8 : 2.5);
}

function centerOf(traits: Traits, day: Day, code: string): number | undefined {
  const marker = markerLevel(traits, day, code);
  if (marker !== undefined) return marker;
  if (traits.course !== 'diabetic') return undefined;
  if (code === 'A1C') return a1cOf(traits, day);
  if (code === 'A1CI') return 10.929 * (a1cOf(traits, day) - 2.15);
  return code === 'GLU' || code === 'GLUC' ? 28.7 * a1cOf(traits, day) - 46.7 : undefined;
}

function statusOf(random: Random): string {
  const draw = random.next();
  return draw < 0.02 ? 'P' : draw < 0.03 ? 'X' : draw < 0.034 ? 'I' : 'F';
}

function absent(random: Random): LabValue {
  return { is: 'absent', written: random.pick([null, '', '   ']) };
}

/** The number habit that a number of so many digits can bear: three decimals after a comma would read as thousands to people. */
function habitFor(random: Random, sample: { readonly west: boolean }, test: LabTest): NumberHabit {
  return habitOf(random, sample.west, test.number?.signed === true);
}

/** A later wall time of the same day; clocks never show the hour that they skip. */
export function later(day: Day, seconds: WallSeconds): LocalTime {
  const skipped = day === springForward(yearOf(day)) && seconds >= 7200 && seconds < 10_800;
  return { day, seconds: Math.min(86_399, skipped ? seconds + 3600 : seconds) };
}

function loadedAt(random: Random, sample: Sample): LocalTime | undefined {
  return random.chance(0.01) ? undefined : later(sample.released, sample.seconds + random.int(1800, 18_000));
}

function labResult(random: Random, sample: Sample, code: string, index: number): LabResult {
  const { traits } = sample;
  const test = testOf(code);
  const status = statusOf(random);
  const value =
    status === 'I' || random.chance(0.012) ? absent(random) : valueOf(random, test, centerOf(traits, sample.day, code));
  const dayKnown = !random.chance(0.004);
  const timeKnown = dayKnown && !random.chance(0.03);
  return {
    sequence: resultSequence(sample.serial, index, sample.foreign),
    testCode: code,
    value,
    habit: habitFor(random, sample, test),
    unit: random.chance(0.03) ? random.pick([null, '']) : random.pick(test.units),
    low: test.low ?? (random.chance(0.5) ? null : ''),
    high: test.high ?? null,
    specimen: sample.specimenOf(code),
    flag: flagOf(random, value, test.low, test.high),
    statusCode: status,
    ...(dayKnown ? { day: sample.day } : {}),
    ...(timeKnown ? { seconds: sample.seconds } : {}),
    superseded: false,
    department:
      traits.quirk === 'department-dangling' ? MISSING_DEPARTMENT : random.chance(0.02) ? null : sample.department,
    verifier:
      traits.quirk === 'provider-dangling'
        ? MISSING_PROVIDER
        : random.chance(0.3)
          ? null
          : providerNumber(random.int(0, 59)),
    loadedAt: loadedAt(random, sample),
  };
}

/** A corrected result is a new row that points to the one it replaces; corrections are themselves corrected. */
function corrected(random: Random, sample: Sample, first: LabResult, nextIndex: number): LabResult[] {
  const times = random.chance(0.15) ? 2 : 1;
  const chain: LabResult[] = [{ ...first, superseded: true }];
  for (let i = 0; i < times; i += 1) {
    const before = chain[chain.length - 1] ?? first;
    const value = valueOf(random, testOf(first.testCode), centerOf(sample.traits, sample.day, first.testCode));
    chain.push({
      ...before,
      sequence: resultSequence(sample.serial, nextIndex + i, sample.foreign),
      value,
      flag: flagOf(random, value, testOf(first.testCode).low, testOf(first.testCode).high),
      statusCode: 'C',
      superseded: i < times - 1,
      corrects: before.sequence,
      loadedAt: before.loadedAt === undefined ? undefined : later(sample.released, before.loadedAt.seconds + 2400),
    });
  }
  return chain;
}

/** The rows of LABRSLT for one order. */
export function labResultsOf(random: Random, sample: Sample, tests: readonly string[]): readonly LabResult[] {
  const results: LabResult[] = [];
  let next = tests.length;
  tests.forEach((code, index) => {
    const result = labResult(random, sample, code, index);
    if (result.statusCode !== 'F' || !random.chance(0.025) || next > 17) {
      results.push(result);
      return;
    }
    const chain = corrected(random, sample, result, next);
    next += chain.length - 1;
    results.push(...chain);
  });
  return results;
}

const DEVICE_STATUSES = ['FINAL', 'FINAL', 'FINAL', 'FINAL', 'FINAL', 'FINAL', 'FINAL', 'PRELIM', 'CORR'] as const;

/** The groups of LABEAV for one order; some devices add a comment, which is no result. */
export function pointOfCareOf(random: Random, sample: Sample, tests: readonly string[]): readonly PointOfCareResult[] {
  const results: PointOfCareResult[] = tests.map((code, index) => {
    const test = testOf(code);
    const status = random.chance(0.03)
      ? null
      : random.chance(0.02)
        ? 'ERROR'
        : random.chance(0.01)
          ? 'RERUN'
          : random.pick(DEVICE_STATUSES);
    return {
      sequence: index + 1,
      testCode: code,
      value: random.chance(0.02) ? absent(random) : valueOf(random, test, undefined),
      habit: habitFor(random, { west: false }, test),
      unit: random.chance(0.05) ? null : random.pick(test.units),
      low: test.low ?? null,
      high: test.high ?? null,
      specimen: sample.specimenOf(code),
      status,
      ...(random.chance(0.02) ? {} : { at: { day: sample.day, seconds: sample.seconds } }),
    };
  });
  if (random.chance(0.06)) {
    results.push({
      sequence: tests.length + 1,
      testCode: '',
      value: { is: 'absent', written: null },
      habit: 'plain',
      unit: null,
      low: null,
      high: null,
      specimen: null,
      status: null,
      comment: 'LOW BATTERY',
    });
  }
  return results;
}
