import type { ResourceType, Table } from '../contracts/index.ts';
import { Fault, type Clock, type Emit, type NamedEvent } from '../core/index.ts';
import {
  compareCodes,
  compareTables,
  lostBy,
  nothingLost,
  nothingUndeclared,
  tablesOf,
  type Finding,
  type Installed,
  type Lost,
  type Record,
  type Undeclared,
} from '../record/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** What is known of a system's tables against what its module expects. */
export interface ExpectationState {
  /** When they were last compared; undefined: not since this start. */
  readonly comparedMs: number | undefined;
  readonly closed: readonly ResourceType[];
  /** FHIRPaths of the elements that are left out. */
  readonly without: readonly string[];
  /** What the newest rows hold beside the code sets of the module. */
  readonly undeclared: Undeclared;
}

export interface Expectations extends Schedule {
  /** Compares all systems now. One that does not answer stays as it was last seen. */
  look(signal: AbortSignal): Promise<void>;
  of(system: string): ExpectationState;
}

/** How soon a system that did not answer is looked at again, and how often is looked whether a look is due. */
const askMs = 15_000;
/** A start does not wait longer for a slow system: until it was looked at, it is taken for what its module says. */
const startWaitMs = 3_000;
/** SQLSTATE class 42: something that a statement names is not there, or is not what it was. */
const lacking = /^42/;

interface Parts {
  readonly record: Record;
  readonly installed: readonly Installed[];
  readonly everyMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
}

interface Seen {
  readonly lost: Lost;
  readonly found: string;
  readonly comparedMs: number;
}

/**
 * Compares what modules declare with the catalogues of their systems, before anything is served and on a schedule, and takes what differs into use.
 * `heard` hears all events: a statement that failed for want of something brings the next look forward.
 */
export async function keepExpectations(
  parts: Parts,
): Promise<Expectations & { readonly heard: (event: NamedEvent) => void }> {
  const { installed, everyMs, clock } = parts;
  const tables = new Map(installed.map(({ module }) => [module.id, tablesOf(module.branches)]));
  const seen = new Map<string, Seen>();
  const undeclared = new Map<string, Undeclared>();
  let dueMs = 0;
  const look = async (signal: AbortSignal): Promise<void> => {
    dueMs = clock.nowMs() + askMs;
    const answered = await Promise.all(
      installed.map((one) => see(one, tables.get(one.module.id) ?? [], seen, clock, signal)),
    );
    const changed = answered.flatMap((one) => (one?.changed === true ? [one.system] : []));
    if (changed.length > 0) takeIntoUse(parts, seen, changed);
    await Promise.all(
      answered.flatMap((one) => (one === undefined ? [] : [seeCodes(parts, one.system, undeclared, signal)])),
    );
    if (!answered.includes(undefined)) dueMs = clock.nowMs() + everyMs;
  };
  const lookWhenDue = async (signal: AbortSignal): Promise<void> => {
    if (clock.nowMs() >= dueMs) await look(signal);
  };
  await look(AbortSignal.timeout(startWaitMs));
  const schedule = repeat(lookWhenDue, Math.min(everyMs, askMs), false);
  return {
    ...schedule,
    look,
    of: (system) => ({
      comparedMs: seen.get(system)?.comparedMs,
      ...stateOf(parts.record, system),
      undeclared: undeclared.get(system) ?? nothingUndeclared,
    }),
    heard: (event) => {
      if (event.event === 'system.failed' && lacking.test(event.reason)) dueMs = 0;
    },
  };
}

/** Undefined: the system did not answer, and nothing was learnt. */
async function see(
  { module, system }: Installed,
  tables: readonly Table[],
  seen: Map<string, Seen>,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ readonly system: string; readonly changed: boolean } | undefined> {
  try {
    const findings = compareTables(tables, await system.describe(tables, signal));
    const found = findings.map(nameOf).join('\n');
    const before = seen.get(module.id)?.found ?? '';
    seen.set(module.id, { lost: lostBy(findings), found, comparedMs: clock.nowMs() });
    return { system: module.id, changed: found !== before };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return undefined;
  }
}

/** Codes that nobody declared close nothing: each row says for itself whether it can be mapped. */
async function seeCodes(
  { record, emit }: Parts,
  system: string,
  undeclared: Map<string, Undeclared>,
  signal: AbortSignal,
): Promise<void> {
  const own = record.catalogue.branches.filter((entry) => entry.moduleId === system && entry.of === undefined);
  try {
    const found = await compareCodes(
      own.filter(({ closed }) => !closed),
      signal,
    );
    const before = undeclared.get(system) ?? nothingUndeclared;
    undeclared.set(system, found);
    if (found.places !== before.places) emit({ event: 'codes.undeclared', system, ...found });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
}

function nameOf(finding: Finding): string {
  const { schema = '', name } = finding.table;
  return [finding.is, schema, name, finding.is === 'no-table' ? '' : finding.column].join('\u0000');
}

function takeIntoUse({ record, emit }: Parts, seen: ReadonlyMap<string, Seen>, changed: readonly string[]): void {
  record.adapt((system) => seen.get(system)?.lost ?? nothingLost);
  for (const system of changed) {
    const { closed, without } = stateOf(record, system);
    if (seen.get(system)?.found === '') emit({ event: 'system.restored', system });
    else emit({ event: 'system.drifted', system, closed, without });
  }
}

function stateOf({ catalogue }: Record, system: string): Pick<ExpectationState, 'closed' | 'without'> {
  const own = catalogue.branches.filter((entry) => entry.moduleId === system);
  return {
    closed: [...new Set(own.filter(({ closed }) => closed).map(({ branch }) => branch.type))],
    without: [...new Set(own.flatMap(({ without }) => without))],
  };
}
