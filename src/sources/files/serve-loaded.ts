import type { SqlSystem } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import type { FileFeed } from './feed.ts';

const RETRY_AFTER_SECONDS = 60;

/** A system of files answers from its tables as soon as there are any; before that every request is refused with `system.not-loaded`, never with nothing found. */
export function serveLoaded(system: SqlSystem, feed: FileFeed): SqlSystem {
  const refuseBefore = async (): Promise<void> => {
    if (await feed.isLoaded()) return;
    throw new Fault('system.not-loaded', `The system ${system.id} delivers files, and none is loaded yet.`, {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  };
  return {
    ...system,
    async run(statement, signal) {
      await refuseBefore();
      return system.run(statement, signal);
    },
    async *stream(select, batchSize, signal) {
      await refuseBefore();
      yield* system.stream(select, batchSize, signal);
    },
    async describe(tables, signal) {
      await refuseBefore();
      return system.describe(tables, signal);
    },
    async explain(statement, signal) {
      await refuseBefore();
      return system.explain(statement, signal);
    },
    health: () => ({ ...system.health(), files: feed.health() }),
  };
}
