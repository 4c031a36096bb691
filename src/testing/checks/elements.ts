import type { Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../../contracts/index.ts';
import { lineageOf } from '../../record/index.ts';
import { expectNone } from '../differences.ts';
import type { Site } from '../site.ts';

/** Every element that a branch declares occurs in one of its resources: what no row of the sample reaches was never tried. */
export async function checkElements(site: Site, type: ResourceType): Promise<void> {
  const resources = await site.matches(type, '_count=500');
  const findings: string[] = [];
  for (const entry of site.catalogue.byType.get(type) ?? []) {
    const { prefix } = entry.branch;
    const own = resources.filter(({ id }) => id?.startsWith(`${prefix}.`));
    const paths = new Set(lineageOf(entry).map(({ path }) => path));
    for (const path of paths) {
      const names = path.split('.').slice(1);
      if (!own.some((resource) => has(resource, names)))
        findings.push(`${path} (branch '${prefix}', ${own.length} resources)`);
    }
  }
  expectNone('no resource has', findings);
}

/** Whether a value stands at a path, or the reason for its absence. */
function has(value: Resource | object, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (Array.isArray(value)) return value.some((entry) => has(entry as object, [name, ...rest]));
  const members = value as Readonly<Record<string, unknown>>;
  const found = members[name];
  if (rest.length === 0) return found !== undefined || members[`_${name}`] !== undefined;
  return typeof found === 'object' && found !== null && has(found, rest);
}
