import type { FileDelivery, FileHealth } from '../../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../../core/index.ts';
import type { FileLoads, FileState, LoadedDelivery } from '../../store/index.ts';
import { isOverdue } from './deliver/judge.ts';
import { lookOnce } from './deliver/look.ts';
import { createSettling } from './deliver/settling.ts';
import { msOfAsOf } from './deliver/stamp.ts';

export interface FileFeedOptions {
  readonly system: string;
  /** The folder of the files, or the path of the only one. */
  readonly path: string;
  readonly delivery: FileDelivery;
  /** Of the mapping: a delivery that was read with another one is read again. */
  readonly version: string;
  readonly loads: FileLoads;
  /** The folder is looked at no more often. */
  readonly everyMs: number;
  /** A file that was changed less than so long ago is still being delivered. */
  readonly settleMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** A department's files, kept loaded. */
export interface FileFeed {
  readonly system: string;
  /**
   * Looks for a new delivery, if it is time, and takes it into use. What is wrong with it is told in events and in the health, and remembered, so that
   * it is not read again. Out: whether another delivery is in use than before, loaded by this process or another. Throws `store.unavailable`.
   */
  lookWhenDue(signal: AbortSignal): Promise<boolean>;
  health(): FileHealth;
  /** Whether anything is loaded, by this process or another. */
  isLoaded(): Promise<boolean>;
  /** Whether what is loaded was read with this mapping. */
  isCurrent(): Promise<boolean>;
}

function recordText(record: LoadedDelivery | undefined): string {
  return record === undefined ? '' : `${record.fingerprint} ${record.version} ${record.atMs}`;
}

export function createFileFeed(options: FileFeedOptions): FileFeed {
  const { system, delivery, loads, everyMs, clock, emit } = options;
  const settling = createSettling(options.settleMs, clock);
  let dueMs = -Infinity;
  let state: FileState = {};
  let unreadable: FileHealth['refused'];
  let overdueAsOf: string | undefined;
  // Only the first look compares mappings: two releases side by side must not load in turns.
  let isFirst = true;
  const refresh = async (): Promise<void> => {
    state = await loads.state(system);
  };
  const isOld = (): boolean =>
    state.loaded !== undefined && isOverdue(msOfAsOf(state.loaded.asOf, delivery.zone), delivery, clock.nowMs());
  const tellOverdue = (): void => {
    const asOf = isOld() ? state.loaded?.asOf : undefined;
    if (asOf !== undefined && asOf !== overdueAsOf) emit({ event: 'files.overdue', system, asOf });
    overdueAsOf = asOf;
  };
  const look = async (signal: AbortSignal): Promise<void> => {
    try {
      await lookOnce({ ...options, state, comparesVersion: isFirst, isSettled: settling.isSettled, signal });
      isFirst = false;
      unreadable = undefined;
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'file.unreadable') throw error;
      if (unreadable?.reason !== error.message)
        emit({ event: 'files.refused', system, fault: error.code, reason: error.message });
      unreadable = { fault: error.code, reason: error.message, atMs: clock.nowMs() };
    }
  };
  return {
    system,
    async lookWhenDue(signal) {
      if (clock.nowMs() < dueMs) return false;
      dueMs = clock.nowMs() + everyMs;
      const before = recordText(state.loaded);
      await refresh();
      await look(signal);
      await refresh();
      tellOverdue();
      return recordText(state.loaded) !== before;
    },
    health: () => ({ loaded: state.loaded, refused: unreadable ?? state.refused, overdue: isOld() }),
    async isLoaded() {
      if (state.loaded === undefined) await refresh();
      return state.loaded !== undefined;
    },
    async isCurrent() {
      if (state.loaded === undefined) await refresh();
      return state.loaded?.version === options.version;
    },
  };
}
