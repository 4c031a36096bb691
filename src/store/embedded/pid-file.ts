import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processBirth } from './process-birth.ts';

/** What the running server says of itself in `postmaster.pid`. */
export interface PidFile {
  readonly pid: number;
  readonly socketFolder: string;
  readonly ready: boolean;
}

/** Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status (PostgreSQL, `src/include/utils/pidfile.h`). */
export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** Whether the pid is a live server of this data folder, and not another process that was given the same pid. */
export function isServerOf(pid: number, data: string): boolean {
  if (processBirth(pid) === undefined) return false;
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(data);
  }
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}

/**
 * Lets our next server take the lock of a dead one whose pid looks alive (a zombie, or reused by another process). The file stays: its line
 * on shared memory is how PostgreSQL notices orphaned backends that still write. A pid that is the new server's parent counts as dead.
 */
export function disownPidFile(data: string): void {
  const file = join(data, 'postmaster.pid');
  const lines = readFileSync(file, 'utf8').split('\n');
  if (processExists(Number(lines[0]))) writeFileSync(file, lines.with(0, String(process.pid)).join('\n'));
}

/** As PostgreSQL asks, zombies included. */
function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
