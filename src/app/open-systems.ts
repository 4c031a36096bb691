import type { MappingModule } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import type { Installed } from '../record/index.ts';
import { openPgSystem } from '../sources/sql/index.ts';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';
import type { OwnDatabase } from './own-database.ts';

interface SystemParts {
  readonly config: Config;
  readonly database: OwnDatabase;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly closers: Closers;
}

/** One connected system for each module, in the order of the configuration. */
export function openSystems(modules: readonly MappingModule[], parts: SystemParts): Installed[] {
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
