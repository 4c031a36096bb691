import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Patient, Resource } from '@medplum/fhirtypes';
import { elementsOf, mandatoryElements, summaryElements } from '../../src/fhir/index.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';

const TYPES = ['Patient', 'Practitioner', 'Organization', 'Observation', 'MedicationDispense'];

describe('what is rendered of a resource (https://hl7.org/fhir/R4/search.html#return)', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  const matches = async (query: string): Promise<Resource[]> => {
    const bundle = (await server.search(query)) as Bundle;
    return (bundle.entry ?? []).filter((entry) => entry.search?.mode === 'match').map((entry) => entry.resource!);
  };
  const elementNames = (resource: Resource): string[] =>
    Object.keys(resource).filter((name) => !['resourceType', 'id', 'meta'].includes(name));
  const isTagged = (resource: Resource): boolean => (resource.meta?.tag ?? []).some((tag) => tag.code === 'SUBSETTED');

  it.each(TYPES)('%s: every subset is the whole resource less the elements that were not asked for', async (type) => {
    const whole = new Map(
      (await matches(`${type}?_count=60`)).map((resource) => [
        resource.id,
        resource as unknown as Record<string, unknown>,
      ]),
    );
    const declared = elementsOf(type).map((element) => element.name);
    const subsets: [string, (name: string) => boolean][] = [
      ...declared.map((name): [string, (n: string) => boolean] => [
        `_elements=${name}`,
        (n) => n === name || isChoiceOf(n, name) || mandatoryElements(type).has(n),
      ]),
      [
        '_elements=status,identifier,name',
        (n) => ['status', 'identifier', 'name'].includes(n) || mandatoryElements(type).has(n),
      ],
      ['_summary=true', (n) => summaryElements(type).has(n) || mandatoryElements(type).has(n)],
      ['_summary=text', (n) => n === 'text' || mandatoryElements(type).has(n)],
      ['_summary=data', (n) => n !== 'text'],
    ];
    for (const [query, keeps] of subsets) {
      for (const resource of await matches(`${type}?_count=60&${query}`)) {
        // A row that is damaged in an element that was not asked for can be rendered without it.
        const full = whole.get(resource.id);
        if (full === undefined) continue;
        const expected = Object.fromEntries(
          Object.entries(full).filter(
            ([name]) => !['resourceType', 'id', 'meta'].includes(name) && keeps(name.replace(/^_/, '')),
          ),
        );
        const actual = Object.fromEntries(
          Object.entries(resource).filter(([name]) => elementNames(resource).includes(name)),
        );
        expect({ query, id: resource.id, ...actual }).toEqual({ query, id: resource.id, ...expected });
        expect(isTagged(resource)).toBe(true);
        expect(resource.meta?.versionId).toBeUndefined();
      }
    }
  });

  it.each(TYPES)(
    '%s: a read gives the same resource as a search, with its version as ETag, and 304 when it is known',
    async (type) => {
      for (const resource of await matches(`${type}?_count=15`)) {
        const response = await server.fetch(`${type}/${resource.id ?? ''}`);
        const versionId = resource.meta?.versionId ?? '';
        expect(await response.json()).toEqual(resource);
        expect(versionId).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
        expect(response.headers.get('etag')).toBe(`W/"${versionId}"`);
        const again = await server.fetch(`${type}/${resource.id ?? ''}`, {
          headers: { 'If-None-Match': `W/"${versionId}"` },
        });
        expect([again.status, await again.text()]).toEqual([304, '']);
        expect((await server.fetch(`${type}/${resource.id ?? ''}/_history/${versionId}`)).status).toBe(200);
        expect((await server.fetch(`${type}/${resource.id ?? ''}/_history/another`)).status).toBe(404);
      }
    },
  );

  it('keeps decimals as they are written in the source', async () => {
    const text = await (await server.fetch('MedicationDispense?_count=20')).text();
    expect(text).toMatch(/"quantity":\{"value":\d+\.\d{3},/);
  });

  it('lets a secondary patient only be read: inactive, replaced by the person', async () => {
    const patients = (await server.pages('Patient?_count=500')).flatMap((page) =>
      (page.entry ?? []).map((entry) => entry.resource as Patient),
    );
    const primary = patients.find((patient) => patient.link?.some((link) => link.type === 'replaces'));
    const replaced = primary?.link?.find((link) => link.type === 'replaces')?.other.reference ?? '';
    const secondary = await server.read<Patient>(replaced);
    expect(secondary).toMatchObject({
      active: false,
      link: [{ type: 'replaced-by', other: { reference: `Patient/${primary?.id ?? ''}` } }],
    });
    expect(await matches(`Patient?_id=${secondary.id ?? ''}`)).toEqual([]);
    expect(await matches(`Observation?patient=${secondary.id ?? ''}`)).toEqual([]);
  });
});

function isChoiceOf(name: string, stem: string): boolean {
  return (
    name.startsWith(stem) &&
    /^[A-Z]/.test(name.slice(stem.length)) &&
    ['value', 'effective', 'deceased', 'medication', 'multipleBirth', 'statusReason'].includes(stem)
  );
}
