import type { FileDelivery } from '../../../contracts/index.ts';
import type { Clock, Emit, Fault } from '../../../core/index.ts';
import type { FileLoads, FileState } from '../../../store/index.ts';
import { findDelivery, type FoundDelivery, type WrongFiles } from './find.ts';
import { judge, type Verdict } from './judge.ts';
import { loadOutcome, refusedOutcome, tell, type Told } from './outcome.ts';

export interface LookOptions {
  readonly system: string;
  readonly path: string;
  readonly delivery: FileDelivery;
  readonly version: string;
  /** Whether a delivery that was read with another mapping is to be read again. */
  readonly comparesVersion: boolean;
  readonly loads: FileLoads;
  /** As it was before this look. */
  readonly state: FileState;
  readonly isSettled: (found: FoundDelivery) => boolean;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Looks at the folder once, and deals with what is new in it. Throws `file.unreadable` and `store.unavailable`. */
export async function lookOnce(options: LookOptions): Promise<void> {
  const { path, delivery, state, clock, isSettled } = options;
  const { newest, wrong } = await findDelivery(path, delivery, clock.nowMs());
  if (newest !== undefined && isSettled(newest)) await deal(newest, options);
  // Files of a wrong time, or without the others of theirs, hide nothing. They are told of once, and again after the next load.
  if (wrong !== undefined && state.refused === undefined) await refuseFiles(wrong, options);
}

async function deal(found: FoundDelivery, options: LookOptions): Promise<void> {
  const { system, delivery, version, comparesVersion, loads, state, clock, emit, signal } = options;
  const verdictOn = (known: FileState): Verdict =>
    judge(found, known, delivery, { nowMs: clock.nowMs(), version: comparesVersion ? version : undefined });
  if (verdictOn(state).is === 'nothing') return;
  let told: Told | undefined;
  await loads.work(system, async (known, shadow) => {
    // Another replica may have dealt with it since this one looked.
    const verdict = verdictOn(known);
    if (verdict.is === 'load') {
      told = await loadOutcome(found, shadow, { version, rejectedShareMax: delivery.rejectedShareMax, clock, signal });
    } else if (verdict.is === 'refuse') {
      told = refused(verdict.fault, { fingerprint: found.fingerprint, asOf: found.stamp.asOf }, options);
    }
    return told?.outcome;
  });
  if (told !== undefined) tell(system, told, emit);
}

async function refuseFiles({ names, fault }: WrongFiles, options: LookOptions): Promise<void> {
  const { system, loads, emit } = options;
  let told: Told | undefined;
  await loads.work(system, (known) => {
    if (known.refused === undefined) told = refused(fault, { fingerprint: names.join('\n'), asOf: '' }, options);
    return Promise.resolve(told?.outcome);
  });
  if (told !== undefined) tell(system, told, emit);
}

function refused(
  fault: Fault,
  of: { readonly fingerprint: string; readonly asOf: string },
  { version, clock }: LookOptions,
): Told {
  return { outcome: refusedOutcome(fault, { ...of, version, atMs: clock.nowMs() }), reports: [], ms: 0 };
}
