import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Column, FileDelivery, Row, SqlSystem } from '../../src/contracts/index.ts';
import { systemClock, type Clock, type NamedEvent } from '../../src/core/index.ts';
import { alias, tableOf } from '../../src/mappings/kit/index.ts';
import { createFileFeed, serveLoaded, type FileFeed } from '../../src/sources/files/index.ts';
import { openPgSystem } from '../../src/sources/sql/index.ts';
import { openStore, schemaOfFiles, startEmbedded, type EmbeddedDatabase, type Store } from '../../src/store/index.ts';
import { preparedHome, silent } from '../support/demo-home.ts';
import { stayFile, visit, visitFile, ZONE } from '../unit/sources/files/sample.ts';

export const SYSTEM = 'visits';
const v = alias('v', visit);
export const visitColumns: readonly Column[] = [v.id, v.starts, v.day, v.price, v.note, v.as_of];

export const visitsAlone: FileDelivery = { zone: ZONE, ageHoursMax: 72, rejectedShareMax: 0, tables: [visitFile] };
export const visitsAndStays: FileDelivery = { ...visitsAlone, tables: [visitFile, stayFile] };

/** A clock that tests move. */
export interface MovedClock extends Clock {
  set(instant: string): void;
}

export function movedClock(instant: string): MovedClock {
  let nowMs = Date.parse(instant);
  return { nowMs: () => nowMs, set: (to) => (nowMs = Date.parse(to)) };
}

export const HEADER = 'NR;BEGINN;TAG;PREIS;UNGENUTZT;TEXT\r\n';

/** A whole file: header, lines, trailer. */
export function visitsOf(day: string, lines: readonly string[]): string {
  const trailer = `ENDE;${lines.length};${day.replaceAll('-', '')}`;
  return HEADER + [...lines, trailer].map((line) => `${line}\r\n`).join('');
}

export function visitLine(id: number, note: string): string {
  return `${id};24.11.2026 08:30;24.11.2026;1,50;;${note}`;
}

/** One replica: its own connections to the store and to the tables, its own feed. */
export interface Replica {
  readonly feed: FileFeed;
  readonly system: SqlSystem;
  readonly store: Store;
  readonly events: NamedEvent[];
  /** Looks at the folder once, however recently it was looked at. */
  look(): Promise<boolean>;
  rows(): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface FilesSetting {
  readonly folder: string;
  readonly connection: pg.PoolConfig;
  /** Puts a file into the folder, changed at an instant. */
  put(name: string, content: string | Uint8Array, changed?: string): void;
  remove(name: string): void;
  sql(text: string): Promise<readonly unknown[][]>;
  replica(options?: Partial<ReplicaOptions>): Promise<Replica>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly delivery: FileDelivery;
  readonly clock: Clock;
  readonly version: string;
  readonly everyMs: number;
  readonly path: string;
}

let databases = 0;

/** An empty store and an empty folder. */
export async function openFilesSetting(): Promise<FilesSetting> {
  const database: EmbeddedDatabase = await startEmbedded({ home: preparedHome(), emit: silent, clock: systemClock });
  databases += 1;
  const name = `files_${process.pid}_${databases}`;
  await database.ensureDatabase(name);
  const connection: pg.PoolConfig = { ...database.connection(name) };
  const root = mkdtempSync(join(tmpdir(), 'fascia-files-'));
  const folder = join(root, 'extracts');
  mkdirSync(folder);
  const replicas: Replica[] = [];
  const sqlOn = async (target: pg.PoolConfig, text: string): Promise<readonly unknown[][]> => {
    const client = new pg.Client(target);
    await client.connect();
    try {
      return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
    } finally {
      await client.end();
    }
  };
  return {
    folder,
    connection,
    put(file, content, changed = '2026-11-25T02:15:00-05:00') {
      const path = join(folder, file);
      writeFileSync(path, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
      utimesSync(path, new Date(changed), new Date(changed));
    },
    remove: (file) => {
      rmSync(join(folder, file));
    },
    sql: (text) => sqlOn(connection, text),
    async replica(options = {}) {
      const replica = await openReplica(connection, { path: folder, ...options });
      replicas.push(replica);
      return replica;
    },
    async close() {
      for (const replica of replicas) await replica.close();
      await sqlOn({ ...database.connection('postgres') }, `drop database ${name} with (force)`);
      await database.detach();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export async function openReplica(
  connection: pg.PoolConfig,
  options: Partial<ReplicaOptions> & { readonly path: string },
): Promise<Replica> {
  const {
    delivery = visitsAlone,
    clock = movedClock('2026-11-25T12:00:00-05:00'),
    version = 'v1',
    everyMs = 0,
    path,
  } = options;
  const events: NamedEvent[] = [];
  const emit = (event: NamedEvent): void => void events.push(event);
  const store = await openStore({ connection, poolMax: 3, clock: systemClock, emit: silent });
  const feed = createFileFeed({
    system: SYSTEM,
    path,
    delivery,
    version,
    loads: store.fileLoads,
    everyMs,
    settleMs: 60_000,
    clock,
    emit,
  });
  const settings = {
    poolMax: 4,
    statementTimeoutMs: 30_000,
    connectTimeoutMs: 5_000,
    hopKeysMax: 10_000,
    namedStatements: true,
  };
  const pool = openPgSystem({
    id: SYSTEM,
    connection,
    schema: schemaOfFiles(SYSTEM),
    ...settings,
    clock: systemClock,
    emit: silent,
  });
  const system = serveLoaded(pool, feed);
  return {
    feed,
    system,
    store,
    events,
    look: () => feed.lookWhenDue(new AbortController().signal),
    rows: async () => {
      const select = {
        from: tableOf(v),
        joins: [],
        where: { is: 'always' },
        columns: visitColumns,
        orderBy: [v.id],
        descending: false,
      } as const;
      return (await system.run({ is: 'page', selects: [select] }, new AbortController().signal)).rows[0] ?? [];
    },
    async close() {
      await pool.close();
      await store.close();
    },
  };
}
