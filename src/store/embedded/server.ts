import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Fault } from '../../core/index.ts';
import type { Binaries } from './binaries.ts';
import { cannotRun, EMBEDDED_USER, lastLine, SERVER_ENVIRONMENT } from './cluster.ts';
import { disownPidFile, isServerOf, readPidFile } from './pid-file.ts';
import { SOCKET_PORT, type Place } from './place.ts';
import { processBirth } from './process-birth.ts';

/** A server that accepts connections. */
export interface RunningServer {
  readonly pid: number;
  readonly birth: string;
  readonly socketFolder: string;
}

const POLL_MS = 10;
/** Ten minutes: recovery after a crash may have much to replay. */
const READY_POLLS_MAX = 60_000;
const STOP_POLLS_MAX = 3_000;
const PASSING_POLLS_MAX = 1_000;
const LOG_SIZE_MAX_BYTES = 10_000_000;

/** No statement and no row value reaches the log: it may hold PHI. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** The live server of this place, waited for while it starts or stops; undefined when there is none. */
export async function findServer(place: Place): Promise<RunningServer | undefined> {
  for (let polls = 0; polls < READY_POLLS_MAX; polls += 1) {
    const found = readPidFile(place.data);
    if (found === undefined || !isServerOf(found.pid, place.data)) return undefined;
    const birth = processBirth(found.pid);
    if (birth !== undefined && found.ready && (await answers(place, found.socketFolder))) {
      return { pid: found.pid, birth, socketFolder: found.socketFolder };
    }
    await sleep(POLL_MS);
  }
  throw cannotRun('does not answer', 'its server process lives but accepts no connection');
}

export interface Launch {
  readonly binaries: Binaries;
  readonly place: Place;
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Starts a server, or finds one that a killed process was about to start. Output: the server, and whether its lock had been left by one
 * that died. Errors: `store.unavailable`.
 */
export async function startServer(
  launch: Launch,
): Promise<{ readonly server: RunningServer; readonly recovered: boolean }> {
  const { data } = launch.place;
  const recovered = readPidFile(data) !== undefined;
  for (let polls = 0; ; polls += 1) {
    const found = await findServer(launch.place);
    if (found !== undefined) return { server: found, recovered };
    const left = readPidFile(data);
    if (left !== undefined && isServerOf(left.pid, data)) continue;
    if (left !== undefined) disownPidFile(data);
    const outcome = await launchServer(launch);
    if (typeof outcome !== 'string') return { server: outcome, recovered };
    if (!isPassing(outcome) || polls >= PASSING_POLLS_MAX) throw cannotRun('did not start', outcome);
    await sleep(POLL_MS);
  }
}

/** Backends of a killed server end by themselves, but bar the next one until then; and a killed process may just have started a server. */
function isPassing(outcome: string): boolean {
  return outcome.includes('pre-existing shared memory block') || outcome.includes('lock file "postmaster.pid"');
}

/** Output: the server once it is ready, or the last line of its log when it ended. */
async function launchServer({ binaries, place, socketFolder, settings }: Launch): Promise<RunningServer | string> {
  for (const suffix of ['', '.lock']) rmSync(join(socketFolder, `.s.PGSQL.${SOCKET_PORT}${suffix}`), { force: true });
  const all = { ...SETTINGS, unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`, ...settings };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = join(place.folder, 'postgres.log');
  const logStart = rotate(log);
  const handle = openSync(log, 'a', 0o600);
  let ended: string | undefined;
  // A session of its own: Ctrl-C must reach us first, so that requests drain while the database still answers.
  const child = spawn(binaries.postgres, ['-D', place.data, '-p', String(SOCKET_PORT), ...options], {
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    detached: true,
    stdio: ['ignore', handle, handle],
    ...place.account,
  });
  closeSync(handle);
  child.on('error', (error) => (ended = error.message));
  // Asked only until the server is ready: later the folder of the log may be gone.
  const tellEnd = (): void => {
    ended ??= lastLine(readFileSync(log, 'utf8').slice(logStart)) ?? 'the server ended at once';
  };
  child.on('exit', tellEnd);
  child.unref();
  for (let polls = 0; ended === undefined && polls < READY_POLLS_MAX; polls += 1) {
    const found = readPidFile(place.data);
    const birth = found?.ready === true && found.pid === child.pid ? processBirth(found.pid) : undefined;
    if (found !== undefined && birth !== undefined) {
      child.off('exit', tellEnd);
      return { pid: found.pid, birth, socketFolder };
    }
    await sleep(POLL_MS);
  }
  return ended ?? 'the server is not ready after ten minutes';
}

/** Keeps one old log. Output: where the new lines begin. */
function rotate(log: string): number {
  const size = statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= LOG_SIZE_MAX_BYTES) return size;
  renameSync(log, `${log}.old`);
  return 0;
}

async function answers(place: Place, socketFolder: string): Promise<boolean> {
  const config = { host: socketFolder, port: SOCKET_PORT, user: EMBEDDED_USER, database: 'postgres' };
  const client = new pg.Client({ ...config, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory === place.data;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Stops a server: fast, and by force when that takes more than half a minute. Connections are cut, what was committed is kept. */
export async function stopServer(server: RunningServer): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (processBirth(server.pid) !== server.birth) return;
    process.kill(server.pid, signal);
    for (let polls = 0; polls < STOP_POLLS_MAX; polls += 1) {
      if (processBirth(server.pid) !== server.birth) return;
      await sleep(POLL_MS);
    }
  }
  throw new Fault('store.unavailable', 'The embedded database does not stop.');
}
