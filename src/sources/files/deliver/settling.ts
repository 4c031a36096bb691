import type { Clock } from '../../../core/index.ts';
import type { FoundDelivery } from './find.ts';

/**
 * Tells whether a delivery has stopped changing: it was changed long enough ago, or it has looked the same for long enough, which also holds where the
 * file server's clock is ahead of ours.
 */
export function createSettling(
  settleMs: number,
  clock: Clock,
): { readonly isSettled: (found: FoundDelivery) => boolean } {
  let seen = { fingerprint: '', sinceMs: 0 };
  return {
    isSettled: ({ fingerprint, files }) => {
      const nowMs = clock.nowMs();
      if (seen.fingerprint !== fingerprint) seen = { fingerprint, sinceMs: nowMs };
      const changedMs = Math.max(...files.map((file) => file.changedMs));
      return nowMs - changedMs >= settleMs || nowMs - seen.sinceMs >= settleMs;
    },
  };
}
