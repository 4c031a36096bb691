import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { siteTypes } from '../support/site-setting.ts';

/** Subsets and reads are judged by the checks that every site runs (site.test.ts). */
describe('what is rendered of a resource', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.stop());

  const matches = async (query: string): Promise<Resource[]> => {
    const bundle = (await server.search(query)) as Bundle;
    return (bundle.entry ?? []).filter((entry) => entry.search?.mode === 'match').map((entry) => entry.resource!);
  };
  it.each(siteTypes)('%s: a version is known by its name, and no other one is', async (type) => {
    for (const { id = '', meta } of await matches(`${type}?_count=15`)) {
      expect(meta?.versionId).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
      const read = await server.fetch(`${type}/${id}`, {
        headers: { 'If-None-Match': `W/"${meta?.versionId ?? ''}"` },
      });
      expect([read.status, await read.text()]).toEqual([304, '']);
      expect((await server.fetch(`${type}/${id}/_history/${meta?.versionId ?? ''}`)).status).toBe(200);
      expect((await server.fetch(`${type}/${id}/_history/another`)).status).toBe(404);
    }
  });

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
    const issuesOf = async (query: string): Promise<unknown[]> => {
      const { entry = [] } = (await server.search(query)) as Bundle;
      return entry.flatMap(({ search, resource }) =>
        search?.mode === 'outcome' ? (resource as unknown as OperationOutcome).issue : [],
      );
    };
    for (const [code, query] of [
      ['_id', 'Patient?_id='],
      ['patient', 'Observation?patient='],
      ['subject', 'Observation?_summary=count&subject=Patient/'],
      ['_id', 'Observation?patient._id='],
      ['patient', 'Patient?_has:Observation:patient:patient='],
    ] as const) {
      const issue = { severity: 'warning', code: 'not-found', location: [`http.${code}`] };
      expect({ query, issues: await issuesOf(query + (secondary.id ?? '')) }).toMatchObject({ query, issues: [issue] });
      expect({ query, issues: await issuesOf(query + (primary?.id ?? '')) }).toEqual({ query, issues: [] });
      expect({ query, issues: await issuesOf(`${query}mp.unknown`) }).toEqual({ query, issues: [] });
    }
    expect(await issuesOf(`Patient?_id:not=${secondary.id ?? ''}&_summary=count`)).toEqual([]);
  });
});
