import type { Clock } from '../core/index.ts';

/** What a process offers for stopping it; `process` itself, or a stand-in. */
export interface SignalSource {
  on(event: string, listener: () => void): unknown;
}

/** One press of Ctrl-C reaches this process several times: from the terminal, from npm and from the launcher. */
const echoMs = 1_000;

/**
 * Resolves with the first signal that asks the process to stop. A further one, after the echoes of the first, calls `force`. The end of the
 * launcher counts as a signal.
 */
export function stopSignal(source: SignalSource, clock: Clock, force: (signal: string) => void): Promise<string> {
  return new Promise((resolve) => {
    let firstMs: number | undefined;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
      source.on(signal, () => {
        const nowMs = clock.nowMs();
        if (firstMs === undefined) {
          firstMs = nowMs;
          resolve(signal);
        } else if (nowMs - firstMs > echoMs && signal !== 'disconnect') force(signal);
      });
    }
  });
}
