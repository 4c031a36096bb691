import type { FeedDefinition } from '../contracts/index.ts';
import type { Clock, Emit } from '../core/index.ts';
import type { FeedState } from '../http/index.ts';
import type { Inbox } from '../store/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** What is known of a feed's messages. */
type Watched = Pick<FeedState, 'counted' | 'isSilent'>;

export interface FeedWatch extends Schedule {
  of(feed: string): Watched;
  /** Counts now. Rejects with `store.unavailable`. */
  look(): Promise<void>;
}

interface Parts {
  readonly definitions: readonly FeedDefinition[];
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** How often messages are counted: a probe asks for the state more often than that. */
const EVERY_MS = 15_000;

/** Counts the messages of each feed, and tells when a feed falls silent beyond what its definition expects, and when it is heard again. */
export function watchFeeds({ definitions, inbox, clock, emit }: Parts): FeedWatch {
  const startedMs = clock.nowMs();
  const watched = new Map<string, Watched>();
  const of = (feed: string): Watched => watched.get(feed) ?? { counted: undefined, isSilent: false };
  const look = async (): Promise<void> => {
    const counts = await inbox.counts('open');
    const newest = await inbox.newest(definitions.map(({ id }) => id));
    const atMs = clock.nowMs();
    for (const { id, silentAfterMinutes } of definitions) {
      const messages = counts.filter(({ feed }) => feed === id);
      const newestMs = newest.get(id);
      const isSilent = atMs - (newestMs ?? startedMs) > silentAfterMinutes * 60_000;
      if (isSilent && !of(id).isSilent)
        emit({
          event: 'feed.silent',
          feed: id,
          lastAt: newestMs === undefined ? '' : new Date(newestMs).toISOString(),
        });
      if (!isSilent && of(id).isSilent) emit({ event: 'feed.heard', feed: id });
      watched.set(id, { counted: { atMs, newestMs, messages }, isSilent });
    }
  };
  const schedule = definitions.length === 0 ? { stop: () => Promise.resolve() } : repeat(look, EVERY_MS, true);
  return { of, look, stop: () => schedule.stop() };
}
