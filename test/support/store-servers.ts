import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '../../src/core/index.ts';
import { poolConfig, type StoreConnection } from '../../src/store/database.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';

/** A PostgreSQL on which our store is tested. */
export interface StoreServer {
  readonly title: string;
  /** False: the environment names none. */
  readonly isThere: boolean;
  open(): Promise<void>;
  /** A new database. */
  create(name: string): Promise<StoreConnection>;
  close(): Promise<void>;
}

const serviceUrl = process.env['FASCIA_TEST_DATABASE_URL'];

/** The embedded PostgreSQL, and one of the environment. In: a name of the suite, for what it makes. */
export function storeServers(suite: string): readonly StoreServer[] {
  return [embeddedServer(suite), serviceServer(suite)];
}

function embeddedServer(suite: string): StoreServer {
  let folder = '';
  let embedded: EmbeddedDatabase;
  return {
    title: 'embedded PostgreSQL',
    isThere: true,
    open: async () => {
      folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), `fascia-${suite}-`));
      chmodSync(folder, 0o711);
      embedded = await startEmbedded({
        ...{ home: join(folder, 'home'), systemFolder: join(folder, 'system') },
        ...{ clock: systemClock, emit: () => undefined, watchMs: 10 },
      });
    },
    create: async (name) => {
      await embedded.ensureDatabase(name);
      return { ...embedded.connection(name) };
    },
    close: async () => {
      await embedded.detach();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serviceServer(suite: string): StoreServer {
  const made: string[] = [];
  return {
    title: 'PostgreSQL service (needs FASCIA_TEST_DATABASE_URL)',
    isThere: serviceUrl !== undefined,
    open: () => Promise.resolve(),
    create: async (suffix) => {
      const name = `fascia_${suite}_${process.pid}_${suffix}`;
      await query(serviceUrl ?? '', `create database ${name}`);
      made.push(name);
      const url = new URL(serviceUrl ?? '');
      url.pathname = `/${name}`;
      return url.href;
    },
    close: async () => {
      for (const name of made) await query(serviceUrl ?? '', `drop database ${name} with (force)`);
    },
  };
}

/** Runs one statement. Out: its rows, as arrays. */
export async function query(connection: StoreConnection, text: string): Promise<unknown[]> {
  const client = new pg.Client(poolConfig(connection));
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}
