import { setInterval } from 'node:timers';
import { join, resolve } from 'node:path';
import { realpathSync } from 'node:fs';
import pg from 'pg';
import type { Clock, Emit } from '../../core/index.ts';
import { provideBinaries } from './binaries.ts';
import { EMBEDDED_USER, ensureCluster } from './cluster.ts';
import { fillFromSample } from './sample.ts';
import { withHomeLock } from './home-lock.ts';
import { ownAttachment, readHomeState, withoutOwn, writeHomeState } from './home-state.ts';
import { choosePlace, chooseSocketFolder, dropSocketFolder, makeHome, SOCKET_PORT, type Place } from './place.ts';
import { processBirth } from './process-birth.ts';
import { findServer, startServer, stopServer, type RunningServer } from './server.ts';

export interface EmbeddedOptions {
  /** The folder of the installation (`FASCIA_HOME`); made when missing. */
  readonly home: string;
  readonly emit: Emit;
  readonly clock: Clock;
  /** Server settings beside ours, used when this call starts the server. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Where clusters go that root starts in a home which the server's account cannot enter. */
  readonly systemFolder?: string;
  /** How often a server that died is noticed and started again. */
  readonly watchMs?: number;
}

/** How `pg` reaches a database of the embedded server: `host` is the folder of its Unix socket. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

export interface EmbeddedDatabase {
  /** Where its data lies: inside the home, or where root had to put it. */
  readonly folder: string;
  connection(database: string): EmbeddedConnection;
  /** Creates the database when it is missing; safe when several processes do so at once. */
  ensureDatabase(name: string): Promise<void>;
  /** Makes a database from an SQL script, and anew when the script changed. Errors: `config.invalid`, also where the database was made otherwise. */
  ensureSample(name: string, script: string): Promise<void>;
  /** Ends the use by this call; the last one to leave stops the server. Close all pools before. */
  detach(): Promise<void>;
}

/**
 * Attaches to the embedded PostgreSQL of a home, and starts or initialises it when needed. Any number of processes share one server; one
 * that a killed process left behind is adopted. While attached, a server that dies is started again.
 * Errors: `config.invalid` and `store.unavailable`, whose messages say what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  makeHome(resolve(options.home));
  const home = realpathSync(options.home);
  const locked = <T>(work: () => Promise<T>): Promise<T> => withHomeLock(join(home, 'database.lock'), work);
  let server = await locked(() => attach(home, options));
  let watching = Promise.resolve();
  let busy = false;
  const watch = setInterval(() => {
    if (busy || processBirth(server.pid) === server.birth) return;
    busy = true;
    watching = locked(async () => {
      server = await run(home, options);
    })
      .catch((error: unknown) => {
        options.emit({
          event: 'database.recovered',
          reason: `not yet: ${error instanceof Error ? error.message : 'unknown'}`,
        });
      })
      .finally(() => (busy = false));
  }, options.watchMs ?? 1_000).unref();
  let detached: Promise<void> | undefined;
  const connection = (database: string): EmbeddedConnection => ({
    host: server.socketFolder,
    port: SOCKET_PORT,
    user: EMBEDDED_USER,
    database,
  });
  return {
    folder: placeOf(home, options).folder,
    connection,
    ensureDatabase: (name) => createDatabase(connection('postgres'), name),
    ensureSample: (name, script) => fillFromSample(connection, name, script),
    detach: () => {
      clearInterval(watch);
      detached ??= watching.then(() => locked(() => leave(home, options)));
      return detached;
    },
  };
}

const SYSTEM_FOLDER = '/var/lib/fascia';

function placeOf(home: string, options: EmbeddedOptions): Place {
  return choosePlace(home, readHomeState(home), options.systemFolder ?? SYSTEM_FOLDER);
}

async function attach(home: string, options: EmbeddedOptions): Promise<RunningServer> {
  const server = await run(home, options);
  const state = readHomeState(home);
  if (state !== undefined) writeHomeState(home, { ...state, attached: [...state.attached, ownAttachment()] });
  return server;
}

/** The server of the home, found or started. */
async function run(home: string, options: EmbeddedOptions): Promise<RunningServer> {
  const startedMs = options.clock.nowMs();
  const state = readHomeState(home);
  const place = placeOf(home, options);
  const attached = state?.attached ?? [];
  const found = await findServer(place);
  if (found !== undefined) {
    if (attached.length === 0) options.emit({ event: 'database.adopted', pid: found.pid });
    writeHomeState(home, { place: place.folder, socketFolder: found.socketFolder, attached });
    return found;
  }
  const socketFolder = chooseSocketFolder(place, state?.socketFolder);
  // Before anything is made, so that a kill from here on leaves a state that leads the next start to it.
  writeHomeState(home, { place: place.folder, socketFolder, attached });
  const binaries = provideBinaries(place);
  await ensureCluster(binaries, place);
  const { server, recovered } = await startServer({ binaries, place, socketFolder, settings: options.settings ?? {} });
  if (recovered) options.emit({ event: 'database.recovered', reason: 'the server had ended without stopping' });
  options.emit({ event: 'database.started', ms: options.clock.nowMs() - startedMs });
  return server;
}

async function leave(home: string, options: EmbeddedOptions): Promise<void> {
  const state = readHomeState(home);
  if (state === undefined) return;
  const attached = withoutOwn(state.attached);
  writeHomeState(home, { ...state, attached });
  if (attached.length > 0) return;
  const place = placeOf(home, options);
  const server = await findServer(place);
  if (server !== undefined) await stopServer(server);
  dropSocketFolder(place, state.socketFolder);
}

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

async function createDatabase(connection: EmbeddedConnection, name: string): Promise<void> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== DUPLICATE_DATABASE && code !== UNIQUE_VIOLATION) throw error;
  } finally {
    await client.end();
  }
}
