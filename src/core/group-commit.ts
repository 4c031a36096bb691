import { setImmediate, setTimeout } from 'node:timers';
import type { Clock } from './clock.ts';

/** Why an item was not committed: its write failed, took too long, too many wait, or nothing more is taken. */
export type GroupRefusal = 'failed' | 'late' | 'too-many' | 'closing';

export interface GroupCommitOptions<Item, Outcome> {
  /** One durable write. It must settle: until then its items hold a place among those in flight. */
  readonly write: (items: readonly Item[]) => Promise<Outcome>;
  readonly clock: Clock;
  /** Told of each write that ended well. */
  readonly onWritten: (items: number, ms: number) => void;
  /** Told of each write that failed, by the cause, and of each that was waited for in vain. */
  readonly onFailed: (reason: 'failed' | 'late', cause?: unknown) => void;
  /** What `add` rejects with. */
  readonly refuse: (reason: GroupRefusal, cause?: unknown) => Error;
  /** What an item counts of the limits below; 1 by default. */
  readonly weigh?: (item: Item) => number;
  /** Writes at the same time. */
  readonly inFlightMax: number;
  /** What one write holds; an item that weighs more is written alone. */
  readonly groupMax: number;
  /** What waits or is in flight; a further item is refused. */
  readonly pendingMax: number;
  readonly timeoutMs: number;
}

/** How the writes are doing. */
export interface GroupHealth {
  /** Weight of the items that wait or are in flight. */
  readonly pending: number;
  /** Whether the last write failed, or was waited for in vain. */
  readonly failing: boolean;
}

export interface GroupCommit<Item, Outcome> {
  /** Resolves with the outcome of the write that the item was part of, when it is durable. */
  add(item: Item): Promise<Outcome>;
  health(): GroupHealth;
  /** Takes no more, and resolves when what waits is written. */
  close(): Promise<void>;
}

/** Items that become durable in one write, and share one promise: nothing is allocated for each. */
interface Group<Item, Outcome> {
  readonly items: Item[];
  weight: number;
  readonly durable: Promise<Outcome>;
  readonly settle: (result: { readonly outcome: Outcome } | { readonly error: Error }) => void;
  /** Set when it was given up while it waited: it is not written any more. */
  abandoned: boolean;
}

/** For so many turns of the event loop a group that still grows waits for more: a write costs more than its items do. */
const TURNS_MAX = 4;

/**
 * Group commit. A group is open while it collects items; when the event loop has handed over what is ready, nothing more comes, and a write may
 * start, it is closed and written. While writes are in flight further items collect in the next groups, so groups grow with the load.
 */
export function createGroupCommit<Item, Outcome>(
  options: GroupCommitOptions<Item, Outcome>,
): GroupCommit<Item, Outcome> {
  const { weigh = () => 1, refuse } = options;
  const waiting: Group<Item, Outcome>[] = [];
  let [inFlight, pending] = [0, 0];
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
      if (group.abandoned) pending -= group.weight;
      else void write(group);
    }
    if (pending === 0) closing?.resolve(undefined);
  };
  const write = async (group: Group<Item, Outcome>): Promise<void> => {
    inFlight += 1;
    const startedMs = options.clock.nowMs();
    try {
      const outcome = await options.write(group.items);
      group.settle({ outcome });
      failing = false;
      options.onWritten(group.items.length, options.clock.nowMs() - startedMs);
    } catch (cause) {
      failing = true;
      options.onFailed('failed', cause);
      group.settle({ error: refuse('failed', cause) });
    }
    inFlight -= 1;
    pending -= group.weight;
    // Not at once: what else the event loop has ready may bring items into the next group, and each write costs more than its items.
    schedule();
  };
  const openGroup = (weight: number): Group<Item, Outcome> => {
    const last = waiting.at(-1);
    if (last !== undefined && !last.abandoned && last.weight + weight <= options.groupMax) return last;
    const group = newGroup(options, () => (failing = true));
    waiting.push(group);
    return group;
  };
  return {
    add: (item) => {
      if (closing !== undefined) return Promise.reject(refuse('closing'));
      const weight = weigh(item);
      if (pending > 0 && pending + weight > options.pendingMax) return Promise.reject(refuse('too-many'));
      pending += weight;
      const group = openGroup(weight);
      group.items.push(item);
      group.weight += weight;
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

function newGroup<Item, Outcome>(
  { timeoutMs, onFailed, refuse }: GroupCommitOptions<Item, Outcome>,
  onTimeout: () => void,
): Group<Item, Outcome> {
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  const timer = setTimeout(() => {
    group.abandoned = true;
    onTimeout();
    onFailed('late');
    group.settle({ error: refuse('late') });
  }, timeoutMs);
  const group: Group<Item, Outcome> = {
    items: [],
    weight: 0,
    durable: promise,
    abandoned: false,
    settle: (result) => {
      clearTimeout(timer);
      if ('outcome' in result) resolve(result.outcome);
      else reject(result.error);
    },
  };
  return group;
}
