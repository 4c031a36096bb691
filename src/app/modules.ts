import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { MappingModule } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';

const named = z.string().min(1);
const shape = z.looseObject({
  id: named,
  title: named,
  stewardship: z.looseObject({
    owner: named,
    clinicalSteward: named,
    contact: named,
    serviceLevel: named,
    reviewDate: z.iso.date(),
  }),
  branches: z.array(z.looseObject({ type: named, prefix: z.string().regex(/^[a-z0-9]{1,6}$/) })).min(1),
});

/**
 * Loads mapping modules, ours and a site's alike: the default export of each folder's index. In: absolute folders. Throws `module.invalid`
 * with the folder's name where there is none or where it is no module.
 */
export async function loadModules(folders: readonly string[]): Promise<MappingModule[]> {
  const modules: MappingModule[] = [];
  for (const folder of folders) modules.push(await loadModule(folder));
  return modules;
}

async function loadModule(folder: string): Promise<MappingModule> {
  const name = basename(folder);
  const file = ['index.ts', 'index.js'].map((index) => join(folder, index)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Fault('module.invalid', `The module ${name} has no index.ts or index.js: looked in ${folder}.`);
  const loaded = await importModule(name, file);
  const parsed = shape.safeParse(loaded);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `  - ${issue.path.join('.') || 'default export'}: ${issue.message}`,
    );
    throw new Fault('module.invalid', [`The module ${name} is not valid:`, ...problems].join('\n'));
  }
  if (parsed.data.id !== name)
    throw new Fault(
      'module.invalid',
      `The module in the folder ${name} calls itself ${parsed.data.id}; both must be the same.`,
    );
  return loaded as MappingModule;
}

async function importModule(name: string, file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    return loaded.default;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      'module.invalid',
      `The module ${name} cannot be loaded: ${error instanceof Error ? error.message : 'unknown'}`,
      { cause: error },
    );
  }
}
