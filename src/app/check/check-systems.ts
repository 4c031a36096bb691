import { randomBytes } from 'node:crypto';
import type { MappingModule, Sealer } from '../../contracts/index.ts';
import { Fault, systemClock } from '../../core/index.ts';
import {
  buildCatalogue,
  compareTables,
  inspectBranch,
  lostBy,
  nothingLost,
  tablesOf,
  usedIn,
  type Catalogue,
  type CatalogueBranch,
  type Inspected,
  type Installed,
  type Lost,
  type Place,
} from '../../record/index.ts';
import { createSealer } from '../../security/index.ts';
import { createClosers } from '../closers.ts';
import type { Config } from '../config.ts';
import { loadModules } from '../modules.ts';
import { openSystems } from '../open-systems.ts';
import { openOwnDatabase, type OwnDatabase } from '../own-database.ts';
import { createIndexCheck, type IndexCheck } from './indexes.ts';
import { expectationOf, type MissingIndex, type SystemReport } from './report.ts';
import { createIssueReader } from './validity.ts';

export interface CheckOptions {
  /** Every row is decoded, validated, and asked whether all its values reach its resource. */
  readonly all: boolean;
  /** How many rows of each branch are looked at otherwise. */
  readonly rows: number;
  /** Tables with fewer rows need no index. */
  readonly largeRows: number;
  /** Says what is being done, and how many rows of it are. */
  readonly onProgress: (system: string, step: string, rows: number) => void;
}

/** As few as a check that disturbs nobody needs. */
const CONNECTIONS_MAX = 2;

/**
 * Checks systems against their modules, in place and read-only, with the settings that the server uses. In: their ids; none means all. Yields a report
 * for each. Throws `config.invalid` for a system that is not configured.
 */
export async function* checkSystems(
  config: Config,
  wanted: readonly string[],
  options: CheckOptions,
  signal: AbortSignal = new AbortController().signal,
): AsyncGenerator<SystemReport> {
  const unknown = wanted.find((id) => config.systems.every((system) => system.id !== id));
  if (unknown !== undefined)
    throw new Fault(
      'config.invalid',
      `There is no system ${unknown}: ${config.systems.map(({ id }) => id).join(', ')} are configured.`,
    );
  const closers = createClosers();
  try {
    const modules = await loadModules(config.modules);
    const installed = await open(config, modules, closers);
    const sealer = createSealer(randomBytes(32));
    for (const one of installed) {
      if (wanted.length > 0 && !wanted.includes(one.module.id)) continue;
      yield await checkSystem(one, { installed, sealer, config, options, signal });
    }
  } finally {
    await closers.close();
  }
}

async function open(
  config: Config,
  modules: readonly MappingModule[],
  closers: ReturnType<typeof createClosers>,
): Promise<readonly Installed[]> {
  const emit = (): void => undefined;
  const beside = config.systems.some(({ connection }) => !('url' in connection));
  // Where no system lies beside our own store, the store is not touched.
  const database: OwnDatabase = beside ? await openOwnDatabase(config, systemClock, emit) : elsewhere;
  closers.add(() => database.close());
  const systems = config.systems.map((system) => ({ ...system, poolMax: Math.min(system.poolMax, CONNECTIONS_MAX) }));
  const parts = { config: { ...config, systems }, database, clock: systemClock, emit, closers, version: 'check' };
  return openSystems(modules, parts).installed;
}

const elsewhere: OwnDatabase = {
  store: '',
  connectionOf: ({ connection }) => ('url' in connection ? connection.url : ''),
  loadSamples: () => Promise.resolve(),
  close: () => Promise.resolve(),
};

interface Parts {
  readonly installed: readonly Installed[];
  readonly sealer: Sealer;
  readonly config: Config;
  readonly options: CheckOptions;
  readonly signal: AbortSignal;
}

async function checkSystem(one: Installed, parts: Parts): Promise<SystemReport> {
  const { module, system } = one;
  const { options, installed, signal } = parts;
  const empty = { system: module.id, complete: options.all, ...nothing };
  options.onProgress(module.id, 'tables', 0);
  const tables = tablesOf(module.branches);
  const live = await system.describe(tables, signal).catch(faultOf);
  if (typeof live === 'string') return { ...empty, unseen: [{ what: 'tables', fault: live }] };
  const findings = compareTables(tables, live);
  const lost = lostBy(findings);
  const lostIn = (id: string): Lost => (id === module.id ? lost : nothingLost);
  const catalogue = buildCatalogue(installed, lostIn);
  const entries = catalogue.branches.filter(({ moduleId, of }) => moduleId === module.id && of === undefined);
  const open = entries.filter(({ closed }) => !closed);
  // Tables that are loaded from files are ours: what they hold beside the declared columns is no fact of the department.
  const columns = tables.flatMap(({ name: table, columns: declared }, i) =>
    (module.files === undefined ? [...(live[i]?.keys() ?? [])] : Object.keys(declared)).map((column) => ({
      table,
      column,
    })),
  );
  return {
    ...empty,
    expectations: findings.map(expectationOf),
    closed: entries.filter(({ closed }) => closed).map(({ branch }) => `${branch.type} (${branch.prefix})`),
    unused: without(columns, entries.flatMap(usedIn)),
    ...(await inspectAll(open, catalogue, await indexCheck(lostIn, parts), parts)),
  };
}

function indexCheck(
  lostIn: (system: string) => Lost,
  { installed, sealer, config, options }: Parts,
): Promise<IndexCheck> {
  const { largeRows } = options;
  return createIndexCheck({ installed, lostIn, sealer, clock: systemClock, zone: config.timeZone, largeRows });
}

function faultOf(error: unknown): string {
  if (error instanceof Fault) return error.code;
  throw error;
}

const nothing: Omit<SystemReport, 'system' | 'complete'> = {
  expectations: [],
  closed: [],
  unseen: [],
  branches: [],
  dead: [],
  unused: [],
  missingIndexes: [],
};

type Seen = Pick<SystemReport, 'branches' | 'dead' | 'missingIndexes' | 'unseen'>;

async function inspectAll(
  entries: readonly CatalogueBranch[],
  catalogue: Catalogue,
  indexes: IndexCheck,
  { options, sealer, signal }: Parts,
): Promise<Seen> {
  const validate = options.all ? createIssueReader() : undefined;
  const most = options.all ? undefined : options.rows;
  const inspected: Inspected[] = [];
  const missingIndexes: MissingIndex[] = [];
  const unseen: SystemReport['unseen'][number][] = [];
  for (const entry of entries) {
    const what = `${entry.branch.type} (${entry.branch.prefix})`;
    const onRows = (rows: number): void => {
      options.onProgress(entry.moduleId, what, rows);
    };
    try {
      const seen = await inspectBranch(entry, { catalogue, sealer, most, validate, onRows }, signal);
      inspected.push(seen);
      missingIndexes.push(...(await indexes(entry, seen.samples, signal)));
    } catch (error) {
      unseen.push({ what, fault: faultOf(error) });
    }
  }
  const branches = inspected.map(({ report }) => report);
  return { branches, dead: deadColumns(inspected), missingIndexes, unseen };
}

/** Columns that were looked at and never held anything, in whatever branch. */
function deadColumns(inspected: readonly Inspected[]): readonly Place[] {
  const all = inspected.flatMap(({ filled }) => filled);
  return without(
    all,
    all.filter(({ count }) => count > 0),
  );
}

/** The places that are not among others, each once. */
function without(places: readonly Place[], others: readonly Place[]): readonly Place[] {
  const nameOf = ({ table, column }: Place): string => `${table}\u0000${column}`;
  const taken = new Set(others.map(nameOf));
  const left = places.filter((place) => !taken.has(nameOf(place)));
  return [...new Map(left.map(({ table, column }) => [nameOf({ table, column }), { table, column }])).values()];
}
