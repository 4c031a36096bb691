import { setImmediate, setTimeout } from 'node:timers';
import type { AuditRecord } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';

export interface GroupCommitOptions {
  readonly append: (records: readonly AuditRecord[]) => Promise<void>;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly inFlightMax: number;
  readonly groupMax: number;
  readonly pendingMax: number;
  readonly timeoutMs: number;
}

/** How the log is doing. */
export interface AuditHealth {
  /** Records that wait or are in flight. */
  readonly pending: number;
  /** Whether the last insert failed, or was waited for in vain. */
  readonly failing: boolean;
}

export interface GroupCommit {
  /** Resolves when the record is durable; rejects with `audit.unavailable`. */
  add(record: AuditRecord): Promise<void>;
  health(): AuditHealth;
  close(): Promise<void>;
}

/** Records that become durable in one insert, and share one promise: nothing is allocated for each record. */
interface Group {
  readonly records: AuditRecord[];
  readonly durable: Promise<void>;
  readonly settle: (fault?: Fault) => void;
  /** Set when it was given up while it waited: it is not written any more. */
  abandoned: boolean;
}

/** For so many turns of the event loop a group that still grows waits for more records: an insert costs more than they do. */
const TURNS_MAX = 4;

/**
 * Group commit. A group is open while it collects records; when the event loop has handed over what is ready, nothing more comes, and an insert may
 * start, it is closed and sent. While inserts are in flight further records collect in the next groups, so groups grow with the load.
 */
export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const waiting: Group[] = [];
  let inFlight = 0;
  let pending = 0;
  let failing = false;
  let scheduled = false;
  let closing: PromiseWithResolvers<undefined> | undefined;

  const schedule = (): void => {
    if (scheduled || inFlight >= options.inFlightMax) return;
    scheduled = true;
    whenQuiet(() => pending, send);
  };
  const send = (): void => {
    scheduled = false;
    while (inFlight < options.inFlightMax) {
      const group = waiting.shift();
      if (group === undefined) break;
      if (group.abandoned) pending -= group.records.length;
      else void write(group);
    }
    if (pending === 0) closing?.resolve(undefined);
  };
  const write = async (group: Group): Promise<void> => {
    inFlight += 1;
    const startedMs = options.clock.nowMs();
    try {
      await options.append(group.records);
      group.settle();
      failing = false;
      const ms = options.clock.nowMs() - startedMs;
      options.emit({ event: 'audit.written', records: group.records.length, ms });
    } catch (cause) {
      failing = true;
      options.emit({ event: 'audit.failed', reason: reasonOf(cause) });
      group.settle(unavailable('The audit record could not be written.', cause));
    }
    inFlight -= 1;
    pending -= group.records.length;
    // Not at once: what else the event loop has ready may bring records into the next group, and each insert costs more than its records.
    schedule();
  };
  const openGroup = (): Group => {
    const last = waiting.at(-1);
    if (last !== undefined && !last.abandoned && last.records.length < options.groupMax) return last;
    const group = newGroup(options, () => (failing = true));
    waiting.push(group);
    return group;
  };
  return {
    add: (record) => {
      if (closing !== undefined) return Promise.reject(unavailable('The server is stopping.'));
      if (pending >= options.pendingMax)
        return Promise.reject(unavailable('Too many audit records wait to be written.'));
      pending += 1;
      const group = openGroup();
      group.records.push(record);
      schedule();
      return group.durable;
    },
    health: () => ({ pending, failing }),
    close: () => {
      closing ??= Promise.withResolvers<undefined>();
      schedule();
      return closing.promise;
    },
  };
}

/** When the event loop has handed over what is ready, and a few turns later while the count still grows. */
function whenQuiet(count: () => number, then: () => void, turnsLeft = TURNS_MAX): void {
  const before = count();
  setImmediate(() => {
    if (count() > before && turnsLeft > 0) whenQuiet(count, then, turnsLeft - 1);
    else then();
  });
}

function newGroup({ timeoutMs, emit }: GroupCommitOptions, onTimeout: () => void): Group {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    group.abandoned = true;
    onTimeout();
    emit({ event: 'audit.failed', reason: 'timeout' });
    group.settle(unavailable('The audit record was not written in time.'));
  }, timeoutMs);
  const group: Group = {
    records: [],
    durable: promise,
    abandoned: false,
    settle: (fault) => {
      clearTimeout(timer);
      if (fault === undefined) resolve(undefined);
      else reject(fault);
    },
  };
  return group;
}

function unavailable(message: string, cause?: unknown): Fault {
  return new Fault('audit.unavailable', `${message} Without it no answer is given. Try again later.`, {
    retryAfterSeconds: 5,
    cause,
  });
}

/** The code of the innermost failure: texts of the database may hold values. */
function reasonOf(failure: unknown): string {
  const { code, cause, name } = failure as { code?: unknown; cause?: unknown; name?: unknown };
  if (failure instanceof Fault && cause !== undefined) return reasonOf(cause);
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
}
