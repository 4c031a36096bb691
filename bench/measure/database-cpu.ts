import { readdirSync, readFileSync } from 'node:fs';

/**
 * CPU time in microseconds that a PostgreSQL server and all its processes have used, from Linux's `/proc/PID/schedstat`, which counts
 * nanoseconds (https://docs.kernel.org/scheduler/sched-stats.html). In: the process id of the postmaster.
 */
export function databaseCpuUs(postmaster: number): number {
  let nanoseconds = runtimeOf(postmaster);
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && parentOf(pid) === postmaster) nanoseconds += runtimeOf(pid);
  }
  return nanoseconds / 1_000;
}

/** The parent of a process; undefined for one that has just ended. */
export function parentOf(pid: number): number | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  // The name in parentheses may hold blanks and parentheses itself.
  const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent === undefined ? undefined : Number(parent);
}

function runtimeOf(pid: number): number {
  return Number(readProc(`/proc/${pid}/schedstat`)?.split(' ')[0] ?? 0);
}

function readProc(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
