import { Fault, type Emit } from '../core/index.ts';
import type { FileFeed } from '../sources/files/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** Each feed looks at its folder no more often than it was told to; this is how often it is asked to. */
const askMs = 15_000;

interface FeedParts {
  readonly feeds: readonly FileFeed[];
  readonly emit: Emit;
}

/** Loads, before anything is served, what was never loaded, or was read with another mapping. What fails is told, and tried again later. */
export async function loadFilesFirst({ feeds, emit }: FeedParts): Promise<void> {
  const { signal } = new AbortController();
  for (const feed of feeds) if (!(await feed.isCurrent())) await look(feed, emit, signal);
}

/** Looks for new deliveries while the server runs. `onLoaded` is called when one of them came into use. */
export function keepFilesLoaded({ feeds, emit, onLoaded }: FeedParts & { readonly onLoaded: () => void }): Schedule {
  const lookAtAll = async (signal: AbortSignal): Promise<void> => {
    for (const feed of feeds) if (await look(feed, emit, signal)) onLoaded();
  };
  return feeds.length === 0 ? { stop: () => Promise.resolve() } : repeat(lookAtAll, askMs, true);
}

async function look(feed: FileFeed, emit: Emit, signal: AbortSignal): Promise<boolean> {
  try {
    return await feed.lookWhenDue(signal);
  } catch (error) {
    if (signal.aborted) return false;
    if (!(error instanceof Fault)) throw error;
    emit({
      event: 'system.failed',
      system: feed.system,
      fault: error.code,
      reason: 'its files will be looked for again',
    });
    return false;
  }
}
