import type { FileDelivery } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import type { FileState } from '../../../store/index.ts';
import type { FoundDelivery } from './find.ts';
import { msOfAsOf } from './stamp.ts';

/** What is to be done about a delivery before anything of it is read. */
export type Verdict =
  { readonly is: 'nothing' } | { readonly is: 'load' } | { readonly is: 'refuse'; readonly fault: Fault };

const HOUR_MS = 3_600_000;
const nothing: Verdict = { is: 'nothing' };

/**
 * In: what is in use and what was refused last, the time, and the mapping's version, where one that was read with another is to be read again. An
 * extract is refused with `file.date` where it is older than the one in use, or than the department promises.
 */
export function judge(
  found: FoundDelivery,
  { loaded, refused }: FileState,
  delivery: FileDelivery,
  now: { readonly nowMs: number; readonly version: string | undefined },
): Verdict {
  const isKnown = (record: { readonly fingerprint: string; readonly version: string } | undefined): boolean =>
    record?.fingerprint === found.fingerprint && (now.version === undefined || record.version === now.version);
  if (isKnown(loaded) || isKnown(refused)) return nothing;
  const isLoaded = loaded?.fingerprint === found.fingerprint;
  const problem = isLoaded ? undefined : problemOfDate(found, loaded, delivery, now.nowMs);
  return problem === undefined ? { is: 'load' } : { is: 'refuse', fault: new Fault('file.date', problem) };
}

function problemOfDate(
  { stamp }: FoundDelivery,
  loaded: FileState['loaded'],
  delivery: FileDelivery,
  nowMs: number,
): string | undefined {
  if (loaded !== undefined && stamp.atMs < msOfAsOf(loaded.asOf, delivery.zone))
    return `the extract of ${stamp.asOf} is older than the one in use, of ${loaded.asOf}`;
  return isOverdue(stamp.atMs, delivery, nowMs)
    ? `the extract of ${stamp.asOf} is older than ${delivery.ageHoursMax} hours`
    : undefined;
}

/** Whether an extract of this time is older than the department promises. */
export function isOverdue(atMs: number, { ageHoursMax }: FileDelivery, nowMs: number): boolean {
  return nowMs - atMs > ageHoursMax * HOUR_MS;
}
