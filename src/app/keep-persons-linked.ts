import type { Links } from '../contracts/index.ts';
import { Fault, type Emit } from '../core/index.ts';
import type { Record } from '../record/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/**
 * Links persons at start and on a schedule. The first start of an installation waits for it, so that nobody is served twice; later ones begin with
 * the links of the store, and link anew in the background. A system that is out of order delays new links, not the start.
 */
export async function keepPersonsLinked(parts: {
  readonly record: Record;
  readonly links: Links;
  readonly everyMs: number;
  readonly emit: Emit;
}): Promise<Schedule> {
  const { record, links, emit } = parts;
  const link = async (signal: AbortSignal): Promise<void> => {
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
  else await link(new AbortController().signal);
  return repeat(link, parts.everyMs, linkedBefore);
}
