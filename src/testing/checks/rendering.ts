import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../../contracts/index.ts';
import { elementsOf, jsonNamesAsked, mandatoryElements, summaryElements } from '../../fhir/index.ts';
import { expectNone } from '../differences.ts';
import { matchesIn, pageAt, type Site } from '../site.ts';

const readsMax = 15;
const pageSize = 60;

type Elements = Readonly<Record<string, unknown>>;

/**
 * A read gives the resource that a search gives, with its version as ETag; a subset is the whole less what was not asked for
 * (https://hl7.org/fhir/R4/search.html#elements, https://hl7.org/fhir/R4/search.html#summary).
 */
export async function checkRendering(site: Site, type: ResourceType): Promise<void> {
  const whole = matchesIn(await pageAt(site, `${type}?_count=${pageSize}`));
  const findings: string[] = [];
  for (const resource of whole.slice(0, readsMax)) findings.push(...(await judgeRead(site, resource)));
  const byId = new Map(whole.map((resource) => [resource.id, resource]));
  for (const [query, keeps] of subsetsOf(type)) {
    for (const subset of matchesIn(await pageAt(site, `${type}?_count=${pageSize}&${query}`))) {
      const full = byId.get(subset.id);
      // A row that is damaged in an element that was not asked for is served without it.
      if (full === undefined) continue;
      const expected = elementsIn(full).filter(([name]) => keeps(name.replace(/^_/, '')));
      if (!isDeepStrictEqual(Object.fromEntries(elementsIn(subset)), Object.fromEntries(expected)))
        findings.push(`${type}/${subset.id ?? ''}: ${query} holds something else than the whole`);
      if (!(subset.meta?.tag ?? []).some(({ code }) => code === 'SUBSETTED'))
        findings.push(`${type}/${subset.id ?? ''}: ${query} is not marked as a subset`);
    }
  }
  expectNone('not the same resource', findings);
}

async function judgeRead(site: Site, resource: Resource): Promise<string[]> {
  const path = `${resource.resourceType}/${resource.id ?? ''}`;
  const response = await site.fetch(path);
  const etag = `W/"${resource.meta?.versionId ?? ''}"`;
  const known = await site.fetch(path, { headers: { 'If-None-Match': etag } });
  await known.arrayBuffer();
  return [
    ...(isDeepStrictEqual(await response.json(), resource) ? [] : [`${path}: a read differs from the search`]),
    ...(response.headers.get('etag') === etag ? [] : [`${path}: its ETag is not its version`]),
    ...(known.status === 304 ? [] : [`${path}: its known version is answered ${known.status}, not 304`]),
  ];
}

/** Ways to ask for a subset, and which elements each keeps. */
function subsetsOf(type: ResourceType): [string, (name: string) => boolean][] {
  const mandatory = mandatoryElements(type);
  return [
    ...elementsOf(type).map(({ name }): [string, (name: string) => boolean] => {
      const asked = jsonNamesAsked(type, name) ?? [];
      return [`_elements=${name}`, (one) => asked.includes(one) || mandatory.has(one)];
    }),
    ['_summary=true', (name) => summaryElements(type).has(name) || mandatory.has(name)],
    ['_summary=text', (name) => name === 'text' || mandatory.has(name)],
    ['_summary=data', (name) => name !== 'text'],
  ];
}

function elementsIn(resource: Resource): [string, unknown][] {
  const inEverySubset = ['resourceType', 'id', 'meta'];
  return Object.entries(resource as unknown as Elements).filter(([name]) => !inEverySubset.includes(name));
}
