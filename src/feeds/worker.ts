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
import { placesOf, type Emit } from '../core/index.ts';
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
   * Maps the oldest of them, in one transaction. Out: how many were taken; 0: none waits that nobody else has. Rejects with `store.unavailable`; then nothing
   * of it happened.
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
  const read = (message: QueuedMessage): ReadMessageOf => {
    const feed = feeds.find(({ id }) => id === message.feed);
    const none = { message, feed, mapping: undefined, reading: undefined };
    if (feed === undefined) return { ...none, setAside: { state: 'quarantined', reason: 'feed-unknown' } };
    try {
      const { text, encoding } = decodeMessage(message.body, feed.encoding);
      const read = readMessage(text, encoding);
      if (read === undefined) return { ...none, setAside: { state: 'quarantined', reason: 'header-unreadable' } };
      for (const mapping of mappings) {
        const reading = mapping.read(read.message, feed);
        if (reading?.is === 'read') return { message, feed, mapping, reading, setAside: undefined };
        if (reading !== undefined) return { ...none, setAside: { state: 'quarantined', reason: reading.reason } };
      }
      return { ...none, setAside: { state: 'filtered', reason: 'event-not-mapped' } };
    } catch (error) {
      emit({ event: 'message.defect', feed: feed.id, place: placesOf(error) });
      return { ...none, setAside: { state: 'quarantined', reason: 'mapping-failed' } };
    }
  };
  return {
    work: async () => {
      const settled = await ingest(async (store) => {
        const messages = (await store.claim(batchMax)).map(read);
        if (messages.length === 0) return [];
        await applyAll(store, messages);
        const all = messages.map(({ message, setAside }): Settled => ({
          id: message.id,
          ...(setAside && { setAside }),
        }));
        await store.settle(all);
        return messages;
      });
      for (const { message, setAside } of settled)
        if (setAside !== undefined) emit({ event: 'message.set-aside', feed: message.feed, reason: setAside.reason });
      if (settled.length > 0) emit({ event: 'inbox.mapped', messages: settled.length });
      return settled.length;
    },
  };
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
