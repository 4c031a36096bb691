import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { AuditRecord } from '../../src/contracts/index.ts';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { openStore, startEmbedded, type EmbeddedDatabase, type Store } from '../../src/store/index.ts';
import { migrate } from '../../src/store/migrate.ts';

const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-backup-'));
const events: NamedEvent[] = [];
const options = { clock: systemClock, emit: (event: NamedEvent) => void events.push(event) };

function record(requestId: string): AuditRecord {
  const parts = {
    agent: 'a',
    action: 'disclosed',
    interaction: 'read',
    type: 'Patient',
    query: '/Patient/p.1',
  } as const;
  return { requestId, atMs: 1, ...parts, patients: ['p.1'], instances: [], systems: ['ehr'], status: 200, last: true };
}

/** What `docs/operations.md` tells an operator to do. */
function copy(from: string, to: string): void {
  execFileSync('cp', ['-a', from, to]);
}

async function withDatabase<T>(home: string, work: (database: EmbeddedDatabase) => Promise<T>): Promise<T> {
  const database = await startEmbedded({ home, systemFolder: join(folder, 'system'), ...options });
  try {
    await database.ensureDatabase('fascia');
    return await work(database);
  } finally {
    await database.detach();
  }
}

async function withStore<T>(home: string, work: (store: Store) => Promise<T>): Promise<T> {
  return withDatabase(home, async (database) => {
    const store = await openStore({ connection: database.connection('fascia'), poolMax: 2, ...options });
    return work(store).finally(() => store.close());
  });
}

const secretOf = async (store: Store): Promise<string> => Buffer.from(await store.installationSecret()).toString('hex');

beforeAll(() => {
  chmodSync(folder, 0o711);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('a copy of the stopped home', () => {
  const home = join(folder, 'home');
  const backup = join(folder, 'backup');
  let secret = '';

  it('brings back what was there when it was taken', async () => {
    secret = await withStore(home, async (store) => {
      await store.appendAudit([record('before')]);
      return secretOf(store);
    });
    copy(home, backup);
    await withStore(home, (store) => store.appendAudit([record('after')]));
    rmSync(home, { recursive: true });
    copy(backup, home);
    await withStore(home, async (store) => {
      expect(await secretOf(store)).toBe(secret);
      expect(await store.readAudit('before')).toEqual([record('before')]);
      expect(await store.readAudit('after')).toEqual([]);
    });
  });

  it('is an installation of its own at another path, beside the first one', async () => {
    const elsewhere = join(folder, 'elsewhere');
    copy(backup, elsewhere);
    await withStore(home, (first) =>
      withStore(elsewhere, async (second) => {
        expect(await secretOf(second)).toBe(secret);
        await first.appendAudit([record('first only')]);
        expect(await second.readAudit('first only')).toEqual([]);
        expect(await second.readAudit('before')).toHaveLength(1);
      }),
    );
  });
});

describe('an upgrade', () => {
  it('keeps what an older release has written, and the way back is the backup', async () => {
    const home = join(folder, 'older');
    const migrations = join(import.meta.dirname, '..', '..', 'migrations');
    const files = readdirSync(migrations).filter((name) => /^\d/.test(name));
    const first = mkdtempSync(join(folder, 'migrations-'));
    copyFileSync(join(migrations, files[0]!), join(first, files[0]!));
    const older = pathToFileURL(`${first}/`);
    const kept = Buffer.alloc(32, 7);
    await withDatabase(home, async (database) => {
      await migrate(database.connection('fascia'), older);
      const client = new pg.Client({ ...database.connection('fascia') });
      await client.connect();
      const insert = `insert into fascia.setting (name, value) values ('installation-secret', $1)`;
      await client.query(insert, [kept.toString('base64')]).finally(() => client.end());
    });
    copy(home, `${home}-backup`);
    events.length = 0;
    expect(await withStore(home, secretOf)).toBe(kept.toString('hex'));
    expect(events).toContainEqual({ event: 'store.migrated', steps: files.length - 1 });
    await withDatabase(home, async (database) => {
      await expect(migrate(database.connection('fascia'), older)).rejects.toMatchObject({ code: 'config.invalid' });
    });
    await withDatabase(`${home}-backup`, async (database) => {
      expect(await migrate(database.connection('fascia'), older)).toBe(0);
    });
  });
});

const serviceUrl = process.env['FASCIA_TEST_DATABASE_URL'];

(serviceUrl === undefined ? describe.skip : describe)('a dump of a PostgreSQL of one’s own', () => {
  const tag = `backup_${process.pid}`;
  const urlOf = (name: string): string => {
    const url = new URL(serviceUrl ?? '');
    url.pathname = `/${name}`;
    return url.href;
  };
  const administer = async (sql: string): Promise<void> => {
    const client = new pg.Client({ connectionString: urlOf('postgres') });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };

  afterAll(async () => {
    for (const name of [tag, `${tag}_restored`]) await administer(`drop database if exists ${name} with (force)`);
  });

  it('brings back the store in another database', async () => {
    for (const name of [tag, `${tag}_restored`])
      await administer(`create database ${name} template template0 encoding 'UTF8'`);
    const store = await openStore({ connection: urlOf(tag), poolMax: 2, ...options });
    await store.appendAudit([record('dumped')]);
    const secret = await secretOf(store);
    const file = join(folder, 'fascia.dump');
    execFileSync('pg_dump', ['--format=custom', '--schema=fascia', `--file=${file}`, urlOf(tag)]);
    await store.close();
    execFileSync('pg_restore', ['--exit-on-error', `--dbname=${urlOf(`${tag}_restored`)}`, file]);
    const restored = await openStore({ connection: urlOf(`${tag}_restored`), poolMax: 2, ...options });
    expect(await secretOf(restored)).toBe(secret);
    expect(await restored.readAudit('dumped')).toEqual([record('dumped')]);
    await restored.close();
  });
});
