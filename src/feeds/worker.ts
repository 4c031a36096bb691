import { createHash } from 'node:crypto';
import {
  keyText,
  type FeedDefinition,
  type FeedMapping,
  type Reading,
  type State,
  type Thing,
  type ThingKey,
} from '../contracts/index.ts';
import { causeCode, placesOf, type Emit } from '../core/index.ts';
import { decodeMessage, readMessage } from '../sources/hl7v2/index.ts';
import type { ChangedThing, Ingest, QueuedMessage, Settled, StoredThing } from '../store/index.ts';
import { join } from './join.ts';

export interface WorkerOptions {
  readonly ingest: <T>(work: (ingest: Ingest) => Promise<T>) => Promise<T>;
  readonly feeds: readonly FeedDefinition[];
  readonly mappings: readonly FeedMapping[];
  readonly emit: Emit;
  /** Messages of one transaction; 50 by default. */
  readonly batchMax?: number;
}

/** Maps messages that wait. */
export interface Worker {
  /**
   * Maps the oldest of them, in one transaction. Out: how many were looked at; 0: none waits that nobody else has. Rejects with `store.unavailable`; then nothing
   * of it happened. Messages that fail together are mapped one by one, and one that fails alone is set aside.
   */
  work(): Promise<number>;
}

/** Which thing is meant, in the store and in the API. */
export function thingId(key: ThingKey): string {
  return createHash('sha256').update(keyText(key)).digest('hex').slice(0, 32);
}

/** One message and what it says, or why it says nothing. */
interface ReadMessageOf {
  readonly message: QueuedMessage;
  readonly feed: FeedDefinition | undefined;
  readonly mapping: FeedMapping | undefined;
  readonly reading: Extract<Reading, { is: 'read' }> | undefined;
  readonly setAside: Settled['setAside'];
}

export function createWorker({ ingest, feeds, mappings, emit, batchMax = 50 }: WorkerOptions): Worker {
  const read = (message: QueuedMessage): ReadMessageOf => readQueued(message, feeds, mappings, emit);
  const ids = feeds.map(({ id }) => id);
  /** Out: the messages; or, where it failed, those that it had claimed. */
  const attempt = async (max: number): Promise<Attempt> => {
    let claimed: readonly QueuedMessage[] = [];
    try {
      const settled = await ingest(async (store) => {
        claimed = await store.claim(ids, max, BATCH_BYTES_MAX);
        const messages = claimed.map(read);
        if (messages.length === 0) return [];
        await applyAll(store, messages);
        await store.settle(
          messages.map(({ message, setAside }): Settled => ({ id: message.id, ...(setAside && { setAside }) })),
        );
        return messages;
      });
      return { settled };
    } catch (error) {
      return { claimed, error };
    }
  };
  /** A message that alone cannot be mapped is set aside: what waits behind it must not wait for ever. */
  const setAsideFailing = async (id: string, error: unknown): Promise<void> => {
    const setAside = { state: 'quarantined', reason: 'mapping-failed' } as const;
    const feed = await ingest(async (store) => {
      const [message] = await store.claim(ids, 1, BATCH_BYTES_MAX);
      if (message?.id !== id) return undefined;
      await store.settle([{ id, setAside }]);
      return message.feed;
    });
    if (feed === undefined) return;
    emit({ event: 'message.defect', feed, place: causeCode(error) });
    emit({ event: 'message.set-aside', feed, reason: setAside.reason });
  };
  const tell = (settled: readonly ReadMessageOf[]): number => {
    for (const { message, setAside } of settled)
      if (setAside !== undefined) emit({ event: 'message.set-aside', feed: message.feed, reason: setAside.reason });
    if (settled.length > 0) emit({ event: 'inbox.mapped', messages: settled.length });
    return settled.length;
  };
  let isCareful = false;
  return {
    work: async () => {
      const done = await attempt(isCareful ? 1 : batchMax);
      if ('settled' in done) {
        // One by one until nothing waits: whatever failed among many is somewhere in them.
        if (done.settled.length === 0) isCareful = false;
        return tell(done.settled);
      }
      const { claimed, error } = done;
      const [first, ...others] = claimed;
      if (first === undefined || isPassing(error)) throw error;
      isCareful = true;
      if (others.length === 0) await setAsideFailing(first.id, error);
      return claimed.length;
    },
  };
}

/** What a queued message says, or why it says nothing. A reader that fails is a defect, and holds no other message back. */
function readQueued(
  message: QueuedMessage,
  feeds: readonly FeedDefinition[],
  mappings: readonly FeedMapping[],
  emit: Emit,
): ReadMessageOf {
  const feed = feeds.find(({ id }) => id === message.feed);
  const aside = (state: 'filtered' | 'quarantined', reason: string): ReadMessageOf => ({
    ...{ message, feed, mapping: undefined, reading: undefined, setAside: { state, reason } },
  });
  if (feed === undefined) return aside('quarantined', 'mapping-failed');
  try {
    const { text, encoding } = decodeMessage(message.body, feed.encoding);
    const read = readMessage(text, encoding);
    if (read === undefined) return aside('quarantined', 'header-unreadable');
    for (const mapping of mappings) {
      const reading = mapping.read(read.message, feed);
      if (reading === undefined) continue;
      if (reading.is === 'unmappable') return aside('quarantined', reading.reason);
      const isAhead = reading.stamp.recordedMs > message.receivedAtMs + AHEAD_MAX_MS;
      return isAhead ? aside('quarantined', 'time-ahead') : { message, feed, mapping, reading, setAside: undefined };
    }
    return aside('filtered', 'event-not-mapped');
  } catch (error) {
    emit({ event: 'message.defect', feed: feed.id, place: placesOf(error) });
    return aside('quarantined', 'mapping-failed');
  }
}

type Attempt =
  | { readonly settled: readonly ReadMessageOf[] }
  | { readonly claimed: readonly QueuedMessage[]; readonly error: unknown };

const BATCH_BYTES_MAX = 8 * 1_048_576;
/** A sender whose clock is so far ahead would be right about everything until then. */
const AHEAD_MAX_MS = 24 * 3_600_000;

/**
 * Whether a failure says nothing of the messages: only errors of our code, and states of SQL that tell of values, do. Full disks, lost connections, conflicts and
 * whatever is not known pass, or are mended by somebody.
 */
function isPassing(error: unknown): boolean {
  const code = causeCode(error);
  if (['RangeError', 'TypeError', 'SyntaxError', 'ReferenceError'].includes(code)) return false;
  return !/^(21|22|23|54)[0-9A-Z]{3}$/.test(code);
}

/** Joins what the messages say to what is known, and writes what changed by it: of each thing one version, told of the last message that changed it. */
async function applyAll(store: Ingest, messages: readonly ReadMessageOf[]): Promise<void> {
  const keys = messages.flatMap(({ reading }) => reading?.assertions.map(({ key }) => key) ?? []);
  const ids = [...new Set(keys.map(thingId))];
  if (ids.length === 0) return;
  const stored = new Map((await store.hold(ids)).map((thing) => [thing.id, thing]));
  let state: State = new Map([...stored.values()].map((one) => [keyText(keyOf(one)), thingOf(one)]));
  const changedBy = new Map<string, ReadMessageOf>();
  for (const message of messages) {
    if (message.reading === undefined) continue;
    const before = state;
    state = join(state, message.reading.assertions, message.reading.stamp);
    for (const name of message.reading.assertions.map(({ key }) => keyText(key)))
      if (before.get(name) !== state.get(name)) changedBy.set(name, message);
  }
  await store.write(
    [...changedBy].flatMap(([name, message]) => {
      const thing = state.get(name);
      return thing === undefined ? [] : changed(thing, stored.get(thingId(thing.key)), message);
    }),
  );
}

function changed(
  thing: Thing,
  known: StoredThing | undefined,
  { message, feed, mapping }: ReadMessageOf,
): readonly ChangedThing[] {
  if (mapping === undefined || feed === undefined) return [];
  const { key, parts } = thing;
  const body = mapping.render(thing, (other) => `${other.type}/${thingId(other)}`, feed);
  const digest = createHash('sha256').update(body).digest();
  const { version = 0 } = known ?? {};
  const row = { id: thingId(key), ...key, parts: JSON.stringify(parts), digest };
  if (known?.digest.equals(digest) === true) return [{ ...row, version }];
  return [{ ...row, version: version + 1, resource: { body, message: message.id } }];
}

function keyOf({ type, system, value }: StoredThing): ThingKey {
  return { type: type as ThingKey['type'], system, value };
}

function thingOf(stored: StoredThing): Thing {
  return { key: keyOf(stored), parts: JSON.parse(stored.parts) as Thing['parts'] };
}
