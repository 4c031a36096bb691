import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import pg from 'pg';
import { loadConfig, startServer, type Config, type RunningServer } from '../../src/app/index.ts';
import type { Access } from '../../src/contracts/index.ts';
import type { Clock, Emit } from '../../src/core/index.ts';
import { schemaOfFiles, startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { preparedHome, silent, testClock, testZone } from './demo-home.ts';
import { watchAnswers } from './openapi/watch.ts';
import { openScratchRadiology, type ScratchRadiology } from './scratch-radiology.ts';
import { startWireProxy, type WireProxy } from './wire-proxy.ts';

const kinds = { store: 'fascia', ehr: 'meridian_ehr', pharmacy: 'meridian_pharmacy' } as const;
export type ScratchKind = keyof typeof kinds;

/** Statements by database, as they pass on the wire; those of radiology, whose tables lie in the store's, apart. */
export type ScratchStatements = Readonly<Record<ScratchKind | 'radiology', number>>;

const IN_USE = '55006';

/** Copies of the demo databases that nobody connects to, so that they can be copied again. For the global set-up. */
export async function keepPristine(database: EmbeddedDatabase): Promise<void> {
  for (const name of Object.values(kinds)) await copy(database, `pristine_${name}`, name);
}

async function copy(database: EmbeddedDatabase, name: string, from: string): Promise<void> {
  for (;;) {
    try {
      await sqlOn(database, 'postgres', `create database ${name} template ${from}`);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== IN_USE) throw error;
    }
  }
}

async function sqlOn(database: EmbeddedDatabase, name: string, text: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ ...database.connection(name) });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

export interface ScratchServerOptions {
  readonly access?: Access;
  readonly clock?: Clock;
  readonly emit?: Emit;
  /** Other folders than the demo's modules, by system. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Settings of every system, as in `fascia.config.json`. */
  readonly system?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface ScratchServer {
  readonly base: string;
  readonly running: RunningServer;
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

/** Databases of one test's own, with the demo hospital in them, behind proxies that can fail. */
export interface Scratch {
  readonly proxies: Readonly<Record<ScratchKind, WireProxy>>;
  /** The files of last night are there from the beginning. */
  readonly radiology: ScratchRadiology;
  /** Those that were executed since the last call. */
  takeStatements(): ScratchStatements;
  /** Runs SQL on one of the databases, past the proxies. */
  sql(kind: ScratchKind, text: string): Promise<pg.QueryResult>;
  /** A session past the proxies, which the caller ends. */
  session(kind: ScratchKind): Promise<pg.Client>;
  start(options?: ScratchServerOptions): Promise<ScratchServer>;
  /** Stops all servers that were started, and drops the databases. */
  drop(): Promise<void>;
}

export async function openScratch(): Promise<Scratch> {
  const database = await startEmbedded({ home: preparedHome(), emit: silent, clock: testClock });
  const folder = mkdtempSync(join(tmpdir(), 'fascia-scratch-'));
  const tag = `scratch_${process.pid}_${String(process.hrtime.bigint())}`;
  const names = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, `${tag}_${kind}`])) as Record<
    ScratchKind,
    string
  >;
  const { host, port: socketPort, user } = database.connection('postgres');
  const proxies: Partial<Record<ScratchKind, WireProxy>> = {};
  for (const kind of Object.keys(kinds) as ScratchKind[]) {
    await copy(database, names[kind], `pristine_${kinds[kind]}`);
    proxies[kind] = await startWireProxy(join(host, `.s.PGSQL.${socketPort}`));
  }
  const all = proxies as Record<ScratchKind, WireProxy>;
  const radiology = openScratchRadiology({ ...database.connection(names.store) });
  radiology.deliver();
  const url = (kind: ScratchKind): string => `postgres://${user}@127.0.0.1:${all[kind].port}/${names[kind]}`;
  const servers: ScratchServer[] = [];
  const start = async (options: ScratchServerOptions = {}): Promise<ScratchServer> => {
    const file = join(folder, `fascia.config-${servers.length}.json`);
    writeFileSync(file, JSON.stringify(configFile(options, url, radiology.folder)));
    // Each start reads the files before it answers: a look in the background would be among the statements that tests count.
    await sqlOn(database, names.store, `update fascia.file_delivery set version = ''`);
    const server = await startLinked(
      loadConfig({ FASCIA_CONFIG: file, DATABASE_URL: url('store'), PORT: '0' }, folder),
      options,
    );
    servers.push(server);
    return server;
  };
  return {
    proxies: all,
    radiology,
    takeStatements: () => ({
      store: all.store.takeStatements(),
      ehr: all.ehr.takeStatements(),
      pharmacy: all.pharmacy.takeStatements(),
      radiology: all.store.takeStatements(schemaOfFiles('meridian-radiology')),
    }),
    sql: (kind, text) => sqlOn(database, names[kind], text),
    async session(kind) {
      const client = new pg.Client({ ...database.connection(names[kind]) });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    start,
    async drop() {
      for (const proxy of Object.values(all)) await proxy.mend();
      for (const server of servers) await server.stop();
      for (const proxy of Object.values(all)) await proxy.close();
      for (const name of Object.values(names))
        await sqlOn(database, 'postgres', `drop database if exists ${name} with (force)`);
      await database.detach();
      radiology.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that has linked persons: a later start links anew in the background, whose statements and failures are not the test's. */
async function startLinked(config: Config, options: ScratchServerOptions): Promise<ScratchServer> {
  const { access, clock = testClock } = options;
  const linking = Promise.withResolvers<undefined>();
  const emit: Emit = (event) => {
    options.emit?.(event);
    if (event.event === 'persons.linked' || (event.event === 'system.failed' && event.system === 'persons'))
      linking.resolve(undefined);
  };
  const running = await startServer({
    config,
    emit,
    clock,
    ...(access === undefined ? {} : { verify: () => access }),
  });
  await linking.promise;
  await nextTurn();
  const { record, store } = running.installation;
  if ((await store.links.asOfMs()) !== undefined) await record.takeLinks();
  watchAnswers(running.url);
  const base = `${running.url}/fhir`;
  return {
    base,
    running,
    fetch: (to, init) => fetch(to.startsWith('http') ? to : `${base}/${to}`, init),
    stop: () => running.stop('test'),
  };
}

function configFile(options: ScratchServerOptions, url: (kind: ScratchKind) => string, files: string): object {
  const { modules = {}, system = {}, settings = {} } = options;
  const folderOf = (id: string): string => modules[id] ?? join(process.cwd(), 'demo', 'site', 'mappings', id);
  return {
    timeZone: testZone,
    access: 'open-loopback',
    log: 'silent',
    modules: ['meridian-ehr', 'meridian-pharmacy', 'meridian-radiology'].map(folderOf),
    systems: {
      'meridian-ehr': { url: url('ehr'), ...system },
      'meridian-pharmacy': { url: url('pharmacy'), ...system },
      'meridian-radiology': { files: { path: files }, ...system },
    },
    ...settings,
  };
}
