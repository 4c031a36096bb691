import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { never, type Codec, type DateValue } from '../../../src/contracts/index.ts';
import {
  alias,
  char,
  civilDate,
  date,
  instant,
  instantTime,
  integer,
  localDateTime,
  localTimestamp,
  ordinalDate,
  period,
  table,
  text,
  textDateTime,
  ymd,
  ymdTime,
} from '../../../src/mappings/kit/index.ts';
import { damaged, sortKey, written } from './codec-harness.ts';
import { holds, type MemoryRow, type MemoryWorld } from './evaluate-predicate.ts';
import { dateMatches, existsOnWall, rangeOf, type Range } from './fhir-match.ts';

const hospital = 'America/New_York';
const t = alias(
  't',
  table('T', {
    D: date(),
    D2: date(),
    L: localTimestamp(hospital),
    L3: localTimestamp('Australia/Lord_Howe', 3),
    I: instant(),
    I3: instant(3),
    N: integer(),
    C: char(8),
    TM: integer(),
    TM6: text(),
    S: text(),
    S2: char(16),
  }),
);
const serverZones = [hospital, 'Europe/Dublin', 'Pacific/Apia', 'UTC'];
const nowMs = Date.parse('2024-06-01T12:00:00Z');

const two = (n: number): string => String(n).padStart(2, '0');
/** Days around the changes of the clock, ends of months and years, leap days. */
const days = fc.oneof(
  // Often the same few days, so that rows and search values meet.
  { weight: 3, arbitrary: fc.constantFrom('2024-03-10', '2024-11-03', '2024-01-01') },
  fc.constantFrom(
    '2024-03-09',
    '2024-03-10',
    '2024-03-11',
    '2024-11-02',
    '2024-11-03',
    '2024-11-04',
    '2023-12-31',
    '2024-01-01',
    '2024-02-29',
    '2011-12-29',
    '2011-12-31',
    '2024-04-07',
    '2024-10-06',
    '1987-05-17',
  ),
  fc
    .tuple(fc.integer({ min: 2023, max: 2025 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([y, m, d]) => `${y}-${two(m)}-${two(d)}`),
);
const clock = fc.tuple(
  fc.constantFrom(0, 1, 2, 3, 5, 12, 23),
  fc.constantFrom(0, 29, 30, 59),
  fc.constantFrom(0, 0, 1, 59),
);
const clocks = clock.map(([h, m, s]) => `${two(h)}:${two(m)}:${two(s)}`);
const offsets = fc.constantFrom(undefined, undefined, 'Z', '-05:00', '-04:00', '+05:45');

const searches: fc.Arbitrary<DateValue> = fc
  .record({
    prefix: fc.constantFrom('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'),
    precision: fc.constantFrom('year', 'month', 'day', 'minute', 'second', 'millisecond'),
    day: days,
    time: clocks,
    offset: offsets,
  })
  .map(({ prefix, precision, day, time, offset }): DateValue => {
    const civil = {
      year: day.slice(0, 4),
      month: day.slice(0, 7),
      day,
      minute: `${day}T${time.slice(0, 5)}`,
      second: `${day}T${time}`,
      millisecond: `${day}T${time}.000`,
    }[precision];
    return {
      is: 'date',
      prefix,
      precision,
      civil,
      ...(offset === undefined || !civil.includes('T') ? {} : { offset }),
    };
  });

const n = (day: string): string => day.replaceAll('-', '');
const dayOfYear = (day: string): string => {
  const year = day.slice(0, 4);
  return String(Number(year) * 1000 + (Date.parse(day) - Date.parse(`${year}-01-01`)) / 86_400_000 + 1);
};
const dayFirst = (day: string): string => day.split('-').reverse().join('.');

/** What the expression of pieces in another order yields, as a database would. */
const world: MemoryWorld = {
  sql: ({ default: text }, [value = null]) =>
    value === null
      ? null
      : [...text.matchAll(/substr\(\?\?, (\d+), (\d+)\)/g)]
          .map(([, from, length]) => value.slice(Number(from) - 1, Number(from) - 1 + Number(length)))
          .join(''),
};
const numbers = fc.oneof(
  days.map(n),
  days.map((day) => `${n(day).slice(0, 6)}00`),
  days.map((day) => `${n(day).slice(0, 4)}0000`),
  fc.constantFrom('0', '99999999', '20230231', '20231301', '20230015', '12', '00000000'),
);
const cases: readonly {
  readonly name: string;
  readonly codec: Codec;
  readonly row: fc.Arbitrary<MemoryRow>;
  readonly range?: (value: unknown, zone: string) => Range;
}[] = [
  { name: 'civilDate', codec: civilDate(t.D), row: fc.record({ 't.D': fc.option(days) }) },
  {
    name: 'civilDate with unknown values',
    codec: civilDate(t.D, { unknown: ['2024-01-01', '2023-12-31'] }),
    row: fc.record({ 't.D': fc.option(days) }),
  },
  {
    name: 'localDateTime',
    codec: localDateTime(t.L),
    row: fc.record({ 't.L': fc.option(fc.tuple(days, clocks).map((parts) => parts.join(' '))) }),
  },
  {
    name: 'localDateTime with fractions',
    codec: localDateTime(t.L3),
    row: fc.record({
      't.L3': fc.tuple(days, clocks, fc.constantFrom('000', '001', '999')).map(([d, c, f]) => `${d} ${c}.${f}`),
    }),
  },
  {
    name: 'instantTime',
    codec: instantTime(t.I),
    row: fc.record({ 't.I': fc.option(fc.tuple(days, clocks).map((parts) => parts.join(' '))) }),
  },
  {
    name: 'instantTime with fractions',
    codec: instantTime(t.I3),
    row: fc.record({
      't.I3': fc.tuple(days, clocks, fc.constantFrom('000', '500')).map(([d, c, f]) => `${d} ${c}.${f}`),
    }),
  },
  {
    name: 'ymd of a number',
    codec: ymd(t.N),
    row: fc.record({ 't.N': fc.option(numbers.map((value) => String(Number(value)))) }),
  },
  {
    name: 'ymd of a text',
    codec: ymd(t.C),
    row: fc.record({ 't.C': fc.option(fc.oneof(numbers, fc.constantFrom('', '   ', '2024'))) }),
  },
  {
    name: 'ymdTime HHMM of numbers',
    codec: ymdTime({ date: t.N, time: t.TM, zone: hospital }),
    row: fc.record({
      't.N': fc.option(numbers.map((value) => String(Number(value)))),
      't.TM': fc.option(
        fc.oneof(
          clock.map(([h, m]) => String(h * 100 + m)),
          fc.constantFrom('2400', '1260', '99999'),
        ),
      ),
    }),
  },
  {
    name: 'ymdTime HHMMSS of texts',
    codec: ymdTime({ date: t.C, time: t.TM6, zone: hospital, format: 'HHMMSS' }),
    row: fc.record({
      't.C': fc.option(numbers),
      't.TM6': fc.option(
        fc.oneof(
          clocks.map((c) => c.replaceAll(':', '')),
          fc.constantFrom('', ' ', '12'),
        ),
      ),
    }),
  },
  {
    name: 'ordinalDate',
    codec: ordinalDate(t.N),
    row: fc.record({
      't.N': fc.option(
        fc.oneof(days.map(dayOfYear), fc.constantFrom('0', '9999999', '2023366', '2024000', '-5', '12')),
      ),
    }),
  },
  {
    name: 'textDateTime',
    codec: textDateTime(t.S, 'YYYYMMDDhhmmss', hospital),
    row: fc.record({
      't.S': fc.option(
        fc.oneof(
          fc.tuple(days, clocks).map(([d, c]) => n(d) + c.replaceAll(':', '')),
          fc.constantFrom('', ' ', 'soon', '20240230000000'),
        ),
      ),
    }),
  },
  {
    name: 'textDateTime to minutes',
    codec: textDateTime(t.S2, 'YYYY-MM-DD hh:mm', hospital),
    row: fc.record({ 't.S2': fc.option(fc.tuple(days, clocks).map(([d, c]) => `${d} ${c.slice(0, 5)}`)) }),
  },
  {
    name: 'textDateTime with texts that mean no date',
    codec: textDateTime(t.S, 'YYYY-MM-DD', hospital, { unknown: ['0000-00-00', '9999-12-31', 'none'] }),
    row: fc.record({ 't.S': fc.option(fc.oneof(days, fc.constantFrom('0000-00-00', '9999-12-31', 'none', ' '))) }),
  },
  {
    name: 'textDateTime with the day first',
    codec: textDateTime(t.S, 'DD.MM.YYYY', hospital, { unknown: ['00.00.0000', '31.12.9999'] }),
    row: fc.record({
      't.S': fc.option(
        fc.oneof(days.map(dayFirst), fc.constantFrom('00.00.0000', '31.12.9999', '31.02.2024', 'soon', ' ')),
      ),
    }),
  },
  {
    name: 'textDateTime with the month first and a time',
    codec: textDateTime(t.S, 'MM/DD/YYYY hh:mm', hospital),
    row: fc.record({
      't.S': fc.option(
        fc.tuple(days, clocks).map(([d, c]) => `${d.slice(5, 7)}/${d.slice(8)}/${d.slice(0, 4)} ${c.slice(0, 5)}`),
      ),
    }),
  },
  {
    name: 'textDateTime without a time',
    codec: textDateTime(t.S, 'YYYYMMDD', hospital),
    row: fc.record({ 't.S': fc.option(fc.oneof(days.map(n), fc.constant(' '))) }),
  },
  {
    name: 'period',
    codec: period(civilDate(t.D), localDateTime(t.L)),
    row: fc.record({
      't.D': fc.option(days),
      't.L': fc.option(fc.tuple(days, clocks).map((parts) => parts.join(' '))),
    }),
    range: (value, zone) => {
      const { start, end } = value as { start?: string; end?: string };
      return {
        lo: start === undefined ? -Infinity : rangeOf(start, zone).lo,
        hi: end === undefined ? Infinity : rangeOf(end, zone).hi,
      };
    },
  },
];

/** A search for the written value itself, or for a moment within its minute, so that both sides share their edges. */
function nearby(value: unknown, sought: DateValue, second: string): DateValue {
  const own = typeof value === 'string' ? /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):(\d\d)(?:\.\d+)?(.+)$/.exec(value) : null;
  if (own === null) return sought;
  const [, day = '', minute = '', ownSecond = '', offset = ''] = own;
  const at = second === '' ? ownSecond : second;
  const civil = {
    year: day.slice(0, 4),
    month: day.slice(0, 7),
    day,
    minute: `${day}T${minute}`,
    second: `${day}T${minute}:${at}`,
    millisecond: `${day}T${minute}:${at}.000`,
  }[sought.precision];
  const { prefix, precision } = sought;
  return { is: 'date', prefix, precision, civil, ...(civil.includes('T') ? { offset } : {}) };
}

describe('a search for one day', () => {
  it.each([
    ['a date', civilDate(t.D), { is: 'compare', left: t.D, op: '=', value: '2024-03-09' }],
    ['a number', ymd(t.N), { is: 'compare', left: t.N, op: '=', value: '20240309' }],
  ] as const)('asks for %s with one value, whose rarity planners know', (_name, codec, expected) => {
    const day: DateValue = { is: 'date', prefix: 'eq', civil: '2024-03-09', precision: 'day' };
    expect(codec.searches?.date?.(day, { zone: hospital, nowMs })).toEqual(expected);
  });

  it('finds nothing where that value means that the date is unknown', () => {
    const day: DateValue = { is: 'date', prefix: 'eq', civil: '1900-01-01', precision: 'day' };
    const codec = civilDate(t.D, { unknown: ['1900-01-01'] });
    expect(codec.searches?.date?.(day, { zone: hospital, nowMs })).toEqual(never);
  });
});
describe('dates: what is written is what is found', () => {
  it.each(cases)('$name', ({ codec, row, range = (value, zone) => rangeOf(value as string, zone) }) => {
    fc.assert(
      fc.property(
        row,
        searches,
        fc.constantFrom(...serverZones),
        fc.constantFrom('far', '', '30'),
        (raw, any, zone, second) => {
          const value = written(codec, raw);
          if (value === damaged) return;
          const sought = second === 'far' ? any : nearby(value, any, second);
          expect(holds(codec.present!, raw, world)).toBe(value !== undefined);
          const expected = value !== undefined && dateMatches(range(value, zone), sought, zone, nowMs);
          const found = holds(codec.searches!.date!(sought, { zone, nowMs }), raw, world);
          if (found !== expected)
            throw new Error(
              `${JSON.stringify(value)} ${sought.prefix}${sought.civil}${sought.offset ?? ''} in ${zone}: expected ${String(expected)}`,
            );
        },
      ),
      { numRuns: 700 },
    );
  });
});

describe('dates: sort keys never decrease along the stored order', () => {
  const single = cases.filter(
    ({ codec }) => codec.sort?.columns.length === 1 && codec.sort.columns[0]?.computed === undefined,
  );
  it.each(single)('$name', ({ codec, row }) => {
    const column = codec.sort!.columns[0]!;
    const name = `t.${column.name}`;
    fc.assert(
      fc.property(row, row, (a, b) => {
        if (!holds(codec.sort!.present, a) || !holds(codec.sort!.present, b)) return;
        const [left, right] = [sortKey(codec, a), sortKey(codec, b)];
        if (left === damaged || right === damaged) return;
        const [rawA, rawB] = [a[name]!, b[name]!];
        const isBefore = column.type.kind === 'integer' ? Number(rawA) < Number(rawB) : rawA < rawB;
        if (isBefore) expect(left).toBeLessThanOrEqual(right as number);
      }),
    );
  });

  it('textDateTime sorts a text with the day first by its year', () => {
    const codec = textDateTime(t.S, 'DD.MM.YYYY', hospital);
    expect(codec.sort!.columns[0]!.computed!.sql.default).toBe(
      'substr(??, 7, 4) || substr(??, 4, 2) || substr(??, 1, 2)',
    );
    expect(sortKey(codec, {}, () => '20240310')).toBe(Date.parse('2024-03-10T05:00:00Z'));
  });

  it('ymdTime puts a row without a time first on its day', () => {
    const codec = ymdTime({ date: t.N, time: t.TM, zone: hospital });
    const key = (dateText: string, time: string | null) =>
      sortKey(codec, { 't.N': dateText }, () => time ?? '-1') as number;
    expect(key('20240310', null)).toBe(Date.parse('2024-03-10T05:00:00Z'));
    expect(key('20240310', '30')).toBe(Date.parse('2024-03-10T05:30:00Z'));
    expect(key('20241103', '130')).toBe(Date.parse('2024-11-03T05:30:00Z'));
  });
});

describe('dates: what is written', () => {
  const at = ymdTime({ date: t.N, time: t.TM, zone: hospital });
  it.each<[string, Codec, MemoryRow, unknown]>([
    ['a civil date', civilDate(t.D), { 't.D': '2024-02-29' }, '2024-02-29'],
    ['a date that does not exist', civilDate(t.D), { 't.D': '2023-02-29' }, damaged],
    ['winter time', localDateTime(t.L), { 't.L': '2024-01-01 08:00:00' }, '2024-01-01T08:00:00-05:00'],
    ['the first of a doubled hour', localDateTime(t.L), { 't.L': '2024-11-03 01:30:00' }, '2024-11-03T01:30:00-04:00'],
    ['a skipped hour', localDateTime(t.L), { 't.L': '2024-03-10 02:30:00' }, damaged],
    ['an offset with seconds in UTC', localDateTime(t.L), { 't.L': '1870-01-01 00:00:00' }, '1870-01-01T04:56:02Z'],
    ['milliseconds', localDateTime(t.L3), { 't.L3': '2024-01-01 08:00:00.120' }, '2024-01-01T08:00:00.120+11:00'],
    ['an instant', instantTime(t.I), { 't.I': '2024-01-01 08:00:00' }, '2024-01-01T08:00:00Z'],
    ['a year', ymd(t.N), { 't.N': '19800000' }, '1980'],
    ['a month', ymd(t.N), { 't.N': '19800500' }, '1980-05'],
    ['a day', ymd(t.N), { 't.N': '19800517' }, '1980-05-17'],
    ['zero', ymd(t.N), { 't.N': '0' }, undefined],
    ['nines', ymd(t.N), { 't.N': '99999999' }, undefined],
    ['an impossible day', ymd(t.N), { 't.N': '20230231' }, damaged],
    ['a day without a month', ymd(t.N), { 't.N': '20230015' }, damaged],
    ['the last day of a leap year', ordinalDate(t.N), { 't.N': '2024366' }, '2024-12-31'],
    ['a day that the year lacks', ordinalDate(t.N), { 't.N': '2023366' }, damaged],
    ['no day', ordinalDate(t.N), { 't.N': '9999999' }, undefined],
    ['date and time', at, { 't.N': '20240704', 't.TM': '905' }, '2024-07-04T09:05:00-04:00'],
    ['midnight', at, { 't.N': '20240704', 't.TM': '0' }, '2024-07-04T00:00:00-04:00'],
    ['an unknown time', at, { 't.N': '20240704', 't.TM': null }, '2024-07-04'],
    ['24 hours', at, { 't.N': '20240704', 't.TM': '2400' }, damaged],
    ['a time of a whole month', at, { 't.N': '20240700', 't.TM': '905' }, damaged],
    [
      'a time as text',
      textDateTime(t.S, 'YYYYMMDDhhmmss', hospital),
      { 't.S': '20240704090500' },
      '2024-07-04T09:05:00-04:00',
    ],
    ['a text with the day first', textDateTime(t.S, 'DD.MM.YYYY', hospital), { 't.S': '04.07.2024' }, '2024-07-04'],
    ['a day that does not exist', textDateTime(t.S, 'DD.MM.YYYY', hospital), { 't.S': '31.02.2024' }, damaged],
    ['an unreadable text', textDateTime(t.S, 'YYYYMMDDhhmmss', hospital), { 't.S': 'yesterday' }, damaged],
    [
      'an open period',
      period(civilDate(t.D), civilDate(t.D2)),
      { 't.D': '2024-01-01', 't.D2': null },
      { start: '2024-01-01' },
    ],
  ])('%s', (_, codec, row, expected) => {
    expect(written(codec, row)).toEqual(expected);
  });

  it.each(['DDMM', 'YYYY-MM-DD hh', 'YYYYMMMM'])('refuses the pattern %s, which lacks a field', (pattern) => {
    expect(() => textDateTime(t.S, pattern, hospital)).toThrow('each once');
  });

  it('compares the stored number, so that its index is used', () => {
    const predicate = ymd(t.N).searches!.date!(
      { is: 'date', prefix: 'sa', civil: '2024-05', precision: 'month' },
      { zone: hospital, nowMs },
    );
    expect(predicate).toEqual({
      is: 'and',
      of: [
        { is: 'compare', left: t.N, op: '>=', value: '20240600' },
        { is: 'not', of: { is: 'compare', left: t.N, op: '=', value: '99999999' } },
      ],
    });
    expect(existsOnWall('2024-03-10T02:30:00', hospital)).toBe(false);
  });
});
