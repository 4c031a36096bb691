import type { Served, ServedType } from '../../contracts/index.ts';
import { instancePaths, metadataPath } from './instance-paths.ts';
import { components } from './components.ts';
import { otherPaths } from './other-paths.ts';
import { searchPaths } from './search-paths.ts';

/**
 * The text of the OpenAPI 3.1 description (https://spec.openapis.org/oas/v3.1.0): the FHIR endpoints from the rows that the parser uses, and the
 * few others. `origin` is the absolute URL of the server; `version` that of the software.
 */
export function openApi(served: Served, origin: string, version = '0.1.0'): string {
  const types = [...served.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  return `${JSON.stringify(
    {
      openapi: '3.1.0',
      info: {
        title: 'Fascia',
        summary: 'A FHIR R4 API in front of the systems of a hospital.',
        description: 'Generated from what is served. The CapabilityStatement at /fhir/metadata says the same in FHIR.',
        version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: origin }],
      tags: [...types.map((row) => ({ name: row.type })), { name: 'Server' }],
      paths: Object.fromEntries([...metadataPath, ...types.flatMap(pathsOf), ...otherPaths]),
      components: components(served),
    },
    undefined,
    2,
  )}\n`;
}

export type Path = readonly [path: string, item: object];

function pathsOf(row: ServedType): readonly Path[] {
  return [...searchPaths(row), ...instancePaths(row)];
}
