import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFeeds } from '../../../src/app/feeds.ts';
import { watchFeeds } from '../../../src/app/watch-feeds.ts';
import { Fault, type NamedEvent } from '../../../src/core/index.ts';
import type { Inbox } from '../../../src/store/index.ts';
import feed from '../../support/feeds/interface-engine/index.ts';

describe('the definition of a feed', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fascia-feeds-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function written(id: string, definition: unknown): string {
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'index.js'), `export default ${JSON.stringify(definition)};`);
    return join(folder, id);
  }

  it('is loaded where somebody answers for it', async () => {
    const definition = { ...feed, id: 'whole', encoding: 'windows-1252' };
    expect(await loadFeeds([written('whole', definition)])).toEqual([definition]);
  });

  const { stewardship } = feed;
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(stewardship).filter(([key]) => key !== name));
  it.each([
    ...['owner', 'clinicalSteward', 'contact', 'serviceLevel', 'reviewDate', 'decisionServed'].map(
      (name) => [`no ${name}`, { ...feed, stewardship: without(name) }, `stewardship.${name}`] as const,
    ),
    ['a review date that is none', { ...feed, stewardship: { ...stewardship, reviewDate: 'soon' } }, 'reviewDate'],
    ['no zone', { ...feed, timeZone: 'Mars/Base' }, 'is not an IANA time zone'],
    ['an encoding that is none', { ...feed, encoding: 'latin-99' }, 'is not an encoding'],
    ['no kinds of messages', { ...feed, events: [] }, 'at least one kind of message'],
    ['a kind that is none', { ...feed, events: ['ADT-A01'] }, 'such as ADT^A01'],
    ['no expectation', { ...feed, silentAfterMinutes: undefined }, 'silentAfterMinutes'],
    ['an unknown key', { ...feed, silentAfter: 5 }, 'silentAfter'],
  ] as const)('does not start with %s', async (what, definition, message) => {
    const id = what.replaceAll(' ', '-').toLowerCase();
    await expect(loadFeeds([written(id, { ...definition, id })])).rejects.toMatchObject({
      ...{ code: 'feed.invalid', message: expect.stringContaining(message) as unknown },
    });
  });

  it('does not start without its folder, nor under the name of another', async () => {
    await expect(loadFeeds([join(folder, 'nowhere')])).rejects.toMatchObject({ code: 'feed.invalid' });
    await expect(loadFeeds([written('named', { ...feed, id: 'otherwise' })])).rejects.toMatchObject({
      ...{ code: 'feed.invalid', message: expect.stringContaining('calls itself otherwise') as unknown },
    });
  });
});

describe('the silence of a feed', () => {
  const startMs = Date.parse('2026-03-01T10:00:00Z');
  const minute = 60_000;

  /** What the inbox counts, and the time, are what the test says. */
  function watched(): {
    readonly at: (minutes: number, newest?: number) => Promise<readonly NamedEvent[]>;
    readonly isSilent: () => boolean;
  } {
    let nowMs = startMs;
    let newestAt: ReadonlyMap<string, number> = new Map();
    const events: NamedEvent[] = [];
    const inbox = {
      counts: () => Promise.resolve([]),
      newest: () => Promise.resolve(newestAt),
    } as unknown as Inbox;
    const clock = { nowMs: () => nowMs };
    const watch = watchFeeds({ definitions: [feed], inbox, clock, emit: (event) => void events.push(event) });
    return {
      at: async (minutes, newest) => {
        nowMs = startMs + minutes * minute;
        newestAt = newest === undefined ? new Map() : new Map([[feed.id, startMs + newest * minute]]);
        await watch.look();
        return events.splice(0);
      },
      isSilent: () => watch.of(feed.id).isSilent,
    };
  }

  it('is told once, when nothing came for longer than it should, and ends with the next message', async () => {
    const { at, isSilent } = watched();
    expect(await at(60)).toEqual([]);
    expect(await at(61)).toEqual([{ event: 'feed.silent', feed: feed.id, lastAt: '' }]);
    expect(isSilent()).toBe(true);
    expect(await at(90)).toEqual([]);
    expect(await at(91, 90)).toEqual([{ event: 'feed.heard', feed: feed.id }]);
    expect(isSilent()).toBe(false);
    expect(await at(151, 90)).toEqual([{ event: 'feed.silent', feed: feed.id, lastAt: '2026-03-01T11:30:00.000Z' }]);
  });

  it('is not judged while the store does not answer', async () => {
    const inbox = { counts: () => Promise.reject(new Fault('store.unavailable', 'down')) } as unknown as Inbox;
    const events: NamedEvent[] = [];
    const watch = watchFeeds({
      ...{ definitions: [feed], inbox, clock: { nowMs: () => startMs }, emit: (event) => void events.push(event) },
    });
    await expect(watch.look()).rejects.toMatchObject({ code: 'store.unavailable' });
    await watch.stop();
    expect([events, watch.of(feed.id)]).toEqual([[], { counted: undefined, isSilent: false }]);
  });
});
