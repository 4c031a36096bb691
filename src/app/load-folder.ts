import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { Fault, placesOf, placeWithin, type FaultCode } from '../core/index.ts';

/** What a folder of a site may define. */
interface Kind {
  readonly noun: 'module' | 'feed';
  readonly fault: FaultCode;
  /** What its default export must have. */
  readonly shape: z.ZodType<{ readonly id: string }>;
}

/**
 * Loads the definition of a folder: the default export of its index. In: an absolute folder. Throws the kind's fault, with the folder's name, where there is
 * none, where it does not fit, and where it calls itself other than its folder.
 */
export async function loadFolder(folder: string, { noun, fault, shape }: Kind): Promise<unknown> {
  const name = basename(folder);
  const file = ['index.ts', 'index.js'].map((index) => join(folder, index)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Fault(fault, `The ${noun} ${name} has no index.ts or index.js: looked in ${folder}.`);
  const loaded = await importDefault(`${noun} ${name}`, fault, folder, file);
  const parsed = shape.safeParse(loaded);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      (issue) => `  - ${issue.path.join('.') || 'default export'}: ${issue.message}`,
    );
    throw new Fault(fault, [`The ${noun} ${name} is not valid:`, ...problems].join('\n'));
  }
  if (parsed.data.id !== name)
    throw new Fault(fault, `The ${noun} in the folder ${name} calls itself ${parsed.data.id}; both must be the same.`);
  return loaded;
}

async function importDefault(what: string, fault: FaultCode, folder: string, file: string): Promise<unknown> {
  try {
    const loaded = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
    return loaded.default;
  } catch (error) {
    if (error instanceof Fault) throw error;
    const place = placeWithin(folder, error) ?? placesOf(error).split(' < ')[0] ?? '';
    throw new Fault(
      fault,
      `The ${what} cannot be loaded: ${error instanceof Error ? error.message : 'unknown'} (${place})${hintOf(error)}`,
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
