import { describe, expect, it } from '@jest/globals';
import Big from 'big.js';
import fc from 'fast-check';
import type {
  Codec,
  DialectSql,
  NumberValue,
  Prefix,
  QuantityValue,
  StringValue,
  TokenValue,
} from '../../../src/contracts/index.ts';
import {
  absent,
  alias,
  boolean,
  booleanOf,
  char,
  code,
  codeableConcept,
  coding,
  constant,
  constantString,
  contactPoint,
  decimal,
  decimalNumber,
  decimalQuantity,
  derive,
  equals,
  flag,
  identifier,
  integer,
  integerNumber,
  isNotNull,
  isNull,
  localCode,
  localCoding,
  mappedCoding,
  namePart,
  orAbsent,
  orAbsentConcept,
  orAbsentElement,
  positiveInt,
  reference,
  required,
  resultText,
  string,
  table,
  text,
  textQuantity,
  ucum,
  uri,
  withSearch,
} from '../../../src/mappings/kit/index.ts';
import { damaged, sortKey, written, writtenText } from './codec-harness.ts';
import { holds, type MemoryRow, type MemoryWorld } from './evaluate-predicate.ts';
import { intervalOf, numberMatches, tokenMatches, unitMatches } from './fhir-match.ts';

const UCUM = 'http://unitsofmeasure.org';
const LOINC = 'http://loinc.org';
const context = { zone: 'UTC', nowMs: 0 };
const unaccent = (value: string): string => value.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
const t = alias(
  't',
  table('T', {
    A: text(),
    B: char(12),
    F: text({ folding: { by: 'column', column: 'F_UP', letters: 'upper', fold: unaccent } }),
    F_UP: text(),
    X: text({ folding: { by: 'expression', sql: { default: 'fold(??)' }, letters: 'upper', fold: unaccent } }),
    N: integer(),
    Q: decimal(),
    U: text(),
    Z: boolean(),
  }),
);
const world: MemoryWorld = {
  sql: (sql: DialectSql, [value = null]) =>
    value === null ? null : sql.default.includes('fold') ? unaccent(value) : value,
};
const found = (codec: Codec, kind: keyof NonNullable<Codec['searches']>, value: unknown, row: MemoryRow): boolean =>
  holds((codec.searches![kind] as (value: unknown, context: unknown) => never)(value, context), row, world);
const sexSystem = 'http://hl7.org/fhir/administrative-gender';
const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

describe('strings: what is written is what is found', () => {
  const words = fc.oneof(
    pick(
      'Müller',
      'MULLER',
      'müller',
      "O'Hara",
      'Über^Änne^J',
      '  Lee^ Ann ^',
      '^Only',
      'LEE-X^BO',
      'İpek',
      'ΟΔΥΣΣΕΥΣ',
      '李^小龍',
      '100%_\\x',
      '',
      '   ',
      'a b',
      ' lead',
      'trail ',
      '"quoted"',
      'é',
    ),
    fc.string({ maxLength: 6, unit: pick('a', 'A', 'é', 'E', ' ', '^', '%', '_', '\\', 'Σ', 'ß', '𝒳') }),
  );
  const rows = fc.option(words).map((value): MemoryRow => ({
    't.A': value,
    't.B': value,
    't.F': value,
    't.F_UP': value === null ? null : unaccent(value),
    't.X': value,
  }));
  const lower = (value: string): string =>
    Array.from(value, (char) => (char === 'İ' ? 'i' : char.toLowerCase())).join('');
  const searches = fc.record({
    is: pick('string' as const),
    mode: pick('starts', 'exact', 'contains'),
    value: fc.oneof(
      words,
      words.map((word) => word.trim().slice(0, 3)),
      words.map((word) => `${word.trim()} `),
      words.map((word) => word.split('^')[1] ?? 'x'),
    ),
  });
  it.each<[string, Codec, (value: string) => string]>([
    ['string', string(t.A), lower],
    ['string of char(n)', string(t.B), lower],
    ['string folded by a column', string(t.F), unaccent],
    ['string folded by an expression', string(t.X), unaccent],
    ['namePart 1', namePart(t.A, '^', 1), lower],
    ['namePart 2', namePart(t.A, '^', 2), lower],
    ['namePart 1 folded by a column', namePart(t.F, '^', 1), unaccent],
    ['namePart 2 folded by an expression', namePart(t.X, '^', 2), unaccent],
  ])('%s', (_, codec, fold) => {
    fc.assert(
      fc.property(rows, searches, pick('', 'own ', 'own'), (row, any, own) => {
        const value = written(codec, row);
        if (value === damaged) return;
        // Often the written text itself, also with a blank that trimming took from the stored one.
        const sought = own === '' || typeof value !== 'string' ? any : { ...any, value: value + own.slice(3) };
        expect(holds(codec.present!, row, world)).toBe(value !== undefined);
        const direct = (target: string): boolean => {
          if (sought.mode === 'exact') return target === sought.value;
          return sought.mode === 'starts'
            ? fold(target).startsWith(fold(sought.value))
            : fold(target).includes(fold(sought.value));
        };
        const expected = typeof value === 'string' && direct(value);
        expect([value, sought, found(codec, 'string', sought, row)]).toEqual([value, sought, expected]);
        const token: TokenValue = { is: 'token', code: sought.value };
        expect(found(codec, 'token', token, row)).toBe(value === sought.value);
        expect(found(codec, 'token', { ...token, system: 'urn:x' }, row)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string | null, unknown]>([
    [null, undefined],
    ['', undefined],
    ['  ', undefined],
    [' x ', 'x'],
    ['a"b\\c', 'a"b\\c'],
    ['tab\tnew\nline', 'tab\tnew\nline'],
    ['\u0007bell', damaged],
    ['\u0000', damaged],
    ['\t', damaged],
    ['\u00a0', damaged],
    ['\ud800x', '\ud800x'],
    ['😀', '😀'],
  ])('writes %j as %j', (raw, expected) => {
    expect(written(string(t.A), { 't.A': raw })).toEqual(expected);
  });

  it('escapes lone surrogates, so that the text is valid UTF-8', () => {
    expect(writtenText(string(t.A), { 't.A': '\ud800' })).toBe('"\\ud800"');
  });

  it('sorts in the folded form that the database hands back', () => {
    expect(sortKey(string(t.A), { 't.A': 'B' }, () => 'b')).toBe('b');
    expect(string(t.A).sort!.columns[0]!.computed!.sql.default).toBe('trim(lower(??))');
    expect(() => namePart(t.A, "'", 1)).toThrow('separator');
  });

  it('finds constant texts without asking', () => {
    const country = constantString('France');
    const search = (mode: StringValue['mode'], value: string) =>
      country.searches!.string!({ is: 'string', mode, value }).is;
    expect([
      search('starts', 'fra'),
      search('exact', 'fra'),
      search('contains', 'ANC'),
      search('exact', 'France'),
    ]).toEqual(['always', 'never', 'always', 'always']);
    expect(constant('home').searches!.string).toBeUndefined();
  });
});

const systems = pick<string | undefined>(undefined, '', LOINC, 'urn:local', 'urn:sex', 'phone');
const tokenOf = (codes: fc.Arbitrary<string | undefined>): fc.Arbitrary<TokenValue> =>
  fc
    .record({ system: systems, code: codes })
    .filter(({ system, code: sought }) => sought !== undefined || (system !== undefined && system !== ''))
    .map(({ system, code: sought }) => ({
      is: 'token',
      ...(system === undefined ? {} : { system }),
      ...(sought === undefined ? {} : { code: sought }),
    }));

interface Coded {
  readonly system?: string;
  readonly code?: string;
  readonly value?: string;
  readonly coding?: readonly Coded[];
}
/** The tokens of a written value; a primitive's system is the one that the mapping declares. */
const tokens = (value: unknown, declared?: string): readonly Coded[] => {
  if (value === undefined) return [];
  if (typeof value !== 'object')
    return [
      { ...(declared === undefined ? {} : { system: declared }), code: JSON.stringify(value).replaceAll('"', '') },
    ];
  const coded = value as Coded;
  if (coded.coding !== undefined) return coded.coding;
  if ('reference' in coded || (!('code' in coded) && !('value' in coded))) return [];
  return [{ ...coded, ...((coded.code ?? coded.value) === undefined ? {} : { code: (coded.code ?? coded.value)! }) }];
};

describe('tokens: what is written is what is found', () => {
  const labs = {
    name: 'labs',
    version: '1',
    system: LOINC,
    codes: { GLU: '2345-7', GLUC: { code: '2345-7', display: 'Glucose' }, NA: '2951-2' },
  };
  const raws = fc.option(
    pick('M', 'F', '1', '2', 'GLU', 'GLUC', 'NA', '2345-7', '', '  ', ' M', 'x', 'Y', 'N', '07', '7', '0000000007'),
  );
  const rows = fc
    .tuple(raws, raws, fc.option(pick('1', '2', '7', '-3')), fc.option(pick('true', 'false')))
    .map(([a, u, n, z]): MemoryRow => ({ 't.A': a, 't.B': a, 't.U': u, 't.N': n, 't.Z': z }));
  const codes = pick<string | undefined>(
    undefined,
    'male',
    'female',
    'unknown',
    'M',
    'F',
    'GLU',
    'GLUC',
    'NA',
    '2345-7',
    '2951-2',
    '7',
    '07',
    '0000000007',
    '-3',
    'true',
    'false',
    'nope',
    ' M',
    '',
    'pad-7',
    'x',
  );
  const sex = { M: 'male', F: 'female', 1: 'male' } as const;
  const pad = {
    format: (raw: string) => `pad-${raw.replace(/^0+/, '')}`,
    parse: (value: string) => (/^pad-\d+$/.test(value) ? value.slice(4).padStart(10, '0') : undefined),
  };
  const coded: readonly (readonly [name: string, codec: Codec, declared?: string])[] = [
    ['code, damaged', code(t.A, sex, { system: sexSystem, unmapped: 'damaged' }), sexSystem],
    ['code, omit', code(t.A, sex, { unmapped: 'omit', system: 'urn:sex' }), 'urn:sex'],
    ['code, fallback', code(t.B, sex, { system: sexSystem, unmapped: { fallback: 'unknown' } }), sexSystem],
    [
      'code, fallback to a mapped code',
      code(t.A, sex, { unmapped: { fallback: 'male' }, system: 'urn:sex' }),
      'urn:sex',
    ],
    [
      'code, missing omitted',
      code(t.A, sex, { system: sexSystem, unmapped: { fallback: 'unknown' }, missing: 'omit' }),
      sexSystem,
    ],
    [
      'code, missing alone has a fallback',
      code(t.A, sex, { system: sexSystem, unmapped: 'omit', missing: { fallback: 'unknown' } }),
      sexSystem,
    ],
    [
      'code with a blank key',
      code(t.A, { '': 'male', F: 'female' }, { system: sexSystem, unmapped: 'omit', missing: { fallback: 'unknown' } }),
      sexSystem,
    ],
    [
      'code of an integer',
      code(t.N, { 1: 'male', 2: 'female' }, { system: sexSystem, unmapped: { fallback: 'unknown' } }),
      sexSystem,
    ],
    ['identifier', identifier({ system: 'urn:local', value: t.A })],
    ['identifier without system', identifier({ value: t.B, use: 'usual' })],
    ['identifier of an integer', identifier({ system: 'urn:local', value: t.N })],
    ['identifier with a format', identifier({ system: 'urn:local', value: t.B, ...pad })],
    ['contactPoint', contactPoint({ system: 'phone', value: t.A, use: 'home' })],
    ['coding', coding({ system: 'urn:local', code: t.A, display: t.U })],
    ['mappedCoding', mappedCoding({ column: t.A, map: labs })],
    ['localCoding', localCoding({ column: t.A, system: 'urn:local', map: labs })],
    ['localCode, keep', localCode({ column: t.A, system: 'urn:local', maps: [labs], display: t.U })],
    ['localCode, omit', localCode({ column: t.A, system: 'urn:local', maps: [labs], unmapped: 'omit' })],
    ['localCode, damaged', localCode({ column: t.A, system: 'urn:local', maps: [labs], unmapped: 'damaged' })],
    [
      'codeableConcept',
      codeableConcept({
        coding: [coding({ system: 'urn:local', code: t.A }), mappedCoding({ column: t.U, map: labs })],
        text: string(t.U),
      }),
    ],
    ['orAbsentConcept', orAbsentConcept(mappedCoding({ column: t.A, map: labs }), 'unknown')],
    [
      'derive',
      derive({
        columns: [t.A, t.U],
        write: (a, u) => (a === null ? 'M' : u === null ? 'F' : undefined),
        when: { M: isNull(t.A), F: { is: 'and', of: [isNotNull(t.A), isNull(t.U)] } },
        system: 'urn:sex',
      }),
      'urn:sex',
    ],
    [
      'resultText: coded',
      resultText(t.A, { unit: {}, coded: { GLU: { coding: [{ system: LOINC, code: '2345-7' }] } } }).coded,
    ],
    ['resultText: absentReason', resultText(t.A, { unit: {} }).absentReason],
    ['constant concept', constant({ coding: [{ system: LOINC, code: '2345-7' }, { code: 'GLU' }] })],
    ['constant code', constant('male', { system: 'urn:sex' }), 'urn:sex'],
  ];
  it.each(coded.map(([name, codec, declared]) => ({ name, codec, declared })))('$name', ({ name, codec, declared }) => {
    fc.assert(
      fc.property(rows, tokenOf(codes), (row, sought) => {
        const value = written(codec, row);
        if (value === damaged) return;
        expect([name, row, value, holds(codec.present!, row)]).toEqual([name, row, value, value !== undefined]);
        const expected = tokens(value, declared).some((token) => tokenMatches(token, sought));
        expect([row, value, sought, found(codec, 'token', sought, row)]).toEqual([row, value, sought, expected]);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Codec]>([
    ['flag', flag(t.A, { yes: ['Y', '1'], no: ['N', null] }, 'omit')],
    ['flag with a fallback', flag(t.A, { yes: ['Y'], no: [] }, { fallback: false })],
    ['boolean', booleanOf(t.Z)],
    ['constant boolean', constant(true)],
  ])('%s, whatever the system', (_, codec) => {
    fc.assert(
      fc.property(rows, pick('true', 'false'), systems, (row, sought, system) => {
        const value = written(codec, row);
        expect(holds(codec.present!, row)).toBe(value !== undefined);
        expect(
          found(codec, 'token', { is: 'token', code: sought, ...(system === undefined ? {} : { system }) }, row),
        ).toBe(String(value) === sought);
      }),
    );
  });

  it('writes translations first, keeps the local code and reports it when unmapped', () => {
    const codec = localCode({ column: t.A, system: 'urn:local', maps: [labs], display: t.U });
    const seen: string[] = [];
    const page = { unmapped: (element: string) => void seen.push(element) };
    expect(written(codec, { 't.A': 'GLUC', 't.U': 'Sugar ' }, page)).toEqual({
      coding: [
        { system: LOINC, code: '2345-7', display: 'Glucose' },
        { system: 'urn:local', code: 'GLUC', display: 'Sugar' },
      ],
      text: 'Sugar',
    });
    expect(seen).toHaveLength(0);
    expect(written(codec, { 't.A': 'ODD', 't.U': null }, page)).toEqual({
      coding: [{ system: 'urn:local', code: 'ODD' }],
    });
    expect(seen).toHaveLength(1);
  });

  it('turns a search by the target code into a list of stored codes', () => {
    const codec = localCode({ column: t.A, system: 'urn:local', maps: [labs] });
    expect(codec.searches!.token!({ is: 'token', system: LOINC, code: '2345-7' })).toEqual({
      is: 'in',
      left: t.A,
      values: ['GLU', 'GLUC'],
    });
    expect(codec.searches!.token!({ is: 'token', system: '', code: '2345-7' })).toEqual({ is: 'never' });
    expect(
      code(t.A, sex, { system: sexSystem, unmapped: { fallback: 'unknown' } }).searches!.token!({
        is: 'token',
        code: 'unknown',
      }),
    ).toEqual({ is: 'not', of: { is: 'in', left: t.A, values: ['1', 'M', 'F'] } });
  });

  it.each<[string, Codec, MemoryRow, unknown]>([
    ['blanks around an identifier', identifier({ value: t.A }), { 't.A': ' 7' }, damaged],
    ['blanks around a code', coding({ code: t.A }), { 't.A': '7 ' }, damaged],
    ['an unmapped code', code(t.A, sex, { system: sexSystem, unmapped: 'damaged' }), { 't.A': '9' }, damaged],
    [
      'an identifier',
      identifier({ system: 'urn:x', value: t.A, use: 'usual', type: { text: 'MRN' } }),
      { 't.A': '7' },
      { use: 'usual', type: { text: 'MRN' }, system: 'urn:x', value: '7' },
    ],
    [
      'a phone number',
      contactPoint({ system: 'phone', value: t.A, use: 'home', rank: 1 }),
      { 't.A': ' 555 ' },
      { system: 'phone', value: '555', use: 'home', rank: 1 },
    ],
    [
      'a reference',
      reference('Patient', 'p', [t.A, t.N], { display: t.U }),
      { 't.A': 'M', 't.N': '7', 't.U': 'Ann' },
      { reference: 'Patient/M-7', display: 'Ann' },
    ],
    [
      'a reference without a key',
      reference('Patient', 'p', [t.A], { display: t.U }),
      { 't.A': null, 't.U': 'Ann' },
      { display: 'Ann' },
    ],
    ['a required reference', reference('Patient', 'p', [t.A], { required: true }), { 't.A': ' ' }, damaged],
    [
      'a reference that is named and leads nowhere',
      reference('Patient', 'p', [t.A], { named: t.U }),
      { 't.A': null, 't.U': 'GONE' },
      damaged,
    ],
    [
      'a reference that nobody names',
      reference('Patient', 'p', [t.A], { named: t.U }),
      { 't.A': null, 't.U': ' ' },
      undefined,
    ],
    ['a required value', required(string(t.A)), { 't.A': null }, damaged],
    [
      'an absent element',
      orAbsentElement(reference('Patient', 'p', [t.A]), 'unknown'),
      { 't.A': null },
      { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] },
    ],
    ['an absent primitive', absent('masked'), {}, undefined],
  ])('writes %s', (_, codec, row, expected) => {
    expect(written(codec, row)).toEqual(expected);
  });

  it('marks absent primitives and folds their searches', () => {
    expect([absent('masked').absentReason, orAbsent(string(t.A), 'unknown').absentReason]).toEqual([
      'masked',
      'unknown',
    ]);
    expect(withSearch(string(t.A), { token: () => equals(t.B, 'x') }).searches).not.toHaveProperty('string');
    expect(contactPoint({ system: 'phone', value: t.A }).parts).toMatchObject({
      system: { constant: 'phone' },
      value: { columns: [t.A] },
    });
  });
});

describe('numbers and quantities: what is written is what is found', () => {
  const numbers = fc.oneof(
    pick('5', '5.4', '5.35', '5.45', '5.40', '100', '0', '-5.4', '0.5', '50', '150', '7', '7.4', '-1', '2'),
    fc
      .tuple(fc.integer({ min: -120, max: 120 }), fc.integer({ min: 0, max: 2 }))
      .map(([d, scale]) => new Big(d).div(10 ** scale).toFixed(scale)),
  );
  const prefixes = pick<Prefix>('eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap');
  const sought = fc.record({ prefix: prefixes, number: fc.oneof(numbers, pick('1e2', '5E0', '5.0e-1', '-1e1')) });

  it.each<[string, Codec, string]>([
    ['decimalNumber', decimalNumber(t.Q), 't.Q'],
    ['integerNumber', integerNumber(t.N), 't.N'],
  ])('%s', (_, codec, column) => {
    fc.assert(
      fc.property(fc.option(numbers), sought, (raw, value) => {
        const row = { [column]: raw };
        const got = written(codec, row);
        if (got === damaged) return;
        expect(holds(codec.present!, row)).toBe(got !== undefined);
        expect([raw, value, found(codec, 'number', { is: 'number', ...value } satisfies NumberValue, row)]).toEqual([
          raw,
          value,
          raw !== null && numberMatches(intervalOf(raw), value),
        ]);
      }),
      { numRuns: 500 },
    );
  });

  const units = {
    column: t.U,
    units: { 'MG/DL': ucum('mg/dL'), 'mg/dl': ucum('mg/dL', 'mg per dL'), '%': { unit: '%' } },
  };
  const soughtUnit = pick<Partial<QuantityValue>>(
    {},
    {},
    {},
    {},
    { system: UCUM, code: 'mg/dL' },
    { code: 'mg/dL' },
    { system: '', code: 'mg/dL' },
    { code: 'mg per dL' },
    { code: '%' },
    { code: 'MG/DL' },
    { code: 'odd' },
    { system: UCUM },
    { system: 'urn:x', code: 'mg/dL' },
  );
  const rawUnits = fc.option(pick('MG/DL', ' mg/dl ', '%', 'odd', '', ' ', 'mg/dL'));
  const results = fc.oneof(
    numbers,
    fc.tuple(pick('<', '<=', '>', '>=', ' < '), numbers).map((parts) => parts.join('')),
    numbers.map((value) => ` ${value.replace('.', ',')} `),
    pick('NEG', ' POSITIVE', '', '  ', '.5', '+4', '007.40', '1.2.3', '7.4 mg', '<', '1e3', '٣'),
  );
  it.each<[string, Codec, boolean]>([
    ['decimalQuantity', decimalQuantity(t.Q, units), false],
    ['decimalQuantity in a fixed unit', decimalQuantity(t.Q, ucum('mg/dL')), false],
    ['textQuantity', textQuantity(t.A, units), true],
    ['textQuantity with a decimal comma', textQuantity(t.A, units, { decimalComma: true }), true],
    ['textQuantity without a unit', textQuantity(t.A, {}), true],
  ])('%s', (_, codec, isText) => {
    fc.assert(
      fc.property(
        fc.option(isText ? results : numbers),
        rawUnits,
        sought,
        soughtUnit,
        (raw, unit, value, unitSought) => {
          const row = { 't.A': raw, 't.Q': raw, 't.U': unit };
          const text = writtenText(codec, row);
          if (text === damaged) return;
          const quantity =
            text === ''
              ? undefined
              : (JSON.parse(text) as { comparator?: string; unit?: string; system?: string; code?: string });
          expect(holds(codec.present!, row)).toBe(quantity !== undefined);
          const search = { is: 'quantity', ...value, ...unitSought } as QuantityValue;
          const number = /"value":([^,}]+)/.exec(text)?.[1];
          const expected =
            quantity !== undefined &&
            numberMatches(intervalOf(number!, quantity.comparator), value) &&
            unitMatches(quantity, search);
          expect([text, search, found(codec, 'quantity', search, row)]).toEqual([text, search, expected]);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('gives every result text exactly one alternative', () => {
    const alternatives = resultText(t.A, {
      unit: units,
      decimalComma: true,
      coded: { NEG: { coding: [{ system: 'urn:local', code: 'neg' }] } },
    });
    const search: StringValue = { is: 'string', mode: 'starts', value: 'pos' };
    fc.assert(
      fc.property(fc.option(results), (raw) => {
        const row = { 't.A': raw, 't.U': null };
        const values = Object.values(alternatives).map((codec: Codec) => written(codec, row));
        expect([raw, values.filter((value) => value !== undefined)]).toHaveLength(2);
        expect(values.filter((value) => value !== undefined)).toHaveLength(1);
        const present = Object.values(alternatives).map((codec: Codec) => holds(codec.present!, row));
        expect(present).toEqual(values.map((value) => value !== undefined));
        expect(found(alternatives.text, 'string', search, row)).toBe(raw?.trim() === 'POSITIVE');
      }),
      { numRuns: 500 },
    );
    expect(written(alternatives.text, { 't.A': ' POSITIVE' })).toBe('POSITIVE');
  });

  it.each([
    ['7.40', '7.40'],
    ['007.40', '7.40'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['+5.', '5'],
    ['1E5', '1e5'],
    ['-0', '-0'],
    ['12345678901234567890.10', '12345678901234567890.10'],
    ['NaN', damaged],
    ['', damaged],
  ])('writes the decimal %s as %s', (raw, expected) => {
    expect(writtenText(decimalNumber(t.Q), { 't.Q': raw })).toBe(expected);
  });

  it.each<[string, Codec, MemoryRow, unknown]>([
    [
      'a comparator and a comma',
      textQuantity(t.A, ucum('mg/dL'), { decimalComma: true }),
      { 't.A': ' <= 7,40 ' },
      { value: 7.4, comparator: '<=', unit: 'mg/dL', system: UCUM, code: 'mg/dL' },
    ],
    [
      'an unmapped unit as text',
      decimalQuantity(t.Q, units),
      { 't.Q': '5', 't.U': ' odd ' },
      { value: 5, unit: 'odd' },
    ],
    [
      'an unmapped unit as damage',
      decimalQuantity(t.Q, { ...units, unmapped: 'damaged' }),
      { 't.Q': '5', 't.U': 'odd' },
      damaged,
    ],
    ['a number with too many digits', resultText(t.A, { unit: {} }).text, { 't.A': ' <1234567890123456789' }, damaged],
    ['an integer out of range', integerNumber(t.N), { 't.N': '2147483648' }, damaged],
    ['a count of none', positiveInt(t.N), { 't.N': '0' }, damaged],
  ])('writes %s', (_, codec, row, expected) => {
    expect(written(codec, row)).toEqual(expected);
  });

  it('refuses coded results that the grammar reads as numbers', () => {
    expect(() => resultText(t.A, { unit: {}, coded: { '7': {} } })).toThrow();
  });
});

describe('uris: what is written is what is found', () => {
  it('exactly, below and above', () => {
    const values = pick(
      'http://a.org/x',
      'http://a.org/x/',
      'http://a.org/x/y',
      'http://a.org',
      'http://a.org/xy',
      'urn:oid:1.2',
      'urn:oid:1.2.3',
      '/',
      '',
      ' x',
    );
    const isBelow = (long: string, short: string): boolean =>
      long === short || long.startsWith(short.endsWith('/') ? short : `${short}/`);
    const codec = uri(t.A);
    fc.assert(
      fc.property(fc.option(values), values, pick('exact', 'below', 'above'), (raw, value, mode) => {
        const got = written(codec, { 't.A': raw });
        if (got === damaged || value.trim() !== value || value === '') return;
        const expected =
          typeof got === 'string' &&
          (mode === 'exact' ? got === value : mode === 'below' ? isBelow(got, value) : isBelow(value, got));
        expect([raw, value, mode, found(codec, 'uri', { is: 'uri', mode, value }, { 't.A': raw })]).toEqual([
          raw,
          value,
          mode,
          expected,
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
