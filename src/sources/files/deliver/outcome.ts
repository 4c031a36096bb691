import { Fault, type Clock, type Emit } from '../../../core/index.ts';
import type { DeliveryIdentity, Outcome, ShadowTables } from '../../../store/index.ts';
import type { FoundDelivery } from './find.ts';
import { loadDelivery } from './load.ts';
import type { Report } from './report.ts';

/** What became of a delivery, with the whole counts of its rejected lines, for events. */
export interface Told {
  readonly outcome: Outcome;
  readonly reports: readonly Report[];
  readonly ms: number;
}

/**
 * Loads a delivery into shadow tables and says what became of it: what is wrong with the files is an outcome, not an error. Undefined: it is still
 * being delivered. Throws `file.unreadable` and what the store throws, since neither is the delivery's fault.
 */
export async function loadOutcome(
  found: FoundDelivery,
  shadow: ShadowTables,
  options: {
    readonly version: string;
    readonly rejectedShareMax: number;
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<Told | undefined> {
  const { version, rejectedShareMax, clock, signal } = options;
  const startMs = clock.nowMs();
  const reports: Report[] = [];
  const identity = { fingerprint: found.fingerprint, version };
  try {
    const result = await loadDelivery(found, shadow, { rejectedShareMax, signal, reports });
    if (result === undefined) return undefined;
    const atMs = clock.nowMs();
    const record = { asOf: found.stamp.asOf, atMs, lines: result.lines, ...rejectionsOf(reports) };
    return { outcome: { is: 'loaded', ...identity, ...record }, reports, ms: atMs - startMs };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const outcome = refusedOutcome(error, { ...identity, asOf: found.stamp.asOf, atMs: clock.nowMs() }, reports);
    return { outcome, reports, ms: clock.nowMs() - startMs };
  }
}

/** Whether a failure says that the files are wrong. */
export function isRefusal(error: unknown): error is Fault {
  return error instanceof Fault && error.code.startsWith('file.') && error.code !== 'file.unreadable';
}

export function refusedOutcome(
  fault: Fault,
  of: DeliveryIdentity & { readonly asOf: string; readonly atMs: number },
  reports: readonly Report[] = [],
): Outcome {
  return { is: 'refused', ...of, lines: 0, ...rejectionsOf(reports), fault: fault.code, reason: fault.message };
}

function rejectionsOf(reports: readonly Report[]): Pick<Outcome, 'rejected' | 'rejections'> {
  return {
    rejected: reports.reduce((sum, report) => sum + report.count, 0),
    rejections: reports.flatMap((report) => report.listed),
  };
}

/** Tells operators and stewards: what was loaded or refused, and for each file and reason how many lines were left out. */
export function tell(system: string, { outcome, reports, ms }: Told, emit: Emit): void {
  for (const { file, byReason } of reports) {
    for (const [reason, { count, first }] of byReason)
      emit({ event: 'files.rejected', system, file, reason, lines: count, first });
  }
  if (outcome.is === 'loaded') {
    const { asOf, lines, rejected } = outcome;
    emit({ event: 'files.loaded', system, asOf, lines, rejected, ms });
  } else {
    emit({ event: 'files.refused', system, fault: outcome.fault, reason: outcome.reason });
  }
}
