import { systemClock } from '../core/index.ts';
import { buildCatalogue } from '../record/index.ts';
import { createClosers } from './closers.ts';
import type { Config } from './config.ts';
import { loadModules } from './modules.ts';
import { openSystems } from './open-systems.ts';

/** What a configuration would serve. */
export interface ConfigSummary {
  readonly modules: number;
  readonly branches: number;
  readonly types: readonly string[];
}

/**
 * Checks a configuration as far as that needs no database: its modules are there, each has a system, and they can be served together. Throws
 * `config.invalid` and `module.invalid`, as a start would.
 */
export async function checkConfig(config: Config): Promise<ConfigSummary> {
  const closers = createClosers();
  try {
    const modules = await loadModules(config.modules);
    // A system opens nothing before its first statement.
    const connectionOf = (): string => '';
    const { installed } = openSystems(modules, {
      config,
      database: { store: '', connectionOf, loadSamples: () => Promise.resolve(), close: () => Promise.resolve() },
      clock: systemClock,
      emit: () => undefined,
      closers,
      version: '',
    });
    const { branches, served } = buildCatalogue(installed);
    const declared = branches.filter(({ of }) => of === undefined);
    return { modules: modules.length, branches: declared.length, types: [...served.keys()] };
  } finally {
    await closers.close();
  }
}
