import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { AuditRecord, Person } from '../../src/contracts/index.ts';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { poolConfig, type StoreConnection } from '../../src/store/database.ts';
import { describeSchema, openStore, startEmbedded, type Store } from '../../src/store/index.ts';
import { migrate } from '../../src/store/migrate.ts';
import { query, storeServers } from '../support/store-servers.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-store-'));

async function open(connection: StoreConnection, events: NamedEvent[] = [], prepare = true): Promise<Store> {
  return openStore({ connection, poolMax: 4, clock: systemClock, emit: (event) => events.push(event), prepare });
}

const identifier = (system: string | undefined, value: string | undefined): string => JSON.stringify({ system, value });

const ann: Person = {
  members: [
    {
      branch: 'ehr',
      key: ['1', 'A '],
      primary: true,
      identifiers: [identifier('urn:mrn', '0001'), identifier(undefined, 'loose')],
    },
    {
      branch: 'rx',
      key: ['77'],
      primary: false,
      identifiers: [identifier('urn:rx', 'X-77'), identifier('urn:rx', undefined)],
    },
  ],
  candidates: [{ branch: 'rx', key: ['78', 'b'] }],
};
const bob: Person = {
  members: [
    { branch: 'ehr', key: ['2', 'A '], primary: true, identifiers: [] },
    { branch: 'ehr', key: ['3', ''], primary: false, identifiers: [identifier('urn:mrn', 'X-77')] },
  ],
  candidates: [],
};

const record: AuditRecord = {
  requestId: 'r-1',
  atMs: 1_700_000_000_123,
  agent: 'open',
  action: 'disclosed',
  interaction: 'search',
  type: 'Observation',
  query: 'Observation?patient=ehr.1',
  patients: ['ehr.1'],
  instances: ['Observation/lab.1/_history/ab', 'Observation/lab.2/_history/cd'],
  systems: ['ehr'],
  status: 200,
  last: true,
};

for (const server of storeServers('store')) {
  const suite = server.isThere ? describe : describe.skip;
  suite(`store on ${server.title}`, () => {
    let connection: StoreConnection;
    let store: Store;
    const events: NamedEvent[] = [];

    beforeAll(async () => {
      await server.open();
      connection = await server.create('main');
      const stores = await Promise.all([open(connection, events), open(connection, events), open(connection, events)]);
      for (const other of stores.slice(1)) await other.close();
      store = stores[0]!;
    });

    afterAll(async () => {
      await store.close();
      await server.close();
    });

    it('migrates once when several replicas start at once, and not again', async () => {
      const steps = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name)).length;
      expect(events).toEqual([{ event: 'store.migrated', steps }]);
      await (await open(connection, events)).close();
      expect(events).toHaveLength(1);
    });

    it('has the schema of the golden catalogue', async () => {
      const client = new pg.Client(poolConfig(connection));
      await client.connect();
      const found = await describeSchema(client);
      await client.end();
      expect(found).toBe(readFileSync(join(MIGRATIONS, 'schema.catalogue.txt'), 'utf8'));
    });

    it('goes on where a killed migration stopped, and refuses changed and unknown migrations', async () => {
      const target = await server.create('migrations');
      const files = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name));
      const some = mkdtempSync(join(tmpdir(), 'fascia-migrations-'));
      for (const name of files.slice(0, 2)) copyFileSync(join(MIGRATIONS, name), join(some, name));
      const url = pathToFileURL(`${some}/`);
      expect(await migrate(target, url)).toBe(2);
      await query(target, 'update fascia.migration_lock set is_locked = 1');
      expect(await migrate(target)).toBe(files.length - 2);
      await expect(migrate(target, url)).rejects.toMatchObject({
        code: 'config.invalid',
        message: expect.stringContaining('newer release'),
      });
      for (const name of files) copyFileSync(join(MIGRATIONS, name), join(some, name));
      writeFileSync(join(some, files[0]!), 'select 1;');
      await expect(migrate(target, url)).rejects.toMatchObject({
        message: expect.stringContaining(`${files[0]} was changed`),
      });
      writeFileSync(join(some, '9999_broken.sql'), 'create table fascia.half (id int); select nothing_there;');
      copyFileSync(join(MIGRATIONS, files[0]!), join(some, files[0]!));
      await expect(migrate(target, url)).rejects.toThrow();
      expect(await query(target, `select to_regclass('fascia.half')`)).toEqual([[null]]);
      rmSync(some, { recursive: true });
    });

    it('keeps one installation secret', async () => {
      const other = await open(connection, [], false);
      const secrets = await Promise.all([store, other, store, other].map((each) => each.installationSecret()));
      await other.close();
      expect(secrets[0]).toHaveLength(32);
      for (const secret of secrets) expect(secret).toEqual(secrets[0]);
    });

    it('finds persons by member and by identifier, each once', async () => {
      const { links } = store;
      expect(await links.asOfMs()).toBeUndefined();
      await links.replace([ann, bob], 5, [{ branch: 'rx', key: ['9'], is: 'primary' }]);
      expect(await links.asOfMs()).toBe(5);
      const known = `select distinct tablename from pg_stats where schemaname = 'fascia' order by 1`;
      expect(await query(connection, known)).toEqual(
        expect.arrayContaining([['person_identifier'], ['person_member']]),
      );
      expect(await links.exceptions()).toEqual([{ branch: 'rx', key: ['9'], is: 'primary' }]);
      expect(await links.find([])).toEqual([]);
      expect(await links.find([{ branch: 'rx', key: ['77'] }])).toEqual([ann]);
      expect(await links.find([{ branch: 'rx', key: ['1', 'A '] }])).toEqual([]);
      expect(await links.find([{ branch: 'rx', key: ['77\0'] }], [{ value: '\0' }])).toEqual([]);
      const both = [ann, bob];
      expect(
        await links.find(
          both.map(({ members }) => members[1]!),
          [{ value: 'X-77' }],
        ),
      ).toEqual(both);
      expect(await links.find([], [{ value: 'X-77' }])).toEqual(both);
      expect(await links.find([], [{ system: 'urn:rx', value: 'X-77' }])).toEqual([ann]);
      expect(await links.find([], [{ system: '', value: 'loose' }])).toEqual([ann]);
      expect(await links.find([], [{ system: '', value: '0001' }])).toEqual([]);
      expect(await links.find([], [{ system: 'urn:mrn' }])).toEqual(both);
      expect(await links.find([], [{ system: 'urn:mrn' }], 1)).toHaveLength(1);
      expect(await links.find([{ branch: 'rx', key: ['77'] }], [{ value: 'X-77' }, { system: 'urn:mrn' }], 9)).toEqual(
        both,
      );
      expect(await links.find([{ branch: 'ehr', key: ['3', ''] }], [{ system: 'urn:mrn', value: '0001' }])).toEqual(
        both,
      );
      expect(await links.withSecondariesIn(['ehr'], 1)).toEqual([bob]);
      expect(await links.withSecondariesIn(['ehr', 'rx'], 1)).toBeUndefined();
      expect(await links.withSecondariesIn(['lab'], 1)).toEqual([]);
    });

    it('writes only what differs when links are replaced', async () => {
      const changed: Person = {
        ...bob,
        members: [bob.members[0]!, { ...bob.members[1]!, identifiers: [identifier('urn:mrn', 'new')] }],
      };
      const [before] = (await query(
        connection,
        'select xmin::text from fascia.person_member order by person, position',
      )) as [string][];
      await store.links.replace([changed, ann], 6);
      expect(await store.links.find([], [{ value: 'new' }])).toEqual([changed]);
      expect(await store.links.find([], [{ value: 'X-77' }])).toEqual([ann]);
      expect(
        (await query(connection, 'select xmin::text from fascia.person_member order by person, position'))[0],
      ).toEqual(before);
      await expect(store.links.replace([bob, bob], 7)).rejects.toMatchObject({ code: 'store.unavailable' });
      expect(await store.links.asOfMs()).toBe(6);
      await Promise.all([store.links.replace([ann], 8), store.links.replace([bob], 8)]);
      expect(await store.links.find([], [{ value: 'X-77' }])).toHaveLength(1);
      expect(await store.links.exceptions()).toEqual([]);
    });

    it('replaces many persons while readers see the old links or the new, never a mixture', async () => {
      const many = (version: string, count: number): Person[] =>
        Array.from({ length: count }, (_, n) => ({
          members: [
            { branch: 'ehr', key: [String(n)], primary: true, identifiers: [identifier('urn:mrn', `${version}-${n}`)] },
            { branch: 'rx', key: [String(n)], primary: false, identifiers: [identifier('urn:rx', String(n))] },
          ],
          candidates: [],
        }));
      const count = 20_000;
      await store.links.replace(many('old', count), 1);
      const progress = { replaced: false };
      const replacing = store.links.replace(many('new', count), 2).then(() => (progress.replaced = true));
      const asked = [0, count - 1].map((n) => ({ branch: 'rx', key: [String(n)] }));
      const seen = new Set<string>();
      while (!progress.replaced) {
        const found = await store.links.find(asked);
        seen.add(found.map(({ members }) => members[0]?.identifiers[0]?.match(/old|new/)?.[0]).join());
      }
      await replacing;
      expect([...seen].filter((one) => one !== 'new,new')).toEqual(['old,old']);
      expect(await store.links.find([], [{ system: 'urn:mrn', value: `new-${count - 1}` }])).toHaveLength(1);
      expect(await store.links.find([], [{ system: 'urn:mrn', value: 'old-1' }])).toEqual([]);
    });

    it('keeps audit records exactly, whatever a query holds', async () => {
      const refused: AuditRecord = {
        ...record,
        action: 'refused',
        status: 400,
        fault: 'search.invalid-value',
        patients: [],
        instances: [],
        systems: [],
      };
      await store.appendAudit([record, { ...refused, last: false }]);
      expect(await store.readAudit('r-1')).toEqual([record, { ...refused, last: false }]);
      const odd = ['Ünï"\\\\{},\n', 'a\0b', '\ud800x', '\\u0000'];
      await store.appendAudit(odd.map((text) => ({ ...record, requestId: 'r-2', query: text })));
      expect((await store.readAudit('r-2')).map((one) => one.query)).toEqual([
        'Ünï"\\\\{},\n',
        'a\ufffdb',
        '\ufffdx',
        '\\u0000',
      ]);
      await store.appendAudit([]);
    });

    it('answers store.unavailable where the database is gone, and works behind a pooler without names', async () => {
      const nowhere = openStore({
        connection: 'postgres://root@127.0.0.1:1/none',
        poolMax: 1,
        clock: systemClock,
        emit: () => undefined,
      });
      await expect(nowhere).rejects.toMatchObject({
        code: 'store.unavailable',
        message: expect.stringContaining('no server listens'),
      });
      const unnamed = await open(connection, [], false);
      await unnamed.ping();
      await unnamed.close();
      await expect(unnamed.ping()).rejects.toMatchObject({ code: 'store.unavailable' });
    });
  });
}

describe('durability', () => {
  it('keeps every record whose append resolved before the server was killed, and reconnects by itself', async () => {
    mkdirSync(join(folder, 'killed'), { recursive: true });
    chmodSync(folder, 0o711);
    const system = join(folder, 'system');
    const events: NamedEvent[] = [];
    const database = await startEmbedded({
      home: join(folder, 'killed', 'home'),
      clock: systemClock,
      emit: (event) => events.push(event),
      systemFolder: system,
      watchMs: 10,
    });
    await database.ensureDatabase('store');
    const store = await open({ ...database.connection('store') });
    const [pid] = (await query(
      { ...database.connection('store') },
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int`,
    )) as [[number]];
    let durable = 0;
    const append = (): Promise<boolean> =>
      store.appendAudit([{ ...record, requestId: 'killed' }]).then(
        () => true,
        () => false,
      );
    for (; durable < 25; durable += 1) expect(await append()).toBe(true);
    process.kill(pid[0], 'SIGKILL');
    while (await append()) durable += 1;
    let found: readonly AuditRecord[] | undefined;
    while (found === undefined) found = await store.readAudit('killed').catch(() => undefined);
    expect(found.length).toBeGreaterThanOrEqual(durable);
    // Told a moment after the server takes its first connection.
    while (!events.some(({ event }) => event === 'database.recovered')) await store.readAudit('killed');
    await store.close();
    await database.detach();
    rmSync(folder, { recursive: true, force: true });
  });
});
