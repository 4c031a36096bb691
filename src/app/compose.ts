import { createHash, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { createAudit } from '../audit/index.ts';
import type { MappingModule, SqlSystem } from '../contracts/index.ts';
import { Fault, systemClock, type Clock, type Emit } from '../core/index.ts';
import { createValidator } from '../fhir/index.ts';
import {
  createFhirHandler,
  createHttpServer,
  type Example,
  type Readiness,
  type Story,
  type Verify,
} from '../http/index.ts';
import { createRecord, type Installed, type Record } from '../record/index.ts';
import { createSealer } from '../security/index.ts';
import { openPgSystem } from '../sources/sql/index.ts';
import { openStore, type Store } from '../store/index.ts';
import { createClosers, type Closers } from './closers.ts';
import type { Config } from './config.ts';
import { corsPolicy } from './cors-policy.ts';
import { createDescriptions } from './descriptions.ts';
import { openDemo, type Demo } from './demo-data.ts';
import { examplesFor } from './examples.ts';
import { keepPersonsLinked } from './keep-persons-linked.ts';
import { readLanding } from './landing-files.ts';
import { loadModules } from './modules.ts';
import { admitLoopback, openAccess } from './open-loopback.ts';
import { openOwnDatabase, type OwnDatabase } from './own-database.ts';
import { packageVersion } from './version.ts';

/** What a test may replace. There is no other way to: no header, no variable. */
export interface ComposeOptions {
  readonly config: Config;
  readonly emit: Emit;
  readonly clock?: Clock;
  readonly newId?: () => string;
  /** Who asks; by default everybody on this machine, with open access. */
  readonly verify?: Verify;
  readonly onProgress?: (step: string, done: number, of: number) => void;
  /** Abandons the start: what was opened is closed, and `compose` rejects. */
  readonly signal?: AbortSignal;
}

/** The whole graph, built and connected, not yet listening. */
export interface Installation {
  readonly server: Server;
  readonly record: Record;
  readonly store: Store;
  readonly examples: (origin: string) => readonly Example[];
  /** From now on `/readyz` answers 503 and connections close after their answer. */
  readonly beginDrain: () => void;
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

async function build(options: ComposeOptions, closers: Closers): Promise<Installation> {
  const { config, emit, clock = systemClock } = options;
  const database = await openOwnDatabase(config, clock, emit);
  closers.add(() => database.close());
  const store = await openStore({ connection: database.store, poolMax: config.store.poolMax, clock, emit });
  closers.add(() => store.close());
  const sealer = createSealer(await store.installationSecret());
  const onProgress = (step: string, done: number, of: number): void => {
    emit({ event: 'demo.progress', step, done, of });
    options.onProgress?.(step, done, of);
  };
  const demo = await openDemo({ config, database, clock, emit, onProgress });
  const installed = openSystems(await loadModules(config.modules), { config, database, clock, emit, closers });
  const record = createRecord({
    installed,
    links: store.links,
    sealer,
    clock,
    emit,
    zone: config.timeZone,
    version: mappingVersion(installed),
    hopKeysMax: Math.min(...config.systems.map((system) => system.hopKeysMax)),
    includesMax: config.page.max * 2,
  });
  const persons = await keepPersonsLinked({ record, links: store.links, everyMs: config.linkMinutes * 60_000, emit });
  closers.add(() => persons.stop());
  const audit = createAudit({ append: (records) => store.appendAudit(records), clock, emit });
  closers.add(() => audit.close());
  const catchUp = demo?.catchUp();
  // Not awaited: days are appended in small transactions, and the next start goes on where this one ended.
  closers.add(() => void catchUp?.stop());
  return {
    ...createHttp(options, { record, store, audit, sealer, demo, systems: installed.map(({ system }) => system) }),
    record,
    store,
    close: closers.close,
  };
}

interface HttpGraph {
  readonly record: Record;
  readonly store: Store;
  readonly audit: ReturnType<typeof createAudit>;
  readonly sealer: ReturnType<typeof createSealer>;
  readonly demo: Demo | undefined;
  readonly systems: readonly SqlSystem[];
}

function createHttp(
  options: ComposeOptions,
  graph: HttpGraph,
): Pick<Installation, 'server' | 'examples' | 'beginDrain'> {
  const { config, emit, clock = systemClock, newId = randomUUID, verify = () => openAccess } = options;
  const { record, store, audit, sealer, demo, systems } = graph;
  const publicUrl = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  const stories: readonly Story[] = demo?.stories ?? [];
  const examples = (origin: string): readonly Example[] => examplesFor(record.served, stories, origin);
  const descriptions = createDescriptions(record.served, packageVersion());
  let draining = false;
  const readiness = async (): Promise<Readiness> => ({
    store: await store.ping().then(
      () => true,
      () => false,
    ),
    draining,
    systems: Object.fromEntries(systems.map((system) => [system.id, system.health().circuit])),
  });
  const server = createHttpServer({
    clock,
    emit,
    newId,
    limits: config.limits,
    cors: corsPolicy(config.corsOrigins),
    origin: (host) => config.publicUrl?.replace(/\/$/, '') ?? `http://${host ?? 'localhost'}`,
    draining: () => draining,
    admit: (peer, host) => {
      admitLoopback(peer, host, publicUrl?.host);
    },
    readiness,
    landing: { ...readLanding(), stories, synthetic: demo !== undefined, served: record.served, examples },
    openApi: descriptions.openApi,
    fhir: createFhirHandler({
      record,
      audit,
      sealer,
      verify,
      clock,
      emit,
      page: config.page,
      limits: config.limits,
      pageTokenMinutes: config.pageTokenMinutes,
      validator: createValidator(),
      capabilities: descriptions.capabilities,
    }),
  });
  return { server, examples, beginDrain: () => (draining = true) };
}

interface SystemParts {
  readonly config: Config;
  readonly database: OwnDatabase;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly closers: Closers;
}

/** One connected system for each module, in the order of the configuration. */
function openSystems(modules: readonly MappingModule[], parts: SystemParts): Installed[] {
  const { config, database, clock, emit, closers } = parts;
  const unknown = modules.find((module) => !config.systems.some((system) => system.id === module.id));
  if (unknown !== undefined)
    throw new Fault('config.invalid', `The module ${unknown.id} has no entry in systems of ${config.file}.`);
  return config.systems.map((settings) => {
    const module = modules.find((one) => one.id === settings.id);
    if (module === undefined)
      throw new Fault(
        'config.invalid',
        `systems.${settings.id} of ${config.file} has no module: add its folder to modules.`,
      );
    const system = openPgSystem({ ...settings, connection: database.connectionOf(settings), clock, emit });
    closers.add(() => system.close());
    return { module, system };
  });
}

/** A hash over everything that a module declares as data: part of every versionId. */
function mappingVersion(installed: readonly Installed[]): string {
  const hash = createHash('sha256');
  for (const { module } of installed)
    hash.update(
      JSON.stringify(module, (_, value: unknown) => (typeof value === 'function' ? value.toString() : value)),
    );
  return hash.digest('base64url').slice(0, 12);
}
