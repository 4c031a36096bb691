import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processBirth } from './process-birth.ts';

/** A process that uses the embedded database. */
export interface Attachment {
  readonly pid: number;
  readonly birth: string;
}

/**
 * What the processes that share one embedded database know of each other: the 0600 file `database.json` in the home. `place` is the
 * folder of the cluster, `socketFolder` where it listened last. Read and written under the home's lock only.
 */
export interface HomeState {
  readonly place: string;
  readonly socketFolder?: string;
  readonly attached: readonly Attachment[];
}

/** The state with the attachments of dead processes left out; undefined when there is none or when it cannot be read as one. */
export function readHomeState(home: string): HomeState | undefined {
  try {
    const { place, socketFolder, attached } = JSON.parse(readFileSync(stateFile(home), 'utf8')) as Partial<HomeState>;
    if (typeof place !== 'string' || attached === undefined) return undefined;
    const alive = attached.filter((one) => processBirth(one.pid) === one.birth);
    return { place, attached: alive, ...(socketFolder === undefined ? {} : { socketFolder }) };
  } catch {
    return undefined;
  }
}

/** Replaces the state atomically: a kill leaves the old one or the new one. */
export function writeHomeState(home: string, state: HomeState): void {
  const next = `${stateFile(home)}.new`;
  writeFileSync(next, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(next, stateFile(home));
}

/** The attachment of this process. */
export function ownAttachment(): Attachment {
  return { pid: process.pid, birth: processBirth(process.pid) ?? '' };
}

/** The list without one attachment of this process: a process may be attached more than once. */
export function withoutOwn(attached: readonly Attachment[]): readonly Attachment[] {
  const at = attached.findIndex((one) => one.pid === process.pid);
  return at < 0 ? attached : attached.toSpliced(at, 1);
}

function stateFile(home: string): string {
  return join(home, 'database.json');
}
