import { causeCode, type Emit } from '../core/index.ts';
import type { Worker } from '../feeds/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** How often is looked for messages that another process has kept, or that could not be mapped before. */
const EVERY_MS = 1_000;

/** Maps messages while the server runs, as soon as they are kept. That they cannot be mapped is told once, until they can. */
export function keepMessagesMapped(worker: Worker, emit: Emit): Schedule & { readonly wake: () => void } {
  const stopped = new AbortController();
  const isStopped = (): boolean => stopped.signal.aborted;
  let running: Promise<void> | undefined;
  let isStalled = false;
  // Counted, because messages may be kept while the last look for some is under way.
  let [asked, answered] = [0, 0];
  const run = async (): Promise<void> => {
    while (answered < asked && !isStopped()) {
      answered = asked;
      while (!isStopped() && (await worker.work()) > 0);
      isStalled = false;
    }
  };
  const wake = (): void => {
    asked += 1;
    running ??= run()
      .catch((error: unknown) => {
        if (!isStalled) emit({ event: 'inbox.stalled', reason: causeCode(error) });
        isStalled = true;
      })
      .finally(() => (running = undefined));
  };
  const look = (): Promise<void> => {
    wake();
    return Promise.resolve();
  };
  const schedule = repeat(look, EVERY_MS, true);
  return {
    wake,
    stop: async () => {
      stopped.abort();
      await schedule.stop();
      await running;
    },
  };
}
