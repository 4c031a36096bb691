import type { Resource } from '@medplum/fhirtypes';

/** The JSON paths that a resource has values at, without places in lists, and the profiles that it claims: resources of one shape are built alike. */
export function shapeOf(resource: Resource): string {
  const paths = new Set<string>();
  const visit = (node: unknown, path: string): void => {
    if (Array.isArray(node))
      node.forEach((one) => {
        visit(one, `${path}[]`);
      });
    else if (typeof node === 'object' && node !== null)
      for (const [name, child] of Object.entries(node)) visit(child, `${path}.${name}`);
    else if (path.endsWith('.profile[]')) paths.add(`${path}=${String(node)}`);
    else paths.add(path);
  };
  visit(resource, resource.resourceType);
  return [...paths].sort().join('\n');
}
