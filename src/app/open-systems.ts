import type { MappingModule } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import type { Installed } from '../record/index.ts';
import { createFileFeed, serveLoaded, type FileFeed } from '../sources/files/index.ts';
import { openPgSystem } from '../sources/sql/index.ts';
import { schemaOfFiles, type FileLoads } from '../store/index.ts';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';
import type { SystemConfig } from './config-systems.ts';
import type { OwnDatabase } from './own-database.ts';

interface SystemParts {
  readonly config: Config;
  readonly database: OwnDatabase;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly closers: Closers;
  /** The loads of our store; without it nothing is loaded, and nothing asked. */
  readonly fileLoads?: FileLoads;
  /** Of the mappings. */
  readonly version: string;
}

export interface OpenedSystems {
  readonly installed: readonly Installed[];
  /** One for each system of files. */
  readonly feeds: readonly FileFeed[];
}

/** One connected system for each module, in the order of the configuration. */
export function openSystems(modules: readonly MappingModule[], parts: SystemParts): OpenedSystems {
  const { config, database, clock, emit, closers } = parts;
  const unknown = modules.find((module) => !config.systems.some((system) => system.id === module.id));
  if (unknown !== undefined)
    throw new Fault('config.invalid', `The module ${unknown.id} has no entry in systems of ${config.file}.`);
  const feeds: FileFeed[] = [];
  const installed = config.systems.map((settings): Installed => {
    const module = modules.find((one) => one.id === settings.id);
    if (module === undefined)
      throw new Fault(
        'config.invalid',
        `systems.${settings.id} of ${config.file} has no module: add its folder to modules.`,
      );
    const connection = database.connectionOf(settings);
    const schema = module.files === undefined ? undefined : schemaOfFiles(module.id);
    const system = openPgSystem({ ...settings, connection, schema, clock, emit });
    closers.add(() => system.close());
    const feed = feedOf(module, settings, parts);
    if (feed === undefined) return { module, system };
    feeds.push(feed);
    return { module, system: serveLoaded(system, feed) };
  });
  return { installed, feeds };
}

function feedOf(
  { id, files: delivery }: MappingModule,
  { connection }: SystemConfig,
  { config, fileLoads, version, clock, emit }: SystemParts,
): FileFeed | undefined {
  const files = 'files' in connection ? connection.files : undefined;
  if ((files === undefined) !== (delivery === undefined))
    throw new Fault(
      'config.invalid',
      `systems.${id} of ${config.file}: the module ${id} reads ${delivery === undefined ? 'a database, not files' : 'files: say where with files.path'}.`,
    );
  if (files === undefined || delivery === undefined || fileLoads === undefined) return undefined;
  const { path, pollMinutes, settleSeconds } = files;
  const [everyMs, settleMs] = [pollMinutes * 60_000, settleSeconds * 1_000];
  return createFileFeed({ system: id, path, delivery, version, loads: fileLoads, everyMs, settleMs, clock, emit });
}
