import { execFile } from 'node:child_process';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../core/index.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

/** The superuser of the embedded server. */
export const EMBEDDED_USER = 'fascia';

/** Without the caller's locale and PG* variables, which would change what initdb and the server do. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

const UNFINISHED = 'data.new-';

/**
 * Makes the data folder when there is none. initdb works under another name, which becomes `data` only when it is complete and synced:
 * what a killed start left is removed. Errors: `config.invalid` for data of another PostgreSQL version or a folder that is no cluster.
 */
export async function ensureCluster(binaries: Binaries, place: Place): Promise<void> {
  removeUnfinished(place);
  if (existsSync(place.data)) {
    checkVersion(binaries, place);
    return;
  }
  const unfinished = join(place.folder, `${UNFINISHED}${process.pid}-${process.hrtime.bigint()}`);
  await initialise(binaries, place, unfinished);
  renameSync(unfinished, place.data);
  syncFolder(place.folder);
}

/** An initdb whose parent was killed may still be writing: what cannot be removed now is removed by a later start. */
function removeUnfinished(place: Place): void {
  for (const name of readdirSync(place.folder)) {
    if (!name.startsWith(UNFINISHED)) continue;
    try {
      rmSync(join(place.folder, name), { recursive: true, force: true });
    } catch {
      continue;
    }
  }
}

function checkVersion(binaries: Binaries, place: Place): void {
  const file = join(place.data, 'PG_VERSION');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'unknown';
  if (version === binaries.major) return;
  throw new Fault(
    'config.invalid',
    `The embedded database's folder holds data of PostgreSQL ${version}, but PostgreSQL ${binaries.major} is installed. ` +
      'Start the release that made it and dump its data, or set FASCIA_HOME to a new folder.',
  );
}

/**
 * The builtin provider sorts by byte and folds by Unicode, whatever locales and ICU the machine has.
 * Trust is safe: the socket's folder admits nobody but the server's account, and no TCP port is opened.
 */
function initialise(binaries: Binaries, place: Place, data: string): Promise<void> {
  const options = [
    '-D',
    data,
    '-U',
    EMBEDDED_USER,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  options.push('--locale=C', '--auth-local=trust', '--auth-host=reject', '--no-instructions');
  return new Promise((resolve, reject) => {
    execFile(
      binaries.initdb,
      options,
      { cwd: '/', env: SERVER_ENVIRONMENT, ...place.account },
      (error, _stdout, stderr) => {
        if (error === null) resolve();
        else reject(cannotRun('could not be initialised', lastLine(stderr) ?? error.message, error));
      },
    );
  });
}

/** What a failed server program said, for the operator who starts the process. */
export function cannotRun(what: string, reason: string, cause?: unknown): Fault {
  const remedy = 'Set DATABASE_URL to use a PostgreSQL server of your own.';
  const libc = reason.includes('ENOENT') ? ' Its binaries need glibc, which musl systems such as Alpine lack.' : '';
  return new Fault('store.unavailable', `The embedded database ${what}: ${reason}.${libc} ${remedy}`, { cause });
}

export function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.replace(/\.$/, '') || undefined;
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
