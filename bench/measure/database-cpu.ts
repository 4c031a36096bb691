import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS_PER_TICK = 10_000_000;

/**
 * CPU time in microseconds that a PostgreSQL server and all its processes have used: those that live by Linux's `/proc/PID/schedstat`, which
 * counts nanoseconds (https://docs.kernel.org/scheduler/sched-stats.html), those that have ended by what `/proc/PID/stat` of the postmaster
 * says of its children (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). In: the process id of the postmaster.
 */
export function databaseCpuUs(postmaster: number): number {
  let nanoseconds = runtimeOf(postmaster) + endedChildrenOf(postmaster);
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid) && parentOf(pid) === postmaster) nanoseconds += runtimeOf(pid);
  }
  return nanoseconds / 1_000;
}

/** The parent of a process; undefined for one that has just ended. */
export function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function endedChildrenOf(pid: number): number {
  const [user = 0, system = 0] = statOf(pid)?.slice(13, 15).map(Number) ?? [];
  return (user + system) * NANOSECONDS_PER_TICK;
}

/** The fields from the third on: the name before them stands in parentheses, and may hold blanks and parentheses itself. */
function statOf(pid: number): readonly string[] | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
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
