import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { MappingModule } from '../contracts/index.ts';
import { Fault, placesOf, placeWithin } from '../core/index.ts';
import { packageVersion } from './version.ts';

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
  // A capital P begins the prefixes that are derived from the others.
  branches: z.array(z.looseObject({ type: named, prefix: z.string().regex(/^P?[a-z0-9]{1,6}$/) })).min(1),
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

/**
 * A hash over every file of the modules, and over our own version: part of every `versionId`, so that a changed mapping changes the versions of
 * what it writes. The same on every replica.
 */
export function mappingVersion(folders: readonly string[]): string {
  const hash = createHash('sha256').update(packageVersion());
  for (const folder of folders) {
    for (const file of globSync('**/*.{ts,js,json}', { cwd: folder }).sort()) {
      hash.update(`\0${basename(folder)}/${file}\0`).update(readFileSync(join(folder, file)));
    }
  }
  return hash.digest('base64url').slice(0, 12);
}

async function loadModule(folder: string): Promise<MappingModule> {
  const name = basename(folder);
  const file = ['index.ts', 'index.js'].map((index) => join(folder, index)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Fault('module.invalid', `The module ${name} has no index.ts or index.js: looked in ${folder}.`);
  const loaded = await importModule(name, folder, file);
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

async function importModule(name: string, folder: string, file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    return loaded.default;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const place = placeWithin(folder, error) ?? placesOf(error).split(' < ')[0] ?? '';
    throw new Fault(
      'module.invalid',
      `The module ${name} cannot be loaded: ${error instanceof Error ? error.message : 'unknown'} (${place})${hintOf(error)}`,
      { cause: error },
    );
  }
}

/** Without the compiler, a column that no table declares is undefined when a codec reads it. */
function hintOf(error: unknown): string {
  return error instanceof TypeError && error.message.includes('of undefined')
    ? '. Does it name a column or a table that is not declared? "npm run typecheck" says which.'
    : '';
}
