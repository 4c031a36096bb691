import fc from 'fast-check';
import {
  and,
  not,
  type Column,
  type ColumnType,
  type Comparison,
  type Join,
  type Operand,
  type Predicate,
  type Select,
  type Statement,
  type Table,
  type TableAlias,
} from '../../../../src/contracts/index.ts';
import type { Record, Tables } from './in-memory.ts';

const text: ColumnType = { kind: 'text' };
const integer: ColumnType = { kind: 'integer' };
const char: ColumnType = { kind: 'char', length: 6 };

export const main: Table = {
  name: 'MAIN',
  columns: {
    K1: text,
    K2: integer,
    NAME: text,
    CODE: char,
    NUM: { kind: 'decimal' },
    TXT: text,
    D: { kind: 'date' },
    TS: { kind: 'local-timestamp', zone: 'Europe/Berlin', fractionDigits: 3 },
    AT: { kind: 'instant', fractionDigits: 0 },
    FLAG: { kind: 'boolean' },
    RAW: { kind: 'bytes' },
    DEL: text,
  },
};
export const child: Table = {
  name: 'CHILD',
  columns: { K1: text, K2: integer, SEQ: integer, VAL: text, CODE: char, DEL: text },
};
export const lookup: Table = { name: 'LOOKUP', columns: { CODE: char, DESCR: text, DEAD: text } };
export const tables: readonly Table[] = [main, child, lookup];

export function column(alias: string, table: Table, name: string): Column {
  const type = table.columns[name];
  if (type === undefined) throw new Error(name);
  return { alias, name, type };
}

function aliased(alias: string, table: Table, mark?: string): TableAlias {
  const live: Predicate | undefined =
    mark === undefined ? undefined : not({ is: 'compare', left: column(alias, table, mark), op: '=', value: 'Y' });
  return { alias, table, ...(live === undefined ? {} : { live }) };
}

export const m = (name: string): Column => column('m', main, name);
export const c = (name: string): Column => column('c', child, name);
export const from = aliased('m', main, 'DEL');
const children = aliased('c', child, 'DEL');
export const l = (name: string): Column => column('l', lookup, name);
export const joinLookup: Join = { to: aliased('l', lookup, 'DEAD'), on: [[l('CODE'), m('CODE')]] };
export const joinChildLookup: Join = {
  to: aliased('l2', lookup),
  on: [[column('l2', lookup, 'CODE'), c('CODE')]],
  where: { is: 'compare', left: column('l2', lookup, 'DESCR'), op: '<>', value: 'a' },
};

const texts = [
  '',
  'a',
  'A',
  'ab',
  'aB',
  'Ab%c',
  'a_b',
  'a\\b',
  "o'x",
  'a?b',
  '%',
  'é',
  'É',
  'eb',
  'z',
  'ß',
  'ab ',
  ' ab',
  'X^ Y^^Z',
  'x^y',
  '日本',
  '𝒳',
  '\uffee',
];
const numbers = [
  '7.4',
  ' 7,4',
  '<0.5',
  '<= 12',
  '>5',
  'NEG',
  '>=5 ',
  '+3',
  '-2.50',
  '1.2.3',
  '5\n',
  '１',
  '123456789012345678',
  '1234567890123456789',
  '.5',
  '5.',
  '<>5',
  '12,5',
  '7.40',
];
const codes = ['GLU', 'glu', ' GLU', 'HB', 'K', ''];
const pools: { readonly [kind: string]: readonly string[] } = {
  text: texts,
  char: codes,
  integer: ['0', '1', '-1', '2', '40', '2147483648', '9223372036854775807', '-9223372036854775808'],
  decimal: ['0.0000', '1.5000', '-2.2500', '10.0000', '99999999999999.9999'],
  date: ['1970-01-01', '2024-02-29', '1999-12-31', '0999-05-01'],
  'local-timestamp': ['2024-03-31 02:30:00.000', '2024-03-31 02:30:00.120', '1969-12-31 23:59:59.999'],
  instant: ['2024-03-31 02:30:00', '1969-12-31 23:59:59'],
  boolean: ['true', 'false'],
  bytes: ['', '00', '5c78', 'ff'],
};
/** Values that only a search or a forged id can bring: each must be a plain "no", never an error. */
const strange: { readonly [kind: string]: readonly string[] } = {
  text: ['\0', 'a\0', 'A%', '\u{10ffff}', '\ud7ff', 'nothing'],
  char: ['GLU ', 'GLUCOSE', '\0'],
  integer: [
    '007',
    '+1',
    '-0',
    '',
    'x',
    '1.0',
    '9223372036854775808',
    '-9223372036854775809',
    '1' + '0'.repeat(60),
    '1e3',
  ],
  decimal: ['1.5', '-0', '0.00001', '1' + '0'.repeat(400), '-1' + '0'.repeat(400), 'x', '', '.', 'NaN', 'Infinity'],
  date: ['2023-02-29', '2024-13-01', '20240101', '', 'x', '2024-2-29', 'now', 'today', '2024-01-01 00:00:00'],
  'local-timestamp': [
    '2024-03-31 02:30:00',
    '2024-03-31T02:30:00',
    '2024-03-31 24:00:00',
    'now',
    '',
    '2024-02-30 10:00:00',
    '2024-03-31 02:30:00+02',
  ],
  instant: ['2024-03-31 02:30:00.500', 'now', 'x', '2024-03-31 02:30:00Z'],
  boolean: ['t', '1', '', 'TRUE', 'null'],
  bytes: ['0', 'FF', '\\x00', 'zz'],
};

const of = (kind: string): fc.Arbitrary<string> => fc.constantFrom(...(pools[kind] ?? []));
const sought = (kind: string): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: of(kind), weight: 3 }, { arbitrary: fc.constantFrom(...(strange[kind] ?? [])), weight: 1 });

/** A fixed, varied filling: every value occurs, and so do nulls. */
export function fill(): Tables {
  const at = (pool: readonly string[], i: number): string | null =>
    i % (pool.length + 1) === pool.length ? null : (pool[i % (pool.length + 1)] ?? null);
  const rows = Array.from({ length: 60 }, (_, i): Record => ({
    K1: texts[(i * 7) % texts.length] ?? '',
    K2: String(i - 3),
    NAME: at(texts, i),
    CODE: at(codes, i * 5),
    NUM: at(pools['decimal'] ?? [], i),
    TXT: at(numbers, i * 3),
    D: at(pools['date'] ?? [], i),
    TS: at(pools['local-timestamp'] ?? [], i),
    AT: at(pools['instant'] ?? [], i * 2),
    FLAG: at(pools['boolean'] ?? [], i),
    RAW: at(pools['bytes'] ?? [], i * 3),
    DEL: i % 9 === 0 ? 'Y' : i % 4 === 0 ? null : 'N',
  }));
  const inner = Array.from({ length: 70 }, (_, i): Record => {
    const owner = rows[(i * 11) % rows.length];
    return {
      K1: owner?.['K1'] ?? '',
      K2: owner?.['K2'] ?? '',
      SEQ: String(i),
      VAL: at(texts, i),
      CODE: at(codes, i),
      DEL: i % 5 === 0 ? 'Y' : null,
    };
  });
  const known = codes.map((CODE, i): Record => ({ CODE, DESCR: texts[i + 1] ?? null, DEAD: i === 1 ? 'Y' : null }));
  return { MAIN: rows, CHILD: inner, LOOKUP: known };
}

const comparisons: readonly Comparison[] = ['=', '<>', '<', '<=', '>', '>='];

function leaf(pick: (name: string) => Column, names: readonly string[]): fc.Arbitrary<Predicate> {
  const any = fc.constantFrom(...names).map(pick);
  const textual = fc.constantFrom(...names.filter((name) => ['text', 'char'].includes(pick(name).type.kind))).map(pick);
  const derived: fc.Arbitrary<Operand> = textual.chain((of_) =>
    fc.constantFrom<Operand>(
      of_,
      { operand: 'lower', of: of_ },
      { operand: 'trim', of: of_ },
      { operand: 'lower', of: { operand: 'trim', of: of_ } },
      { operand: 'part', of: of_, separator: '^', index: 1 },
      { operand: 'part', of: of_, separator: '^', index: 3 },
      { operand: 'comparator-in-text', of: of_, decimalComma: true },
    ),
  );
  const bare = fc.oneof(of('text'), of('char'), fc.constantFrom('<', '>=', 'y', 'x', 'a', 'ab', '日'), sought('text'));
  return fc.oneof(
    any.chain((left) =>
      fc.record({
        is: fc.constant('compare' as const),
        left: fc.constant(left),
        op: fc.constantFrom(...comparisons),
        value: sought(left.type.kind),
      }),
    ),
    fc.record({
      is: fc.constant('compare' as const),
      left: derived.filter((d) => 'operand' in d),
      op: fc.constantFrom(...comparisons),
      value: bare,
    }),
    fc
      .record({ is: fc.constantFrom('starts' as const, 'contains' as const), left: derived, value: bare })
      .filter(({ left, value }) => 'operand' in left || left.type.kind === 'text' || !value.includes('\0')),
    any.chain((left) =>
      fc.record({
        is: fc.constant('in' as const),
        left: fc.constant(left),
        values: fc.array(sought(left.type.kind), { maxLength: 5 }),
      }),
    ),
    any.map((of_) => ({ is: 'null' as const, of: of_ })),
    derived.map((of_) => ({ is: 'null' as const, of: of_ })),
  );
}

const mainNames = Object.keys(main.columns);
const numberLeaf: fc.Arbitrary<Predicate> = fc.record({
  is: fc.constant('compare' as const),
  left: fc.boolean().map((decimalComma): Operand => ({ operand: 'number-in-text', of: m('TXT'), decimalComma })),
  op: fc.constantFrom(...comparisons),
  value: fc.constantFrom('7.4', '0.5', '12', '-2.5', '5', 'x', '123456789012345678'),
});
const key: fc.Arbitrary<readonly string[]> = fc.tuple(
  sought('text'),
  fc.oneof(sought('integer'), fc.integer({ min: -3, max: 56 }).map(String)),
);
const keysLeaf: fc.Arbitrary<Predicate> = fc.oneof(
  fc.array(key, { maxLength: 7 }).map((keys): Predicate => ({ is: 'keys', columns: [m('K1'), m('K2')], keys })),
  fc
    .array(
      fc.integer({ min: -3, max: 56 }).map((n) => [String(n)]),
      { maxLength: 5 },
    )
    .map((keys): Predicate => ({ is: 'keys', columns: [m('K2')], keys })),
);
const rowLeaf: fc.Arbitrary<Predicate> = fc.oneof(
  fc
    .tuple(fc.constantFrom('<' as const, '>' as const), of('text'), of('integer'))
    .map(([op, a, b]): Predicate => ({ is: 'row', columns: [m('K1'), m('K2')], op, values: [a, b] })),
  fc
    .tuple(fc.constantFrom('<' as const, '>' as const), of('decimal'), of('char'), of('integer'))
    .map(([op, a, b, d]): Predicate => ({ is: 'row', columns: [m('NUM'), m('CODE'), m('K2')], op, values: [a, b, d] })),
  fc
    .tuple(fc.constantFrom('<' as const, '>' as const), of('local-timestamp'), of('integer'))
    .map(([op, a, b]): Predicate => ({ is: 'row', columns: [m('TS'), m('K2')], op, values: [a, b] })),
);
const columnsLeaf: fc.Arbitrary<Predicate> = fc.record({
  is: fc.constant('compare-columns' as const),
  left: fc.constant(m('K1')),
  op: fc.constantFrom(...comparisons),
  right: fc.constant(m('NAME')),
});
const joinedLeaf = leaf(l, ['DESCR', 'DEAD']);
const existsLeaf: fc.Arbitrary<Predicate> = fc
  .tuple(
    leaf(c, ['VAL', 'SEQ', 'CODE']),
    fc.boolean(),
    leaf((name) => column('l2', lookup, name), ['DESCR']),
  )
  .map(([where, joins, far]): Predicate => ({
    is: 'exists',
    from: children,
    joins: [joinChildLookup],
    on: [
      [c('K1'), m('K1')],
      [c('K2'), m('K2')],
    ],
    where: joins ? and(where, far) : where,
  }));

export const predicate: fc.Arbitrary<Predicate> = fc.letrec<{ any: Predicate }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(
      leaf(m, mainNames),
      leaf(m, mainNames),
      numberLeaf,
      keysLeaf,
      rowLeaf,
      columnsLeaf,
      joinedLeaf,
      existsLeaf,
    ),
    fc.record({ is: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('any'), { maxLength: 3 }) }),
    tie('any').map((of_): Predicate => ({ is: 'not', of: of_ })),
    tie('any').map((of_): Predicate => ({ is: 'standing', of: of_ })),
  ),
})).any;

const sorts: readonly (readonly string[])[] = [
  ['K2'],
  ['K1', 'K2'],
  ['NAME', 'K2'],
  ['NUM', 'K2'],
  ['TS', 'K1', 'K2'],
  ['CODE', 'D', 'K2'],
];

const select: fc.Arbitrary<Select> = fc
  .record({
    where: predicate,
    columns: fc.subarray([...mainNames.map(m), l('DESCR')], { minLength: 1 }),
    sort: fc.constantFrom(...sorts),
    descending: fc.boolean(),
    limit: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined }),
    distinct: fc.boolean(),
  })
  .map(({ where, columns, sort, descending, limit, distinct }): Select => {
    const orderBy = sort.map(m);
    const present = and(where, ...orderBy.map((of_) => not({ is: 'null', of: of_ })));
    const shown = distinct ? orderBy.slice(0, -1) : columns;
    return {
      from,
      joins: [joinLookup],
      where: present,
      columns: shown.length === 0 ? orderBy : shown,
      orderBy: distinct && shown.length > 0 ? shown : orderBy,
      descending,
      ...(limit === undefined ? {} : { limit }),
      distinct,
    };
  });

export const statement: fc.Arbitrary<Statement> = fc.record({
  is: fc.constantFrom('page' as const, 'page' as const, 'count' as const),
  selects: fc.array(select, { minLength: 1, maxLength: 3 }),
});
