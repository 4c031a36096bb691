import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/core/index.ts';
import type { StoreConnection } from '../../src/store/database.ts';
import { openStore, type Arrival, type ArrivingMessage, type Store } from '../../src/store/index.ts';
import { storeServers } from '../support/store-servers.ts';

const digestOf = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest();

function message(controlId: string, body: string | Buffer, more: Partial<ArrivingMessage> = {}): ArrivingMessage {
  return {
    ...{ feed: 'adt', sender: 'MERIDIAN|MAIN', controlId, event: 'ADT^A01', address: '127.0.0.1', encoding: 'utf-8' },
    ...{ identity: digestOf(controlId), flaws: [], digest: digestOf(body), body: Buffer.from(body) },
    ...{ receivedAtMs: 1_790_000_000_123, state: 'queued', reason: undefined },
    ...{ answer: Buffer.from(`AA ${controlId}`), conflictAnswer: Buffer.from(`AR ${controlId}`) },
    ...more,
  };
}

const said = (arrivals: readonly Arrival[]): readonly string[] =>
  arrivals.map(({ is, answer }) => `${is}: ${answer?.toString() ?? 'nothing'}`);

for (const server of storeServers('inbox')) {
  (server.isThere ? describe : describe.skip)(`inbox on ${server.title}`, () => {
    let connection: StoreConnection;
    let store: Store;
    const open = (): Promise<Store> => openStore({ connection, poolMax: 4, clock: systemClock, emit: () => undefined });

    beforeAll(async () => {
      await server.open();
      connection = await server.create('main');
      store = await open();
    });
    afterAll(async () => {
      await store.close();
      await server.close();
    });

    it('keeps bytes, header, flaws and answer as they came', async () => {
      const bytes = Buffer.from([0x4d, 0x53, 0x48, 0x00, 0xff, 0xfe, 0x5c, 0x27, 0x0d]);
      const kept = message('bytes-1', bytes, { feed: 'bytes', flaws: ['start-missing'], encoding: 'windows-1252' });
      expect(said(await store.inbox.keep([kept]))).toEqual(['kept: AA bytes-1']);
      const [listed] = await store.inbox.list({ feed: 'bytes' }, 10);
      const whole = await store.inbox.show(listed?.id ?? '');
      expect(whole).toMatchObject({
        ...{ feed: 'bytes', sender: 'MERIDIAN|MAIN', controlId: 'bytes-1', event: 'ADT^A01', state: 'queued' },
        ...{ address: '127.0.0.1', encoding: 'windows-1252', flaws: ['start-missing'], reason: undefined },
        ...{ receivedAtMs: 1_790_000_000_123, bytes: bytes.length },
      });
      expect(whole?.body.equals(bytes)).toBe(true);
      expect(whole?.answer?.toString()).toBe('AA bytes-1');
    });

    it('answers a repetition as the first, byte by byte, and keeps it once', async () => {
      const feed = 'repeated';
      await store.inbox.keep([message('r-1', 'one', { feed })]);
      const again = message('r-1', 'one', { feed, answer: Buffer.from('another answer') });
      expect(said(await store.inbox.keep([again, again]))).toEqual(['repeated: AA r-1', 'repeated: AA r-1']);
      const silent = message('r-2', 'one', { feed, answer: undefined });
      expect(said(await store.inbox.keep([silent, message('r-2', 'one', { feed })]))).toEqual([
        'kept: nothing',
        'repeated: nothing',
      ]);
      expect(await store.inbox.list({ feed }, 10)).toHaveLength(2);
    });

    it('keeps another message under the same id in quarantine, once, and answers that it contradicts', async () => {
      const feed = 'conflict';
      const [first, other] = [message('c-1', 'one', { feed }), message('c-1', 'two', { feed })];
      expect(said(await store.inbox.keep([first, other]))).toEqual(['kept: AA c-1', 'conflict: AR c-1']);
      expect(said(await store.inbox.keep([other, first]))).toEqual(['conflict: AR c-1', 'repeated: AA c-1']);
      expect((await store.inbox.list({ feed }, 10)).map(({ state, reason }) => [state, reason])).toEqual([
        ['quarantined', 'control-id-reused'],
        ['queued', undefined],
      ]);
    });

    it('keeps each of those that cannot be repeated, in the order in which they came', async () => {
      const feed = 'order';
      const broken = { feed, identity: undefined, state: 'quarantined', reason: 'frame-truncated' } as const;
      await store.inbox.keep([
        message('o-1', 'first', { feed }),
        message('', 'half', broken),
        message('o-2', 'second', { feed }),
        message('', 'half', broken),
      ]);
      expect((await store.inbox.list({ feed }, 10)).map(({ controlId }) => controlId)).toEqual(['', 'o-2', '', 'o-1']);
    });

    it('keeps a message once that two processes receive at the same time', async () => {
      const feed = 'twice';
      const stores = await Promise.all([open(), open(), open(), open()]);
      const messages = Array.from({ length: 50 }, (_, at) => message(`t-${at}`, `body ${at}`, { feed }));
      const answers = await Promise.all(stores.map(async ({ inbox }) => inbox.keep(messages)));
      for (const arrivals of answers)
        expect(arrivals.map(({ answer }) => answer?.toString())).toEqual(messages.map((_, at) => `AA t-${at}`));
      expect(answers.flat().filter(({ is }) => is === 'kept')).toHaveLength(50);
      expect(await store.inbox.list({ feed }, 200)).toHaveLength(50);
      await Promise.all(stores.map((other) => other.close()));
    });

    it('keeps header texts that PostgreSQL could not store', async () => {
      const feed = 'texts';
      await store.inbox.keep([message('a\0b\ud800', 'x', { feed, sender: 'S'.repeat(100_000) })]);
      const [kept] = await store.inbox.list({ feed }, 1);
      expect(kept?.controlId).toBe('a\ufffdb\ufffd');
    });

    it('lists by state and reason, counts, and queues anew what can be', async () => {
      const feed = 'looked-at';
      const quarantined = { feed, state: 'quarantined' } as const;
      await store.inbox.keep([
        message('l-1', '1', { feed }),
        message('l-2', '2', { feed, state: 'filtered', reason: 'event-not-taken' }),
        message('l-3', '3', { ...quarantined, reason: 'frame-truncated' }),
        message('l-4', '4', { ...quarantined, reason: 'control-id-missing' }),
      ]);
      const names = async (filter: Parameters<Store['inbox']['list']>[0]): Promise<readonly string[]> =>
        (await store.inbox.list({ feed, ...filter }, 10)).map(({ controlId }) => controlId);
      expect(await names({ state: 'quarantined' })).toEqual(['l-4', 'l-3']);
      expect(await names({ reason: 'event-not-taken' })).toEqual(['l-2']);
      const counts = (await store.inbox.counts('all')).filter((count) => count.feed === feed);
      expect(counts.map(({ state, reason, messages }) => [state, reason, messages])).toEqual([
        ['filtered', 'event-not-taken', 1],
        ['quarantined', 'control-id-missing', 1],
        ['quarantined', 'frame-truncated', 1],
        ['queued', undefined, 1],
      ]);
      expect((await store.inbox.counts('open')).filter((count) => count.feed === feed)).toEqual(
        counts.filter(({ state }) => state !== 'filtered'),
      );
      expect(await store.inbox.newest([feed, 'none'])).toEqual(new Map([[feed, 1_790_000_000_123]]));
      const all = (await store.inbox.list({ feed }, 10)).map(({ id }) => id);
      expect(await store.inbox.retry(all, ['frame-truncated'])).toHaveLength(2);
      expect(await names({ state: 'queued' })).toEqual(['l-4', 'l-2', 'l-1']);
      expect(await store.inbox.dismiss(all)).toHaveLength(1);
      expect(await names({ state: 'filtered' })).toEqual(['l-3']);
      expect(await names({ state: 'quarantined' })).toEqual([]);
    });
  });
}
