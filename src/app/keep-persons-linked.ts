import type { Links } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import { LINK_RETRY_SECONDS, type Record } from '../record/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** Links that are kept new. */
export interface PersonSchedule extends Schedule {
  /** Links anew within seconds: patients came in that nobody has linked yet. */
  linkSoon(): void;
}

const retryMs = LINK_RETRY_SECONDS * 1_000;

/**
 * Links persons at start and on a schedule. The first start of an installation waits for it, and nobody is served before it succeeded once, because a
 * part of a person would look like the whole; later ones begin with the links of the store, and link anew in the background. A system that is out of
 * order delays links, not the start.
 */
export async function keepPersonsLinked(parts: {
  readonly record: Record;
  readonly links: Links;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}): Promise<PersonSchedule> {
  const { record, links, everyMs, clock, emit } = parts;
  let dueMs = 0;
  const takeLinks = async (): Promise<boolean> => {
    const wereRead = (await links.asOfMs()) !== undefined;
    if (wereRead) await record.takeLinks();
    return wereRead;
  };
  const linkWhenDue = async (signal: AbortSignal): Promise<void> => {
    if (clock.nowMs() < dueMs) return;
    dueMs = clock.nowMs() + retryMs;
    try {
      await record.linkPersons(signal);
      dueMs = clock.nowMs() + everyMs;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Fault)) throw error;
      const reason = 'linking persons will be tried again';
      emit({ event: 'system.failed', system: 'persons', fault: error.code, reason });
      // Another process may have had more luck.
      await takeLinks();
    }
  };
  const linkedBefore = await takeLinks();
  if (!linkedBefore) await linkWhenDue(new AbortController().signal);
  const schedule = repeat(linkWhenDue, Math.min(everyMs, retryMs), linkedBefore);
  return { ...schedule, linkSoon: () => (dueMs = 0) };
}
