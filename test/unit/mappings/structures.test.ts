import { describe, expect, it } from '@jest/globals';
import type { Codec, Predicate } from '../../../src/contracts/index.ts';
import {
  alias,
  and,
  component,
  constant,
  Damaged,
  date,
  decimalQuantity,
  decimal,
  descending,
  equals,
  groupBy,
  integer,
  isFirst,
  isNotNull,
  joinFirst,
  localCode,
  not,
  onlyWith,
  or,
  reasonIfAbsent,
  table,
  text,
  ucum,
  unitCode,
  unpivot,
} from '../../../src/mappings/kit/index.ts';
import { damaged, writtenText } from './codec-harness.ts';
import { holds, type MemoryRow } from './evaluate-predicate.ts';

const HISTORY = table('HISTORY', { ID: integer(), NO: integer(), AT: date(), RANK: integer(), DEL: text() });
const base = alias('b', table('BASE', { NO: integer() }));
const h = alias('h', HISTORY, { live: (row) => not(equals(row.DEL, 'Y')) });

/** Rows of few values, so that they tie, and with NULL in every column of the order but the last. */
const rows: readonly MemoryRow[] = Array.from({ length: 120 }, (_, i) => {
  const pick = (n: number, salt: number): number => ((i + 1) * 7919 * salt + i * i) % n;
  const at = pick(4, 3);
  const rank = pick(3, 5);
  return {
    'h.ID': String(i),
    'h.NO': String(pick(17, 2)),
    'h.AT': at === 0 ? null : `2026-01-0${String(at)}`,
    'h.RANK': rank === 0 ? null : String(rank),
    'h.DEL': pick(9, 11) === 0 ? 'Y' : null,
  };
});

const renamed = (row: MemoryRow): MemoryRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace('h.', 'h_rival.'), value]));
const isLive = (row: MemoryRow): boolean => row['h.DEL'] !== 'Y';
const world = { tables: { h_rival: rows.filter(isLive).map(renamed) } };

/** Newest first, then the smallest rank, then the largest id; NULL last. */
function firstOf(candidates: readonly MemoryRow[]): string | undefined {
  const key = (row: MemoryRow): string =>
    [
      row['h.AT'] == null ? '9' : `0${String(9 - Number(row['h.AT'].slice(-1)))}`,
      row['h.RANK'] ?? '9',
      String(999 - Number(row['h.ID'])).padStart(3, '0'),
    ].join();
  return candidates.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))[0]?.['h.ID'] ?? undefined;
}

const order = [descending(h.AT), h.RANK, descending(h.ID)] as const;
const ids = (predicate: Predicate): readonly string[] =>
  rows.filter((row) => isLive(row) && holds(predicate, row, world)).map((row) => row['h.ID'] ?? '');
const expected = (test: (row: MemoryRow) => boolean): readonly string[] => {
  const candidates = rows.filter((row) => isLive(row) && test(row));
  const groups = [...new Set(candidates.map((row) => row['h.NO']))];
  return groups
    .map((no) => firstOf(candidates.filter((row) => row['h.NO'] === no)) ?? '')
    .toSorted((a, b) => Number(a) - Number(b));
};

describe('the first row among those that share a value', () => {
  it('is exactly one, whatever ties and whatever is missing', () => {
    expect(expected(() => true).length).toBeGreaterThan(5);
    expect(ids(isFirst(h, [h.NO], order))).toEqual(expected(() => true));
  });

  it('is one where rows tie in the whole order: the key of the table decides', () => {
    const keyed = alias('h', table('HISTORY', HISTORY.columns, { key: ['ID'] }), {
      live: (row) => not(equals(row.DEL, 'Y')),
    });
    const groups = new Set(rows.filter(isLive).map((row) => row['h.NO']));
    for (const list of [keyed, h]) {
      const found = ids(isFirst(list, [list.NO], [list.RANK]));
      expect(found).toHaveLength(groups.size);
      expect(new Set(found.map((id) => rows[Number(id)]?.['h.NO']))).toEqual(groups);
    }
    const { where } = groupBy(keyed, { by: [keyed.NO], order: [keyed.AT] });
    expect(ids(where)).toHaveLength(groups.size);
  });

  it('is looked for among the rows that a condition admits', () => {
    const admitted = equals(h.RANK, '2');
    expect(ids(and(admitted, isFirst(h, [h.NO], order, admitted)))).toEqual(expected((row) => row['h.RANK'] === '2'));
  });

  it('joins one row of several', () => {
    const { to, on, where } = joinFirst(h, [[h.NO, base.NO]], { order, where: isNotNull(h.RANK) });
    expect([to.alias, on]).toEqual(['h', [[h.NO, base.NO]]]);
    expect(ids(where!)).toEqual(expected((row) => row['h.RANK'] !== null));
  });

  it('stands for its group, whose key is what the rows share', () => {
    const { key, where } = groupBy(h, { by: [h.NO], order: [h.ID] });
    expect(key).toEqual([h.NO]);
    const heads = rows.filter((row) => isLive(row) && holds(where, row, world));
    const groups = [...new Set(rows.filter(isLive).map((row) => row['h.NO']))];
    expect(heads.map((row) => row['h.NO'])).toEqual(groups);
    expect(holds(where, { 'h.ID': '1', 'h.NO': null, 'h.AT': null, 'h.RANK': null, 'h.DEL': null }, world)).toBe(false);
  });
});

const VITALS = table('VITALS', { ID: integer(), PULSE: integer(), TEMP: decimal(), NOTE: text(), DEL: text() });
const v = alias('v', VITALS);
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });

describe('a wide row', () => {
  const branches = unpivot(
    'Observation',
    { from: v, key: [v.ID], where: not(equals(v.DEL, 'Y')), profiles: ['urn:vital'] },
    [
      { prefix: 'vp', column: v.PULSE, code: '8867-4', unit: '/min' },
      {
        prefix: 'vt',
        column: v.TEMP,
        code: '8310-5',
        unit: 'Cel',
        present: not(equals(v.TEMP, '0')),
        profiles: ['urn:temperature'],
      },
    ],
    ({ column, code, unit }) => ({
      status: constant('final'),
      code: constant(loinc(code)),
      valueQuantity: decimalQuantity(column, ucum(unit)),
    }),
  );

  it('becomes one branch for each column, with its own prefix and profile', () => {
    expect(branches.map(({ prefix, profiles, key }) => [prefix, profiles, key])).toEqual([
      ['vp', ['urn:vital'], [v.ID]],
      ['vt', ['urn:temperature'], [v.ID]],
    ]);
    const row = { 'v.PULSE': '60', 'v.TEMP': '36.50' };
    expect(branches.map(({ elements }) => writtenText(elements['valueQuantity'] as Codec, row))).toEqual([
      '{"value":60,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}',
      '{"value":36.50,"unit":"Cel","system":"http://unitsofmeasure.org","code":"Cel"}',
    ]);
  });

  it.each<[MemoryRow, boolean[]]>([
    [{ 'v.PULSE': '60', 'v.TEMP': '36.5', 'v.DEL': null }, [true, true]],
    [{ 'v.PULSE': null, 'v.TEMP': '36.5', 'v.DEL': null }, [false, true]],
    [{ 'v.PULSE': '60', 'v.TEMP': '0', 'v.DEL': null }, [true, false]],
    [{ 'v.PULSE': '60', 'v.TEMP': '36.5', 'v.DEL': 'Y' }, [false, false]],
  ])('is no resource where its column is empty or the row is deleted: %j', (row, there) => {
    expect(branches.map(({ where }) => holds(where!, row))).toEqual(there);
  });
});

describe('the code of a unit', () => {
  const code = unitCode({ column: v.NOTE, units: { C: ucum('Cel', 'C'), R: { unit: 'R' } } });
  it.each<[string | null, string]>([
    ['C', '"Cel"'],
    [' C ', '"Cel"'],
    ['R', ''],
    ['X', ''],
    [' ', ''],
    [null, ''],
  ])('%j', (raw, expected) => {
    expect(writtenText(code, { 'v.NOTE': raw })).toBe(expected);
    expect(holds(code.present!, { 'v.NOTE': raw })).toBe(expected !== '');
  });
});

describe('a component', () => {
  const pulse = decimalQuantity(v.PULSE, ucum('/min'));

  it('has its value, and a reason in its place only where one is declared', () => {
    expect(Object.keys(component({ code: loinc('8867-4'), value: pulse }))).toEqual(['code', 'valueQuantity']);
    const { dataAbsentReason } = component({ code: loinc('8867-4'), value: pulse, absent: 'not-performed' });
    const reason = dataAbsentReason as Codec;
    expect(writtenText(reason, { 'v.PULSE': '60' })).toBe('');
    expect(JSON.parse(writtenText(reason, { 'v.PULSE': null }) as string)).toEqual({
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'not-performed' }],
    });
    const by = (code: string): Predicate => reason.searches!.token!({ is: 'token', code });
    expect([null, '60'].map((value) => holds(by('not-performed'), { 'v.PULSE': value }))).toEqual([true, false]);
    expect(by('unknown').is).toBe('never');
    expect(holds(or(reason.present!, pulse.present!), { 'v.PULSE': null })).toBe(true);
  });

  it('is damaged where its value is, and counts an unmapped unit once', () => {
    const broken: Codec = {
      is: 'codec',
      columns: [v.NOTE],
      compile: () => () => {
        throw new Damaged('', 'broken');
      },
    };
    let counted = 0;
    const counting: Codec = {
      is: 'codec',
      columns: [v.NOTE],
      compile: () => (_row, page) => {
        page.unmapped('unit');
        return '1';
      },
    };
    expect(writtenText(reasonIfAbsent(broken, 'unknown'), { 'v.NOTE': 'x' })).toBe(damaged);
    expect(reasonIfAbsent(broken, 'unknown').searches).toBeUndefined();
    writtenText(reasonIfAbsent(counting, 'unknown'), { 'v.NOTE': 'x' }, { unmapped: () => void (counted += 1) });
    expect(counted).toBe(0);
  });

  it('leaves out a code whose other element is missing, in what is written and in what is found', () => {
    const reading = alias('v', table('READING', { DOSE: decimal(), UNIT: text(), ROUTE: text() }));
    const dose = decimalQuantity(reading.DOSE, { column: reading.UNIT, units: {} });
    const route = onlyWith(dose, localCode({ column: reading.ROUTE, system: 'urn:route', maps: [] }));
    const [with_, without] = [
      { 'v.DOSE': '1', 'v.UNIT': 'X', 'v.ROUTE': 'PO' },
      { 'v.DOSE': null, 'v.UNIT': 'X', 'v.ROUTE': 'PO' },
    ];
    let counted = 0;
    const page = { unmapped: () => void (counted += 1) };
    expect(writtenText(route, with_, page)).toBe('{"coding":[{"system":"urn:route","code":"PO"}]}');
    expect([writtenText(route, without, page), counted]).toEqual(['', 0]);
    const found = route.searches!.token!({ is: 'token', code: 'PO' });
    expect([with_, without].map((row) => [holds(found, row), holds(route.present!, row)])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(onlyWith({ ...dose, present: undefined! }, route).searches).toBeUndefined();
  });
});
