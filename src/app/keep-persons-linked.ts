import type { Links } from '../contracts/index.ts';
import { Fault, type Emit } from '../core/index.ts';
import type { Record } from '../record/index.ts';
import { repeat } from './schedule.ts';

export interface PersonsKept {
  /** Reads the declared links anew, now. */
  linkNow(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Links persons at start and on a schedule. The first start of an installation waits for it, so that nobody is served twice; later ones begin with
 * the links of the store, and link anew in the background. A system that is out of order delays new links, not the start.
 */
export async function keepPersonsLinked(parts: {
  readonly record: Record;
  readonly links: Links;
  readonly everyMs: number;
  readonly emit: Emit;
}): Promise<PersonsKept> {
  const { record, links, emit } = parts;
  const linkNow = async (signal: AbortSignal): Promise<void> => {
    try {
      await record.linkPersons(signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Fault)) throw error;
      emit({
        event: 'system.failed',
        system: 'persons',
        fault: error.code,
        reason: 'linking persons will be tried again',
      });
    }
  };
  const linkedBefore = (await links.asOfMs()) !== undefined;
  if (linkedBefore) await record.refreshExceptions();
  else await linkNow(new AbortController().signal);
  const schedule = repeat(linkNow, parts.everyMs, linkedBefore);
  return { linkNow, stop: () => schedule.stop() };
}
