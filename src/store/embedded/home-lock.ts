import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../core/index.ts';

const RETRY_MS = 20;
const TRIES_MAX = 9_000;
const SQLITE_BUSY = 5;

/**
 * Runs `work` while no other process, and no other call of this one, does so for the same file. The lock is a POSIX record lock that
 * SQLite takes on the file: the kernel drops it when its holder dies, so `kill -9` leaves nothing behind, and no pid has to be guessed.
 * Errors: `store.unavailable` when the lock is held for three minutes, `config.invalid` when the file is not ours.
 */
export async function withHomeLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  createPrivately(file);
  const lock = await acquire(file);
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/** Only ever creates: opening and closing the file outside SQLite would drop the locks that this process holds on it. */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(error);
  }
}

async function acquire(file: string): Promise<DatabaseSync> {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const lock = open(file);
    try {
      lock.exec('begin exclusive');
      return lock;
    } catch (error) {
      lock.close();
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw unusable(error);
    }
    await sleep(RETRY_MS);
  }
  throw new Fault(
    'store.unavailable',
    'Another process has been preparing the embedded database for minutes. Stop it, then start again.',
  );
}

function open(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(cause: unknown): Fault {
  return new Fault(
    'config.invalid',
    'The folder of the embedded database cannot be used. FASCIA_HOME must name a local folder that belongs to the user who starts Fascia.',
    { cause },
  );
}
