import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { always, type Column, type Predicate, type Select, type SqlSystem } from '../../src/contracts/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { openPgSystem, type PgSystemOptions } from '../../src/sources/sql/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { preparedHome, silent } from '../support/demo-home.ts';
import { openSocket, startTransactionPooler, type TransactionPooler } from '../support/transaction-pooler.ts';

const signal = new AbortController().signal;

/** One row in a hundred is rare. Each common row needs a look at the table. */
const SETUP = `
  create table thing (id int primary key, kind text not null, note text not null, divisor int not null);
  insert into thing select i, case when i % 100 = 0 then 'rare' else 'common' end, repeat('x', 200), i % 7 from generate_series(1, 20000) i;
  create index on thing (kind);
  create sequence counter;
`;

const at = (name: string, kind: 'text' | 'integer' = 'text'): Column => ({ alias: 't', name, type: { kind } });
const sql = (text: string): Column => ({
  alias: 't',
  name: 'x',
  type: { kind: 'text' },
  computed: { sql: { default: text }, uses: [] },
});

function select(more: Partial<Select> = {}): Select {
  const from = { alias: 't', table: { name: 'thing', columns: {} } };
  return { from, joins: [], where: always, columns: [at('id', 'integer')], orderBy: [], descending: false, ...more };
}

describe('the sessions of a PostgreSQL system', () => {
  let database: EmbeddedDatabase;
  const name = `sessions_${String(process.pid)}`;
  const opened: SqlSystem[] = [];

  const open = (more: Partial<PgSystemOptions> = {}): SqlSystem => {
    const system = openPgSystem({
      id: 'things',
      connection: { ...database.connection(name) },
      poolMax: 1,
      statementTimeoutMs: 20_000,
      connectTimeoutMs: 5_000,
      hopKeysMax: 100,
      namedStatements: true,
      clock: systemClock,
      emit: silent,
      ...more,
    });
    opened.push(system);
    return system;
  };
  const ask = async (system: SqlSystem, asked: Select, background?: true): Promise<readonly (string | null)[][]> => {
    const statement = { is: 'page' as const, selects: [asked], ...(background === undefined ? {} : { background }) };
    return ((await system.run(statement, signal)).rows[0] ?? []) as (string | null)[][];
  };
  const askOne = async (system: SqlSystem, text: string): Promise<string | null | undefined> =>
    (await ask(system, select({ columns: [sql(text)], limit: 1 })))[0]?.[0];
  const idIs = (id: number): Predicate => ({ is: 'compare', left: at('id', 'integer'), op: '=', value: String(id) });
  const kindIs = (kind: string): Predicate => ({ is: 'compare', left: at('kind'), op: '=', value: kind });

  /** The names that the system's one session holds. The question is asked too rarely to be named itself. */
  const heldBy = async (system: SqlSystem): Promise<string[]> => {
    const from = { alias: 't', table: { name: 'pg_prepared_statements', columns: {} } };
    return (await ask(system, select({ from, columns: [at('name')] }))).map(([held]) => held ?? '').sort();
  };

  async function withClient<T>(settings: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client(settings);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    database = await startEmbedded({ home: preparedHome(), emit: silent, clock: systemClock });
    await database.ensureDatabase(name);
    await withClient({ ...database.connection(name) }, (client) => client.query(SETUP));
    await withClient({ ...database.connection(name) }, (client) => client.query('vacuum analyze thing'));
  });
  afterAll(async () => {
    for (const system of opened) await system.close();
    await withClient({ ...database.connection('postgres') }, (client) =>
      client.query(`drop database ${name} with (force)`),
    );
    await database.detach();
  });

  describe('keep names of statements', () => {
    /** Statements of as many shapes as there are numbers. */
    const shape = (number: number, id: number): Select =>
      select({ where: idIs(id), columns: [at('id', 'integer'), sql(`'shape ${String(number)}'`)] });

    it('at most so many for each connection, and give up the one that was used longest ago', async () => {
      const system = open({ namesMax: 3 });
      const run = async (number: number, times: number): Promise<void> => {
        for (let i = 1; i <= times; i += 1)
          expect(await ask(system, shape(number, i))).toEqual([[String(i), `shape ${String(number)}`]]);
      };
      for (const number of [1, 2, 3]) await run(number, 5);
      expect(await heldBy(system)).toEqual(['fascia_1', 'fascia_2', 'fascia_3']);
      await run(1, 1);
      await run(4, 5);
      expect(await heldBy(system)).toEqual(['fascia_1', 'fascia_3', 'fascia_4']);
      await run(2, 1);
      expect(await heldBy(system)).toEqual(['fascia_1', 'fascia_2', 'fascia_4']);
      const pid = await askOne(system, 'pg_backend_pid()::text');
      for (let turn = 0; turn < 60; turn += 1) await run(1 + ((turn * turn) % 7), 1);
      expect(await heldBy(system)).toHaveLength(3);
      expect(await askOne(system, 'pg_backend_pid()::text')).toBe(pid);
    });

    it('and take one up again whose statement failed', async () => {
      const system = open({ namesMax: 3 });
      const divided = (id: number): Select =>
        select({
          where: idIs(id),
          columns: [
            {
              ...sql('(42 / ??)::text'),
              computed: { sql: { default: '(42 / ??)::text' }, uses: [at('divisor', 'integer')] },
            },
          ],
        });
      for (let i = 0; i < 6; i += 1) expect(await ask(system, divided(1))).toEqual([['42']]);
      const pid = await askOne(system, 'pg_backend_pid()::text');
      for (let i = 0; i < 2; i += 1) {
        await expect(ask(system, divided(7))).rejects.toMatchObject({ code: 'system.failed' });
        expect(await ask(system, divided(2))).toEqual([['21']]);
      }
      expect(await heldBy(system)).toEqual(['fascia_1']);
      expect(await askOne(system, 'pg_backend_pid()::text')).toBe(pid);
    });
  });

  describe('behind a pooler that shares one session between transactions', () => {
    let pooler: TransactionPooler;
    let through: { host: string; port: number; user: string; database: string };

    beforeAll(async () => {
      const { host, port, user } = database.connection(name);
      pooler = await startTransactionPooler(() => openSocket(host, port));
      through = { host: '127.0.0.1', port: pooler.port, user, database: name };
    });
    afterAll(() => pooler.close());

    it('answer without names, read only and in time, and leave nothing in the session', async () => {
      const system = open({ connection: through, namedStatements: false, poolMax: 4, statementTimeoutMs: 400 });
      const asked = Array.from({ length: 60 }, (_, i) => ask(system, select({ where: idIs(i + 1) })));
      expect(await Promise.all(asked)).toEqual(Array.from({ length: 60 }, (_, i) => [[String(i + 1)]]));
      expect(
        await askOne(
          system,
          `concat_ws(' ', current_setting('transaction_read_only'), current_setting('statement_timeout'))`,
        ),
      ).toBe('on 400ms');
      await expect(askOne(system, `nextval('counter')::text`)).rejects.toMatchObject({ code: 'system.failed' });
      await expect(askOne(system, 'pg_sleep(60)::text')).rejects.toMatchObject({ code: 'system.timeout' });
      const left = await withClient(through, async (client) => {
        const settings = await client.query(`select name, setting from pg_settings where source = 'session'`);
        const names = await client.query('select name from pg_prepared_statements');
        const value = await client.query(`select nextval('counter') as value`);
        return {
          settings: settings.rows as unknown[],
          names: names.rows as unknown[],
          value: (value.rows as unknown[])[0],
        };
      });
      expect(left).toEqual({ settings: [], names: [], value: { value: '1' } });
    });
  });

  describe('under a ceiling of cost', () => {
    const noteOf = (kind: string): Select => select({ where: kindIs(kind), columns: [at('note')] });

    it('refuse what the planner expects to cost more for these very values, and go on', async () => {
      const system = open({ costCeiling: 400 });
      for (let i = 0; i < 7; i += 1) expect(await ask(system, noteOf('rare'))).toHaveLength(200);
      const pid = await askOne(system, 'pg_backend_pid()::text');
      await expect(ask(system, noteOf('common'))).rejects.toMatchObject({ code: 'search.too-costly', status: 403 });
      await expect(system.run({ is: 'count', selects: [noteOf('common')] }, signal)).rejects.toMatchObject({
        code: 'search.too-costly',
      });
      expect(await ask(system, noteOf('rare'))).toHaveLength(200);
      expect(await askOne(system, 'pg_backend_pid()::text')).toBe(pid);
      // A kept plan would have been made for other values than those that were weighed.
      expect(await heldBy(system)).toEqual([]);
      expect(system.health().circuit).toBe('closed');
    });

    it('let pass what a limit makes cheap, and what the modules themselves ask', async () => {
      const system = open({ costCeiling: 400 });
      expect(await ask(system, { ...noteOf('common'), limit: 10 })).toHaveLength(10);
      expect(await ask(system, noteOf('common'), true)).toHaveLength(19_800);
      let rows = 0;
      const streamed = select({ columns: [at('note')], orderBy: [at('id', 'integer')] });
      for await (const batch of system.stream(streamed, 20_000, signal)) rows += batch.length;
      expect(rows).toBe(20_000);
    });
  });
});
