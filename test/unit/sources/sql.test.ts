import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  always,
  type Column,
  type Predicate,
  type Result,
  type Select,
  type Statement,
} from '../../../src/contracts/index.ts';
import { Fault, systemClock, type NamedEvent } from '../../../src/core/index.ts';
import { breakCircuit } from '../../../src/sources/sql/connect/circuit.ts';
import { connectFailureOf, failureOf } from '../../../src/sources/sql/connect/failures.ts';
import { createShapes } from '../../../src/sources/sql/connect/shapes.ts';
import { streamBatches } from '../../../src/sources/sql/connect/stream.ts';
import { compile } from '../../../src/sources/sql/index.ts';
import { splitRows } from '../../../src/sources/sql/render/finish.ts';
import { fitOf } from '../../../src/sources/sql/render/fit.ts';
import { mysql } from '../../../src/sources/sql/render/mysql.ts';
import { postgres } from '../../../src/sources/sql/render/postgres.ts';
import { shapeOf } from '../../../src/sources/sql/render/shape.ts';
import { successorOf } from '../../../src/sources/sql/render/successor.ts';
import { goldenStatements } from '../../golden/sql/discover.ts';
import { from, m, statement } from './sql/sample.ts';

const goldenFolder = join(import.meta.dirname, '../../golden/sql');
const pg = postgres({ byteOrder: true });
const never = new AbortController().signal;
const plain: Select = {
  from: { alias: 'm', table: from.table },
  joins: [],
  where: always,
  columns: [m('K2')],
  orderBy: [m('K2')],
  descending: false,
};

function where(predicate: Predicate): Statement {
  return { is: 'page', selects: [{ ...plain, where: predicate }] };
}

/** One clause a line, for review. */
function readable({ sql, bindings }: ReturnType<typeof compile>): string {
  const clauses = sql.replace(/ (from|left join|where|and|or|order by|limit|union all) /g, '\n$1 ');
  return `${clauses}\n-- ${JSON.stringify(bindings)}\n`;
}

describe('a standing predicate', () => {
  const listOf = (count: number): Predicate => ({
    is: 'keys',
    columns: [m('K1'), m('K2')],
    keys: Array.from({ length: count }, (_, i) => [`it's "{${i}}" \\ ?`, String(i)]),
  });
  const beside = (list: Predicate, value: string): Statement =>
    where({ is: 'or', of: [list, { is: 'compare', left: m('NAME'), op: '=', value }] });

  it('is written into the text, and its values are not sent', () => {
    const { sql, bindings } = compile(beside({ is: 'standing', of: listOf(900) }, 'Ana'), 'pg');
    expect(bindings).toEqual(['Ana']);
    expect(sql).toContain(`""it''s \\"{899}\\" \\\\ ?""`.slice(1, -1));
  });

  it('makes another statement when its values change, and the same for equal values', () => {
    const keyOf = (list: Predicate): string => shapeOf(beside({ is: 'standing', of: list }, 'Ana'), pg).key;
    expect(keyOf(listOf(900))).toBe(keyOf(listOf(900)));
    expect(keyOf(listOf(900))).not.toBe(keyOf(listOf(901)));
    expect(keyOf(listOf(2))).not.toBe(keyOf(listOf(3)));
    expect(keyOf(listOf(900)).length).toBeLessThan(200);
  });
});

describe('a negation', () => {
  it('of a mark asks for no mark, by the column itself where it can', () => {
    const marked: Predicate = { is: 'compare', left: { operand: 'trim', of: m('NAME') }, op: '<>', value: '' };
    const { sql } = compile(where({ is: 'not', of: marked }), 'pg');
    expect(sql).toContain(`where ("m"."NAME" is null or btrim("m"."NAME") = $1::text)`);
  });

  it('of a value that the column cannot hold asks for rows without one', () => {
    const { sql } = compile(
      where({ is: 'not', of: { is: 'compare', left: m('K2'), op: '<>', value: '9'.repeat(40) } }),
      'pg',
    );
    expect(sql).toContain('where ("m"."K2" is null or false)');
  });
});

describe('golden statements', () => {
  it.each(['pg', 'mysql'] as const)('compile to the reviewed text for %s', async (dialect) => {
    for (const { name, statement: golden } of await goldenStatements()) {
      const file = join(goldenFolder, `${name}.${dialect}.sql`);
      const actual = readable(compile(golden, dialect));
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, actual);
      expect([name, actual]).toEqual([name, readFileSync(file, 'utf8')]);
    }
  });
});

describe('shapes', () => {
  it('compile to the same text and take the values of each statement, for every statement', () => {
    for (const dialect of [pg, mysql()]) {
      const texts = new Map<string, string>();
      const shapes = createShapes(dialect, false, systemClock);
      fc.assert(
        fc.property(statement, (generated) => {
          const { key, values } = shapeOf(generated, dialect);
          const { sql, bindings } = shapes(generated);
          const fresh = createShapes(dialect, false, systemClock)(generated);
          expect({ sql, bindings }).toEqual({ sql: fresh.sql, bindings: fresh.bindings });
          expect(texts.get(key) ?? sql).toBe(sql);
          texts.set(key, sql);
          expect(values.flat()).toEqual(expect.arrayContaining(bindings.flat()));
        }),
        { numRuns: 200 },
      );
    }
  });

  it('do not depend on values, nor on the length of lists where those bind as arrays', () => {
    const key = (predicate: Predicate): string => shapeOf(where(predicate), pg).key;
    const among = (...values: string[]): string => key({ is: 'in', left: m('K1'), values });
    const keyed = (...keys: string[][]): string => key({ is: 'keys', columns: [m('K1'), m('K2')], keys });
    expect(among('a', 'b')).toBe(among('a', 'b', 'c'));
    expect(among('a')).not.toBe(among('a', 'b'));
    expect(keyed(['a', '1'], ['b', '2'])).toBe(keyed(['x', '9'], ['b', '2'], ['c', '3']));
    expect(key({ is: 'compare', left: m('K1'), op: '=', value: 'a' })).toBe(
      key({ is: 'compare', left: m('K1'), op: '=', value: 'b' }),
    );
    expect(key({ is: 'compare', left: m('K2'), op: '=', value: '1' })).not.toBe(
      key({ is: 'compare', left: m('K2'), op: '=', value: 'x' }),
    );
  });

  it('differ where tables, columns, kinds or expressions differ', () => {
    const keyOf = (select: Partial<Select>): string =>
      shapeOf({ is: 'page', selects: [{ ...plain, ...select }] }, pg).key;
    const computed = (sql: string): Column => ({ ...m('K1'), computed: { sql: { default: sql }, uses: [m('K1')] } });
    const keys = [
      keyOf({}),
      keyOf({ from: { alias: 'm', table: { ...from.table, name: 'OTHER' } } }),
      keyOf({ from: { alias: 'm', table: { ...from.table, schema: 'S' } } }),
      keyOf({ columns: [m('K1')] }),
      keyOf({ columns: [{ ...m('K2'), type: { kind: 'decimal' } }] }),
      keyOf({ columns: [computed('lower(??)')] }),
      keyOf({ columns: [computed('upper(??)')] }),
      keyOf({ descending: true }),
      keyOf({ distinct: true }),
      keyOf({ limit: 1 }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('get a name of their own when they are seen often', () => {
    const shapes = createShapes(pg, true, systemClock);
    const once = (limit: string): string | undefined =>
      shapes(where({ is: 'compare', left: m('K1'), op: '=', value: limit })).name;
    expect(Array.from({ length: 6 }, (_, i) => once(String(i)))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'fascia_1',
      'fascia_1',
    ]);
    const names = new Set<string | undefined>();
    for (let shape = 0; shape < 300; shape += 1) {
      const table = { ...from.table, name: `T${String(shape)}` };
      for (let i = 0; i < 5; i += 1)
        names.add(shapes({ is: 'page', selects: [{ ...plain, from: { alias: 'm', table } }] }).name);
    }
    names.delete(undefined);
    expect(names.size).toBe(300);
    const unnamed = createShapes(pg, false, systemClock);
    for (let i = 0; i < 9; i += 1) expect(unnamed(where(always)).name).toBeUndefined();
  });

  it('keep the plan of a name, except for ten minutes after it was slow', () => {
    let nowMs = 0;
    const shapes = createShapes(pg, true, { nowMs: () => nowMs });
    const ran = (ms: number): string => {
      const { plan, took } = shapes(where({ is: 'compare', left: m('K1'), op: '=', value: '1' }));
      took(ms);
      return plan;
    };
    for (let i = 0; i < 4; i += 1) expect(ran(5_000)).toBe('chosen');
    expect([ran(1_000), ran(1_001), ran(1_001), ran(1)]).toEqual(['kept', 'kept', 'chosen', 'chosen']);
    nowMs = 599_999;
    expect(ran(1)).toBe('chosen');
    nowMs = 600_000;
    expect([ran(1), ran(1)]).toEqual(['kept', 'kept']);
  });
});

describe('values', () => {
  it.each([
    ['integer', '9223372036854775807', 'fits'],
    ['integer', '9223372036854775808', 'above'],
    ['integer', '-9223372036854775809', 'below'],
    ['integer', '007', 'none'],
    ['integer', '-0', 'none'],
    ['decimal', '1e2', 'fits'],
    ['decimal', '1e-2', 'fits'],
    ['decimal', `1${'0'.repeat(301)}`, 'above'],
    ['decimal', '-1e9999', 'below'],
    ['decimal', '1e-9999', 'none'],
    ['decimal', '0e9999', 'fits'],
    ['decimal', '.', 'none'],
    ['date', '2024-02-29', 'fits'],
    ['date', '1900-02-29', 'none'],
    ['date', '2000-02-29', 'fits'],
    ['date', '0000-12-31', 'fits'],
    ['date', '10000-01-01', 'fits'],
    ['date', '999999-01-01', 'above'],
    ['date', '0044-03-15 BC', 'fits'],
    ['date', 'infinity', 'fits'],
    ['instant', '2024-01-01 23:59:60', 'none'],
    ['instant', '2024-01-01 23:59:59.123456', 'fits'],
    ['text', '\ud800', 'none'],
    ['char', 'A ', 'none'],
    ['bytes', '0g', 'none'],
  ] as const)('%s %s %s', (kind, value, fit) => {
    expect(fitOf(kind, value, pg.limits)).toBe(fit);
  });

  it('of MySQL end at year 9999 and have no infinity', () => {
    const fit = (value: string): string => fitOf('date', value, mysql().limits);
    expect(['10000-01-01', '0000-01-01', 'infinity', '-infinity', '0044-03-15 BC'].map(fit)).toEqual([
      'above',
      'below',
      'above',
      'below',
      'below',
    ]);
  });

  it('have a successor right after everything that starts with them', () => {
    expect(['a', 'az', '\ud7ff', `a\u{10ffff}`, '\u{10ffff}'].map(successorOf)).toEqual([
      'b',
      'a{',
      '\ue000',
      'b',
      undefined,
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (prefix, text) => {
        const upper = successorOf(prefix);
        const isBetween =
          Buffer.compare(Buffer.from(text), Buffer.from(prefix)) >= 0 &&
          (upper === undefined || Buffer.compare(Buffer.from(text), Buffer.from(upper)) < 0);
        expect(isBetween).toBe(text.startsWith(prefix));
      }),
    );
  });
});

describe('rows', () => {
  const select: Select = { ...plain, columns: [m('CODE'), m('FLAG'), m('RAW'), m('TS'), m('AT')] };

  it('become canonical texts', () => {
    const rows = [
      ['GLU   ', 't', '\\x00ff', '2024-03-31 02:30:00', '2024-03-31 02:30:00+00'],
      [' ', 'f', '\\x', '2024-03-31 02:30:00.12', '2024-03-31 02:30:00'],
      [null, null, null, '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00.5+00'],
    ];
    expect(splitRows({ is: 'page', selects: [select] }, rows)).toEqual([
      [
        ['GLU', 'true', '00ff', '2024-03-31 02:30:00.000', '2024-03-31 02:30:00'],
        ['', 'false', '', '2024-03-31 02:30:00.120', '2024-03-31 02:30:00'],
        [null, null, null, '2024-03-31 02:30:00.123456', '2024-03-31 02:30:00.5'],
      ],
    ]);
  });

  it('are split by select, without padding', () => {
    const rows = [
      ['1', 'a', 't', null],
      ['0', '7', null, null],
      ['1', 'b', 'f', null],
    ];
    const second = { ...plain, columns: [m('K1'), m('FLAG')] };
    expect(splitRows({ is: 'page', selects: [plain, second, plain] }, rows)).toEqual([
      [['7']],
      [
        ['a', 'true'],
        ['b', 'false'],
      ],
      [],
    ]);
  });
});

describe('streaming', () => {
  it('continues after the last row, and hides the columns that it needs for that', async () => {
    const asked: Statement[] = [];
    const run = (statement_: Statement): Promise<Result> => {
      asked.push(statement_);
      return Promise.resolve({
        rows: [
          asked.length === 1
            ? [
                ['x', '1'],
                ['y', '2'],
              ]
            : [['z', '3']],
        ],
      });
    };
    const batches = [];
    for await (const batch of streamBatches(run, { ...plain, columns: [m('K1')], orderBy: [m('K2')] }, 2, never))
      batches.push(batch);
    expect(batches).toEqual([[['x'], ['y']], [['z']]]);
    expect(asked[1]?.selects[0]?.where).toMatchObject({ is: 'row', op: '>', values: ['2'] });
  });
});

describe('failures', () => {
  const reported = (code: string, severity = 'ERROR'): object => ({
    code,
    severity,
    message: 'column "secret" of "PATMAST"',
  });
  it.each([
    [reported('57014'), 'system.timeout'],
    [reported('55P03'), 'system.timeout'],
    [reported('57P01', 'FATAL'), 'system.unavailable'],
    [reported('53300', 'FATAL'), 'system.unavailable'],
    [reported('40001'), 'system.unavailable'],
    [reported('42703'), 'system.failed'],
    [reported('42P01'), 'system.failed'],
    [reported('22P02'), 'system.failed'],
    [new Error('Connection terminated unexpectedly'), 'system.unavailable'],
    [Object.assign(new Error('read'), { code: 'ECONNRESET' }), 'system.unavailable'],
  ])('%j is %s', (error, code) => {
    const { fault, reason } = failureOf('ehr', error);
    expect(fault.code).toBe(code);
    expect(`${fault.message} ${reason} ${String(fault.cause)}`).not.toMatch(/secret|PATMAST/);
  });

  it('to connect are always unavailable', () => {
    expect(connectFailureOf('ehr', reported('28P01')).fault.code).toBe('system.unavailable');
    expect(connectFailureOf('ehr', new Error('timeout exceeded'))).toMatchObject({ reason: 'no connection in time' });
  });
});

describe('the circuit', () => {
  function breaker(): {
    clock: { ms: number; nowMs: () => number };
    states: string[];
    next: { fault: Fault | undefined };
    ask: (signal?: AbortSignal) => Promise<string>;
    asked: () => number;
    circuit: () => string;
  } {
    const clock = { ms: 0, nowMs: (): number => clock.ms };
    const states: string[] = [];
    const next: { fault: Fault | undefined } = { fault: undefined };
    let asked = 0;
    const run = (): Promise<Result> => {
      asked += 1;
      return next.fault === undefined ? Promise.resolve({ rows: [] }) : Promise.reject(next.fault);
    };
    const emit = (event: NamedEvent): void => {
      if (event.event === 'system.circuit') states.push(event.state);
    };
    const broken = breakCircuit({ id: 'ehr', clock, emit, circuit: { failuresMax: 2, retryAfterMs: 3_000 } });
    const ask = (signal = never): Promise<string> =>
      broken.through(run, signal).then(
        () => 'answered',
        (error: unknown) => (error instanceof Fault ? `${error.code} ${String(error.retryAfterSeconds)}` : 'defect'),
      );
    return { clock, states, next, ask, asked: () => asked, circuit: () => broken.health().circuit };
  }

  it('opens after silences in a row, lets one try after a delay, and closes on an answer', async () => {
    const { clock, states, next, ask, asked } = breaker();
    next.fault = new Fault('system.timeout', '');
    await ask();
    next.fault = undefined;
    await ask();
    next.fault = new Fault('system.unavailable', '');
    await ask();
    expect(states).toEqual([]);
    await ask();
    expect(states).toEqual(['open']);
    clock.ms = 1_000;
    expect(await ask()).toBe('system.unavailable 2');
    expect(asked()).toBe(4);
    clock.ms = 3_000;
    const [trial, other] = await Promise.all([ask(), ask()]);
    expect([trial, other]).toEqual(['system.unavailable undefined', 'system.unavailable 1']);
    expect(asked()).toBe(5);
    clock.ms = 6_000;
    next.fault = undefined;
    expect(await ask()).toBe('answered');
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('counts neither errors that the system reports nor callers that go away', async () => {
    const { clock, next, ask, circuit } = breaker();
    next.fault = new Fault('system.failed', '');
    for (let i = 0; i < 5; i += 1) await ask();
    next.fault = new Fault('system.unavailable', '');
    for (let i = 0; i < 5; i += 1) await ask(AbortSignal.abort());
    expect(circuit()).toBe('closed');
    await ask();
    await ask();
    clock.ms = 3_000;
    await ask(AbortSignal.abort());
    next.fault = new Fault('system.failed', '');
    expect(await ask()).toBe('system.failed undefined');
    expect(circuit()).toBe('closed');
  });
});

describe('statements that cannot be', () => {
  it('are defects', () => {
    const hatch: Predicate = {
      is: 'null',
      of: { operand: 'sql', sql: { default: 'f(??, ??)' }, uses: [m('K1')], kind: 'text' },
    };
    expect(() => compile(where(hatch), 'pg')).toThrow('name each used column once');
    expect(() => compile({ is: 'page', selects: [] }, 'pg')).toThrow('needs a select');
    expect(() => compile({ is: 'page', selects: [{ ...plain, distinct: true, orderBy: [m('K1')] }] }, 'pg')).toThrow(
      'ordered by columns that are selected',
    );
  });
});
