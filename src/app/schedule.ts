/** Work that repeats in the background until it is stopped. */
export interface Schedule {
  /** Ends the repetition, aborts a run under way, and waits for it. */
  stop(): Promise<void>;
}

/**
 * Runs `work` every `everyMs`, never twice at once; the first time at once, where `now` is true. `work` reports its own failures: one that throws is
 * tried again at its next turn.
 */
export function repeat(work: (signal: AbortSignal) => Promise<void>, everyMs: number, now: boolean): Schedule {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  const run = (): void => {
    running ??= work(stopped.signal)
      .catch(() => undefined)
      .finally(() => (running = undefined));
  };
  const timer = setInterval(run, everyMs).unref();
  if (now) run();
  return {
    stop: async () => {
      clearInterval(timer);
      stopped.abort();
      await running;
    },
  };
}
