import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import type { Story } from '../http/index.ts';
import type { Config } from './config.ts';
import type { Connection, OwnDatabase } from './own-database.ts';
import { packageRoot } from './package-root.ts';
import { repeat, type Schedule } from './schedule.ts';

/** What `demo/index.ts` exports: the generator of the demo hospital. It is loaded only where a site asks for demo data. */
interface DemoPackage {
  readonly STORIES: readonly Story[];
  loadDemo(options: LoadOptions): Promise<{ readonly ehr: Population }>;
  catchUp(options: CatchUpOptions): Promise<unknown>;
  deliverRadiology(options: Population & { readonly folder: string; readonly today: string }): boolean;
}

/** What data that are there were made from. */
interface Population {
  readonly patients: number;
  readonly seed: number;
  readonly anchorDate: string;
}

interface Databases {
  readonly ehr: Connection;
  readonly pharmacy: Connection;
}

interface LoadOptions extends Databases {
  readonly patients: number;
  readonly seed: number;
  /** `YYYY-MM-DD`: the day of the first generation, to which all dates are anchored. */
  readonly anchorDate: string;
  /** `YYYY-MM-DD`: the last day with data; the current one is not over yet. */
  readonly throughDate: string;
  /** What becomes of data of another size or seed. */
  readonly others?: 'refuse' | 'keep';
  readonly onProgress: (step: string, done: number, of: number) => void;
}

interface CatchUpOptions extends Databases {
  readonly today: string;
}

/** The demo hospital of a site, with its data in place. */
export interface Demo {
  readonly stories: readonly Story[];
  /** Appends the days that were missed, now and every hour. It may be left to its end at any moment. */
  readonly catchUp: () => Schedule;
}

const hourMs = 3_600_000;

/** Generates the demo data where it is missing; undefined where the site has none. Throws `config.invalid` and what the databases throw. */
export async function openDemo(parts: {
  readonly config: Config;
  readonly database: OwnDatabase;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly onProgress: (step: string, done: number, of: number) => void;
}): Promise<Demo | undefined> {
  const { config, database, clock, emit, onProgress } = parts;
  const { demo } = config;
  if (demo === undefined) return undefined;
  const generator = await importDemo();
  const databases = {
    ehr: connectionOf(config, database, 'ehr'),
    pharmacy: connectionOf(config, database, 'pharmacy'),
  };
  const today = (): string => dayIn(config.timeZone, clock.nowMs());
  const population = await load(
    generator,
    {
      ...databases,
      patients: demo.patients,
      seed: demo.seed,
      anchorDate: today(),
      throughDate: dayBefore(today()),
      onProgress,
    },
    demo.isChosen,
  );
  const folder = radiologyFolder(config);
  const deliver = (): void => {
    if (folder !== undefined) generator.deliverRadiology({ ...population, folder, today: today() });
  };
  deliver();
  const appendDays = async (): Promise<void> => {
    try {
      deliver();
      await generator.catchUp({ ...databases, today: today() });
    } catch (error) {
      const fault = error instanceof Fault ? error.code : 'system.failed';
      emit({ event: 'system.failed', system: 'demo', fault, reason: 'the missed days will be appended later' });
    }
  };
  return {
    stories: generator.STORIES,
    catchUp: () => repeat(appendDays, hourMs, true),
  };
}

async function importDemo(): Promise<DemoPackage> {
  const file = [join(packageRoot, 'demo', 'index.ts'), join(packageRoot, 'dist', 'demo', 'index.js')].find((path) =>
    existsSync(path),
  );
  if (file === undefined)
    throw new Fault('config.invalid', 'This package holds no demo data: remove "demo" from the configuration.');
  return (await import(pathToFileURL(file).href)) as DemoPackage;
}

/** Data of another size are kept, unless a size was asked for: then the caller is told. Out: what the data that are there were made from. */
async function load(generator: DemoPackage, options: LoadOptions, isChosen: boolean): Promise<Population> {
  const { ehr } = await generator.loadDemo({ ...options, others: isChosen ? 'refuse' : 'keep' });
  return ehr;
}

/** Where the department of radiology, which has no database, delivers its files; undefined where the site has no such system. */
function radiologyFolder(config: Config): string | undefined {
  const connection = config.systems.find(({ id }) => id.endsWith('radiology'))?.connection;
  return connection !== undefined && 'files' in connection ? connection.files.path : undefined;
}

/** The demo's systems are told apart by the end of their ids. */
function connectionOf(config: Config, database: OwnDatabase, kind: 'ehr' | 'pharmacy'): Connection {
  const system = config.systems.find(({ id }) => id.endsWith(kind));
  if (system === undefined) throw new Fault('config.invalid', `Demo data needs a system whose id ends in ${kind}.`);
  return database.connectionOf(system);
}

function dayIn(timeZone: string, nowMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(nowMs);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 24 * hourMs).toISOString().slice(0, 10);
}
