import { createAudit } from '../audit/index.ts';
import type { Audit, Links } from '../contracts/index.ts';
import { systemClock, type Clock, type Emit, type GroupHealth } from '../core/index.ts';
import type { Verify } from '../http/index.ts';
import { createRecord, type Installed, type Record } from '../record/index.ts';
import { createSealer } from '../security/index.ts';
import type { FileFeed } from '../sources/files/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { createClosers, type Closers } from './closers.ts';
import { createHttp, type ComposedHttp } from './compose-http.ts';
import type { Config } from './config.ts';
import { openDemo } from './demo-data.ts';
import { loadFeeds } from './feeds.ts';
import { keepExpectations, type Expectations } from './keep-expectations.ts';
import { keepFilesLoaded, loadFilesFirst } from './keep-files-loaded.ts';
import { keepPersonsLinked } from './keep-persons-linked.ts';
import type { Metrics } from './metrics/metrics.ts';
import { loadModules, mappingVersion } from './modules.ts';
import { openFeeds, type Feeds } from './open-feeds.ts';
import { openSystems } from './open-systems.ts';
import { openOwnDatabase } from './own-database.ts';
import { tallyRows, type RowTally } from './tally-rows.ts';
import type { Traces } from './traces/traces.ts';
import { packageVersion } from './version.ts';

/** What a test may replace. There is no other way to: no header, no variable. */
export interface ComposeOptions {
  readonly config: Config;
  readonly emit: Emit;
  readonly clock?: Clock;
  readonly newId?: () => string;
  /** Who asks; by default everybody on this machine, with open access. */
  readonly verify?: Verify;
  /** The auditor; by default the store's. A benchmark measures without one, to tell what it costs. */
  readonly audit?: Audit;
  readonly onProgress?: (step: string, done: number, of: number) => void;
  /** Abandons the start: what was opened is closed, and `compose` rejects. */
  readonly signal?: AbortSignal;
}

/** The whole graph, built and connected, not yet listening. */
export interface Installation extends ComposedHttp {
  readonly record: Record;
  readonly store: Store;
  readonly feeds: Feeds;
  /** Where the embedded database keeps its data; undefined where another is used. */
  readonly dataFolder: string | undefined;
  readonly expectations: Expectations;
  /** Where it is configured. */
  readonly metrics: Metrics | undefined;
  readonly close: () => Promise<void>;
}

/**
 * Builds the graph from the configuration: store, demo data, modules, systems, record, audit, HTTP. Throws Faults that say what to do; what was
 * opened before is closed.
 */
export async function compose(options: ComposeOptions): Promise<Installation> {
  const closers = createClosers();
  const abandon = (): void => void closers.close().catch(() => undefined);
  options.signal?.addEventListener('abort', abandon, { once: true });
  try {
    return await build(options, closers);
  } catch (error) {
    await closers.close().catch(() => undefined);
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', abandon);
  }
}

async function build(given: ComposeOptions, closers: Closers): Promise<Installation> {
  const { emit, listeners, metrics, traces } = await openListeners(given, closers);
  const options = { ...given, emit };
  const { config, clock = systemClock } = options;
  const onProgress = (step: string, done: number, of: number): void => {
    emit({ event: 'demo.progress', step, done, of });
    options.onProgress?.(step, done, of);
  };
  onProgress('database', 0, 1);
  const database = await openOwnDatabase(config, clock, emit);
  closers.add(() => database.close());
  const store = await openStore({ connection: database.store, poolMax: config.store.poolMax, clock, emit });
  closers.add(() => store.close());
  await database.loadSamples(config.systems);
  onProgress('database', 1, 1);
  const sealer = createSealer(await store.installationSecret());
  const demo = await openDemo({ config, database, clock, emit, onProgress });
  const version = mappingVersion(config.modules);
  const parts = { config, database, clock, emit, closers, fileLoads: store.fileLoads, version };
  const { installed, feeds: fileFeeds } = openSystems(await loadModules(config.modules), parts);
  await loadFilesFirst({ feeds: fileFeeds, emit });
  const record = createRecord({
    installed,
    links: store.links,
    sealer,
    clock,
    emit,
    zone: config.timeZone,
    version,
    hopKeysMax: Math.min(...config.systems.map((system) => system.hopKeysMax)),
    page: config.page,
  });
  const watched = await watchSystems({ record, installed, config, clock, emit, listeners, closers });
  await keepLinked({
    record,
    fileFeeds,
    linkMinutes: config.linkMinutes,
    links: store.links,
    clock,
    emit,
    closers,
    onProgress,
  });
  const { audit, auditHealth } = openAudit(options, store, { clock, emit, closers });
  const feeds = openFeeds(await loadFeeds(config.feeds), { config, inbox: store.inbox, clock, emit, closers });
  const catchUp = demo?.catchUp();
  // Not awaited: days are appended in small transactions, and the next start goes on where this one ended.
  closers.add(() => void catchUp?.stop());
  const graph = {
    ...{ record, store, audit, sealer, demo, installed, auditHealth, feeds, traced: traces?.traced },
    ...watched,
  };
  return {
    ...createHttp(options, graph),
    expectations: watched.expectations,
    metrics,
    record,
    store,
    feeds,
    dataFolder: database.folder,
    close: closers.close,
  };
}

/** Persons are linked before anything is served, and again on a schedule and when a department delivered. */
async function keepLinked(parts: {
  readonly record: Record;
  readonly links: Links;
  readonly fileFeeds: readonly FileFeed[];
  readonly linkMinutes: number;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly closers: Closers;
  readonly onProgress: (step: string, done: number, of: number) => void;
}): Promise<void> {
  const { fileFeeds, linkMinutes, emit, closers, onProgress } = parts;
  onProgress('persons', 0, 1);
  const persons = await keepPersonsLinked({ ...parts, everyMs: linkMinutes * 60_000 });
  onProgress('persons', 1, 1);
  closers.add(() => persons.stop());
  const onLoaded = (): void => {
    persons.linkSoon();
  };
  const files = keepFilesLoaded({ feeds: fileFeeds, emit, onLoaded });
  closers.add(() => files.stop());
}

/** What is watched of the systems while they are served: their tables, and the rows that cannot be mapped. Both hear what happens from now on. */
async function watchSystems(parts: {
  readonly record: Record;
  readonly installed: readonly Installed[];
  readonly config: Config;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly listeners: Emit[];
  readonly closers: Closers;
}): Promise<{ readonly expectations: Expectations; readonly rows: RowTally }> {
  const { config, emit, listeners, closers } = parts;
  const rows = tallyRows(emit);
  const expectations = await keepExpectations({ ...parts, everyMs: config.driftMinutes * 60_000 });
  listeners.push(rows.heard, expectations.heard);
  closers.add(() => rows.stop());
  closers.add(() => expectations.stop());
  return { expectations, rows };
}

function openAudit(
  { audit: given }: ComposeOptions,
  store: Store,
  parts: { readonly clock: Clock; readonly emit: Emit; readonly closers: Closers },
): { readonly audit: Audit; readonly auditHealth: () => GroupHealth } {
  if (given !== undefined) return { audit: given, auditHealth: () => ({ pending: 0, failing: false }) };
  const { clock, emit, closers } = parts;
  const audit = createAudit({ append: (records) => store.appendAudit(records), clock, emit });
  closers.add(() => audit.close());
  return { audit, auditHealth: () => audit.health() };
}

/** Who hears every event: the caller, and metrics and traces where they are configured. A start without them loads nothing of them. */
async function openListeners(
  { config, emit: given }: ComposeOptions,
  closers: Closers,
): Promise<{
  readonly emit: Emit;
  readonly listeners: Emit[];
  readonly metrics: Metrics | undefined;
  readonly traces: Traces | undefined;
}> {
  const listeners = [given];
  const emit = emitToAll(listeners);
  const metrics = config.metrics && (await import('./metrics/metrics.ts')).createMetrics();
  if (metrics !== undefined) listeners.push(metrics.emit);
  const traces = await openTraces(config, emit);
  if (traces !== undefined) {
    listeners.push(traces.emit);
    closers.add(traces.close);
  }
  return { emit, listeners, metrics, traces };
}

async function openTraces({ traces }: Config, emit: Emit): Promise<Traces | undefined> {
  return traces && (await import('./traces/traces.ts')).createTraces({ ...traces, version: packageVersion(), emit });
}

/** Those who join later hear what happens from then on. */
function emitToAll(listeners: readonly Emit[]): Emit {
  return (event) => {
    for (const listener of listeners) listener(event);
  };
}
