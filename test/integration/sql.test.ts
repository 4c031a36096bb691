import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import mysql from 'mysql2/promise';
import pg from 'pg';
import {
  always,
  type Column,
  type Predicate,
  type Select,
  type SqlSystem,
  type Statement,
  type Table,
} from '../../src/contracts/index.ts';
import { systemClock, type Clock, type NamedEvent } from '../../src/core/index.ts';
import { compile, openPgSystem, type PgSystemOptions } from '../../src/sources/sql/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { goldenStatements } from '../golden/sql/discover.ts';
import { mysqlSetup, pgSetup } from '../unit/sources/sql/ddl.ts';
import { answer } from '../unit/sources/sql/in-memory.ts';
import { fill, from, m, statement } from '../unit/sources/sql/sample.ts';

type Connection = string | pg.PoolConfig;

/** A server to test on: the embedded one, and a service where there is one. */
interface Server {
  readonly title: string;
  open(): Promise<void>;
  connection(database: string): Connection;
  close(): Promise<void>;
}

const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-sql-'));
let embedded: EmbeddedDatabase;
const embeddedServer: Server = {
  title: 'embedded PostgreSQL',
  open: async () => {
    chmodSync(folder, 0o711);
    embedded = await startEmbedded({
      home: join(folder, 'home'),
      systemFolder: join(folder, 'system'),
      clock: systemClock,
      emit: () => undefined,
    });
    await embedded.ensureDatabase('postgres');
  },
  connection: (database) => ({ ...embedded.connection(database) }),
  close: async () => {
    await embedded.detach();
  },
};
const serviceUrl = process.env['FASCIA_TEST_DATABASE_URL'];
const service: Server = {
  title: 'PostgreSQL service (needs FASCIA_TEST_DATABASE_URL)',
  open: () => Promise.resolve(),
  connection: (database) => {
    const url = new URL(serviceUrl ?? '');
    if (database !== 'postgres') url.pathname = `/${database}`;
    return url.href;
  },
  close: () => Promise.resolve(),
};

function configOf(connection: Connection): pg.ClientConfig {
  return typeof connection === 'string' ? { connectionString: connection } : connection;
}

async function sqlOn(connection: Connection, ...texts: readonly string[]): Promise<unknown[][]> {
  const client = new pg.Client(configOf(connection));
  await client.connect();
  try {
    let rows: unknown[][] = [];
    for (const text of texts) rows = (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
    return rows;
  } finally {
    await client.end();
  }
}

const never = new AbortController().signal;
const data = fill();
const everything: Select = {
  from,
  joins: [],
  where: always,
  columns: [m('K2')],
  orderBy: [m('K2')],
  descending: false,
};
const page = (select: Select): Statement => ({ is: 'page', selects: [select] });

function computed(sql: string): Column {
  return { alias: 'm', name: 'x', type: { kind: 'text' }, computed: { sql: { default: sql }, uses: [] } };
}

/** Takes a minute, unless it is ended. */
const slow = page({ ...everything, columns: [computed('pg_sleep(60)::text')], limit: 1, orderBy: [] });

/** Waits until it holds; the test's own timeout is the bound. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

/** A clock that the test moves. */
function movedClock(): Clock & { ms: number } {
  const clock = { ms: 0, nowMs: () => clock.ms };
  return clock;
}

async function listening(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

for (const server of [embeddedServer, service]) {
  (server === service && serviceUrl === undefined ? describe.skip : describe)(server.title, () => {
    const plain = `fascia_sql_${String(process.pid)}_plain`;
    const tailored = `fascia_sql_${String(process.pid)}_tailored`;
    const opened: SqlSystem[] = [];
    const events: NamedEvent[] = [];
    const open = (more: Partial<PgSystemOptions> = {}): SqlSystem => {
      const system = openPgSystem({
        id: 'ehr',
        connection: server.connection(plain),
        poolMax: 2,
        statementTimeoutMs: 20_000,
        connectTimeoutMs: 5_000,
        hopKeysMax: 100,
        namedStatements: true,
        clock: systemClock,
        emit: (event) => events.push(event),
        ...more,
      });
      opened.push(system);
      return system;
    };
    const admin = (...texts: readonly string[]): Promise<unknown[][]> => sqlOn(server.connection(plain), ...texts);
    const running = async (): Promise<unknown[][]> =>
      admin(`select pid from pg_stat_activity where application_name = 'fascia' and query like '%pg_sleep%' and state = 'active'
        and datname = current_database()`);
    const someRuns = async (): Promise<boolean> => (await running()).length > 0;
    const noneRuns = async (): Promise<boolean> => (await running()).length === 0;

    beforeAll(async () => {
      await server.open();
      const icu = `template template0 encoding 'UTF8' locale_provider icu icu_locale 'en-US' locale 'C'`;
      await sqlOn(server.connection('postgres'), `create database ${plain}`, `create database ${tailored} ${icu}`);
      await sqlOn(
        server.connection(tailored),
        `alter database ${tailored} set datestyle = 'German'`,
        `alter database ${tailored} set timezone = 'America/New_York'`,
        `alter database ${tailored} set bytea_output = 'escape'`,
        `alter database ${tailored} set default_transaction_read_only = off`,
      );
      for (const database of [plain, tailored]) await sqlOn(server.connection(database), ...pgSetup(data));
    });
    afterAll(async () => {
      for (const system of opened) await system.close();
      for (const name of [plain, tailored]) {
        await sqlOn(server.connection('postgres'), `drop database if exists ${name} with (force)`);
      }
      await server.close();
    });

    for (const [title, database] of [
      ['in byte order', plain],
      ['in a tailored order with odd settings', tailored],
    ] as const) {
      it(`answers as an evaluation in memory does, ${title}`, async () => {
        const system = open({ connection: server.connection(database) });
        await fc.assert(
          fc.asyncProperty(statement, async (generated) => {
            expect((await system.run(generated, never)).rows).toEqual(answer(generated, data));
          }),
          { numRuns: 150 },
        );
      });
    }

    it('finds prefixes and pages by a plain index where texts sort by their bytes', async () => {
      await admin(
        'create table big (k text primary key)',
        `insert into big select lpad(i::text, 6, '0') from generate_series(1, 5000) i`,
        'analyze big',
      );
      const k = { alias: 'b', name: 'k', type: { kind: 'text' } } as const;
      const big = { alias: 'b', table: { name: 'big', columns: { k: k.type } } };
      const system = open({ costCeiling: 20 });
      const select: Select = {
        from: big,
        joins: [],
        where: always,
        columns: [k],
        orderBy: [k],
        descending: false,
        limit: 2,
      };
      const starts: Predicate = { is: 'starts', left: k, value: '00123' };
      const after: Predicate = { is: 'row', columns: [k], op: '>', values: ['004000'] };
      expect((await system.run(page({ ...select, where: starts }), never)).rows[0]).toEqual([['001230'], ['001231']]);
      expect((await system.run(page({ ...select, where: after }), never)).rows[0]).toEqual([['004001'], ['004002']]);
      const contains: Predicate = { is: 'contains', left: k, value: '99' };
      await expect(
        system.run(page({ ...select, where: contains, orderBy: [], limit: 5000 }), never),
      ).rejects.toMatchObject({
        code: 'search.too-costly',
      });
    });

    it('streams in batches without holding more, in native order', async () => {
      const batches: number[] = [];
      const seen: unknown[] = [];
      const select: Select = { ...everything, columns: [m('NAME')], orderBy: [m('K1'), m('K2')], descending: true };
      for await (const rows of open({ poolMax: 1 }).stream(select, 7, never)) {
        batches.push(rows.length);
        seen.push(...rows);
      }
      expect(seen).toEqual(answer(page(select), data)[0]);
      expect(batches.slice(0, -1).every((length) => length === 7)).toBe(true);
    });

    it('says what its catalogue holds: kinds, domains, views, and only what its account may read', async () => {
      await admin(
        'create domain code as varchar(5)',
        'create schema other',
        `create table other."Many ""kinds" (t text, v varchar(9), c char(3), d code, i integer, s smallint, w numeric(9), n numeric(9,2),
          u numeric, f real, day date, l timestamp(0), z timestamptz, b boolean, x bytea, j jsonb, "Two Words" text, hidden text)`,
        'create view seen as select d, n from other."Many ""kinds"',
        'create role fascia_reader login',
        'grant usage on schema other to fascia_reader',
        'grant select (t, v, c, d, i, s, w, n, u, f, day, l, z, b, x, j, "Two Words") on other."Many ""kinds" to fascia_reader',
      );
      const named = (name: string, schema?: string): Table => ({
        name,
        columns: {},
        ...(schema === undefined ? {} : { schema }),
      });
      const system = open();
      const [many, view, none] = await system.describe(
        [named('Many "kinds', 'other'), named('seen'), named('nowhere')],
        never,
      );
      expect(none).toBeUndefined();
      expect(view?.get('n')).toEqual({ type: 'numeric(9,2)', kinds: ['decimal'] });
      const kinds = Object.fromEntries([...(many ?? [])].map(([name, column]) => [name, column.kinds.join()]));
      const [texts, whole] = ['text,char', 'integer,decimal'];
      expect(kinds).toEqual({
        ...{
          t: texts,
          v: texts,
          c: texts,
          d: texts,
          i: whole,
          s: whole,
          w: whole,
          n: 'decimal',
          u: 'decimal',
          f: 'decimal',
        },
        ...{
          day: 'date',
          l: 'local-timestamp',
          z: 'instant',
          b: 'boolean',
          x: 'bytes',
          j: '',
          'Two Words': texts,
          hidden: texts,
        },
      });
      const reader = open({
        connection: { ...configOf(server.connection(plain)), user: 'fascia_reader' } as pg.PoolConfig,
      });
      if (server === embeddedServer) {
        const [read] = await reader.describe([named('Many "kinds', 'other')], never);
        expect(read?.has('hidden')).toBe(false);
        expect(read?.size).toBe(17);
      }
      await admin('drop owned by fascia_reader', 'drop role fascia_reader');
    });

    it('says which tables a statement would read whole, and runs nothing', async () => {
      await admin(
        'create table planned (k integer primary key, v text, w text)',
        `insert into planned select i, 'v' || i % 7, case when i % 50 = 0 then 'w' end from generate_series(1, 400) i`,
        'create index planned_v on planned (v collate "C")',
        'analyze planned',
      );
      const [k, v, w] = (['k', 'v', 'w'] as const).map((name): Column => ({
        alias: 'p',
        name,
        type: { kind: name === 'k' ? 'integer' : 'text' },
      }));
      const table: Select['from'] = { alias: 'p', table: { name: 'planned', columns: {} } };
      const system = open({ costCeiling: 1 });
      const reads = async (where: Predicate): Promise<unknown> => {
        const select = { from: table, joins: [], where, columns: [k!], orderBy: [], descending: false };
        return system.explain({ is: 'count', selects: [select] }, never);
      };
      const whole = [{ table: 'planned', rows: 400 }];
      expect(await reads({ is: 'compare', left: k!, op: '>', value: '5' })).toEqual([]);
      expect(await reads({ is: 'compare', left: w!, op: '=', value: 'w' })).toEqual(whole);
      expect(await reads(always)).toEqual(whole);
      // An index in another order than the statement's is none; the embedded database sorts by bytes without being told.
      if (server === embeddedServer) expect(await reads({ is: 'starts', left: v!, value: 'v1' })).toEqual(whole);
      await admin('create index planned_w on planned (k) where w is not null');
      expect(await reads({ is: 'not', of: { is: 'null', of: w! } })).toEqual([]);
    });

    it('cannot write', async () => {
      await admin('create sequence counter');
      const statement_ = page({ ...everything, columns: [computed(`nextval('counter')::text`)], limit: 1 });
      await expect(open().run(statement_, never)).rejects.toMatchObject({ code: 'system.failed', status: 502 });
    });

    it('reports a killed backend as unavailable, and recovers', async () => {
      const system = open({ poolMax: 1 });
      const failed = expect(system.run(slow, never)).rejects.toMatchObject({
        code: 'system.unavailable',
        retryAfterSeconds: expect.any(Number),
      });
      await until(someRuns);
      for (const [pid] of await running()) await admin(`select pg_terminate_backend(${String(pid)})`);
      await failed;
      expect((await system.run(page(everything), never)).rows[0]).toHaveLength(53);
      expect(system.health()).toMatchObject({ circuit: 'closed', lastSuccessMs: expect.any(Number) });
    });

    it('survives a backend that is killed while idle', async () => {
      const system = open({ poolMax: 1 });
      await system.run(page(everything), never);
      await admin(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fascia' and datname = current_database()`,
      );
      await until(() =>
        system.run(page(everything), never).then(
          () => true,
          () => false,
        ),
      );
    });

    it('ends a slow statement in time', async () => {
      const system = open({ statementTimeoutMs: 100 });
      await expect(system.run(slow, never)).rejects.toMatchObject({ code: 'system.timeout', status: 504 });
      expect(await noneRuns()).toBe(true);
    });

    it('ends a wait for a lock in time, while another system answers', async () => {
      const [waiting, other] = [open({ statementTimeoutMs: 100 }), open({ connection: server.connection(tailored) })];
      const holder = new pg.Client(configOf(server.connection(plain)));
      await holder.connect();
      await holder.query('begin; lock table "MAIN" in access exclusive mode');
      await expect(waiting.run(page(everything), never)).rejects.toMatchObject({ code: 'system.timeout' });
      expect((await other.run(page(everything), never)).rows[0]).toHaveLength(53);
      await holder.query('rollback');
      await holder.end();
      expect((await waiting.run(page(everything), never)).rows[0]).toHaveLength(53);
    });

    it('reports a lost column without its name, and answers again as soon as it is back', async () => {
      await admin('create table changing (k int primary key, v text)', `insert into changing values (1, 'a')`);
      const [k, v] = (['k', 'v'] as const).map((name): Column => ({ alias: 't', name, type: { kind: 'text' } }));
      if (k === undefined || v === undefined) throw new Error('no column');
      const changing: Select = {
        from: { alias: 't', table: { name: 'changing', columns: {} } },
        joins: [],
        where: always,
        columns: [k, v],
        orderBy: [],
        descending: false,
      };
      const system = open({ poolMax: 1 });
      const ask = (): Promise<unknown> => system.run(page(changing), never).then(({ rows }) => rows[0]);
      for (let i = 0; i < 7; i += 1) expect(await ask()).toEqual([['1', 'a']]);
      await admin('alter table changing drop column v');
      const lost: unknown = await ask().catch((error: unknown) => error);
      expect(lost).toMatchObject({ code: 'system.failed', status: 502 });
      expect(String(lost)).not.toMatch(/changing|"v"|select/);
      await admin('alter table changing add column v int default 5');
      expect(await ask()).toEqual([['1', '5']]);
      await admin('alter table changing alter column k type bigint');
      for (let i = 0; i < 7; i += 1) expect(await ask()).toEqual([['1', '5']]);
      expect(JSON.stringify(events)).not.toMatch(/changing|MAIN|select/);
    });

    it('cancels in the database when the caller goes away', async () => {
      const system = open({ poolMax: 1 });
      const caller = new AbortController();
      const given = expect(system.run(slow, caller.signal)).rejects.toMatchObject({ code: 'system.unavailable' });
      await until(someRuns);
      const known = events.length;
      caller.abort();
      await given;
      await until(noneRuns);
      expect(events).toHaveLength(known);
      expect((await system.run(page(everything), never)).rows[0]).toHaveLength(53);
      await expect(system.run(slow, AbortSignal.abort())).rejects.toMatchObject({ code: 'system.unavailable' });
    });

    it('bounds the wait for a connection, and lets a waiting caller go', async () => {
      const system = open({ poolMax: 1, connectTimeoutMs: 300 });
      const [first, second] = [new AbortController(), new AbortController()];
      await system.run(page(everything), never);
      const holding = expect(system.run(slow, first.signal)).rejects.toMatchObject({ code: 'system.unavailable' });
      await until(someRuns);
      const waiting = expect(system.run(page(everything), second.signal)).rejects.toThrow('given up');
      second.abort();
      await waiting;
      await expect(system.run(page(everything), never)).rejects.toMatchObject({
        code: 'system.unavailable',
        retryAfterSeconds: expect.any(Number),
      });
      first.abort();
      await holding;
      expect((await system.run(page(everything), never)).rows[0]).toHaveLength(53);
    });

    it('gives up a server that falls silent in the middle, and recovers', async () => {
      const target = configOf(server.connection(plain));
      const { host, port } = new pg.Client(target);
      const sockets = new Set<Socket>();
      let isSilent = false;
      const proxy = createServer((near) => {
        const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${String(port)}`) : connect(port, host);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => undefined);
        }
        near.on('data', (bytes) => isSilent || far.write(bytes));
        far.on('data', (bytes) => isSilent || near.write(bytes));
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
      });
      const { user, database } = new pg.Client(target);
      const through = { host: '127.0.0.1', port: await listening(proxy), user: user ?? '', database: database ?? '' };
      const system = open({ connection: through, poolMax: 1, statementTimeoutMs: 200 });
      expect((await system.run(page(everything), never)).rows[0]).toHaveLength(53);
      isSilent = true;
      await expect(system.run(page(everything), never)).rejects.toMatchObject({ code: 'system.timeout' });
      isSilent = false;
      expect((await system.run(page(everything), never)).rows[0]).toHaveLength(53);
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    });
  });
}

describe('a system that is not there', () => {
  it('is unavailable, then not asked any more, until it may be tried again', async () => {
    const clock = movedClock();
    const events: NamedEvent[] = [];
    const system = openPgSystem({
      id: 'ehr',
      connection: { host: '127.0.0.1', port: await freePort(), user: 'x', database: 'x' },
      poolMax: 1,
      statementTimeoutMs: 100,
      connectTimeoutMs: 1_000,
      hopKeysMax: 100,
      namedStatements: true,
      clock,
      emit: (event) => events.push(event),
      circuit: { failuresMax: 3, retryAfterMs: 4_000 },
    });
    const ask = (): Promise<void> =>
      expect(system.run(page(everything), never)).rejects.toMatchObject({ code: 'system.unavailable', status: 503 });
    for (let i = 0; i < 6; i += 1) await ask();
    expect(events.filter(({ event }) => event === 'system.failed')).toHaveLength(3);
    expect(system.health().circuit).toBe('open');
    clock.ms = 4_000;
    await ask();
    const states = events.flatMap((event) => (event.event === 'system.circuit' ? [event.state] : []));
    expect(states).toEqual(['open', 'half-open', 'open']);
    await system.close();
  });

  it('is unavailable when it accepts connections and says nothing', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    const system = openPgSystem({
      id: 'ehr',
      connection: `postgres://x@127.0.0.1:${String(await listening(silent))}/x`,
      poolMax: 1,
      statementTimeoutMs: 100,
      connectTimeoutMs: 200,
      hopKeysMax: 100,
      namedStatements: true,
      clock: systemClock,
      emit: () => undefined,
    });
    await expect(system.run(page(everything), never)).rejects.toMatchObject({ code: 'system.unavailable' });
    await system.close();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });
});

const mariadbUrl = process.env['FASCIA_TEST_MARIADB_URL'];
(mariadbUrl === undefined ? describe.skip : describe)('MariaDB (needs FASCIA_TEST_MARIADB_URL)', () => {
  const name = `fascia_sql_${String(process.pid)}`;
  let connection: mysql.Connection;

  beforeAll(async () => {
    connection = await mysql.createConnection({
      uri: mariadbUrl ?? '',
      charset: 'utf8mb4',
      supportBigNumbers: true,
      bigNumberStrings: true,
      dateStrings: true,
      timezone: 'Z',
      rowsAsArray: true,
    });
    const setup = [`create database ${name} character set utf8mb4`, `use ${name}`, `set time_zone = '+00:00'`];
    for (const text of [...setup, ...mysqlSetup(data)]) await connection.query(text);
  });
  afterAll(async () => {
    await connection.query(`drop database ${name}`);
    await connection.end();
  });

  it('explains every golden statement', async () => {
    for (const { statement: golden } of await goldenStatements()) {
      const { sql, bindings } = compile(golden, 'mysql');
      await expect(connection.query(`explain ${sql}`, [...bindings])).resolves.toBeDefined();
    }
  });

  it('answers as an evaluation in memory does', async () => {
    const run = async (generated: Statement): Promise<unknown> => {
      const { sql, bindings } = compile(generated, 'mysql');
      const [rows] = await connection.query<mysql.RowDataPacket[]>(sql, [...bindings]);
      const texts = rows as unknown as (string | null)[][];
      if (generated.is === 'count') return [texts.map((row) => row.map(String))];
      if (generated.selects.length === 1) return [texts];
      return generated.selects.map(({ columns }, i) =>
        texts.filter((row) => row[0] === String(i)).map((row) => row.slice(1, 1 + columns.length)),
      );
    };
    await fc.assert(
      fc.asyncProperty(statement, async (generated) => {
        expect(await run(generated)).toEqual(answer(generated, data));
      }),
      { numRuns: 150 },
    );
  });
});
