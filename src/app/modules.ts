import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { MappingModule } from '../contracts/index.ts';
import { loadFolder } from './load-folder.ts';
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
  for (const folder of folders)
    modules.push((await loadFolder(folder, { noun: 'module', fault: 'module.invalid', shape })) as MappingModule);
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
