import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CapabilityStatement, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { CapabilityTool, Client } from 'fhir-kit-client';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';

/** What a client library reports of an answer that is no success. */
interface Refusal {
  readonly response: { readonly status: number; readonly data: OperationOutcome };
}

/** A client that was written by others reads, searches and pages as it would anywhere. */
describe('fhir-kit-client', () => {
  let server: DemoServer;
  let client: Client;
  let first: Bundle;

  beforeAll(async () => {
    server = await startDemoServer();
    client = new Client({ baseUrl: server.base });
    first = (await client.search({
      resourceType: 'Patient',
      searchParams: { _count: 7, _total: 'accurate' },
    })) as unknown as Bundle;
  });
  afterAll(() => server.stop());

  const patients = (bundle: Bundle): Patient[] =>
    (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === 'Patient' ? [resource] : []));
  const someone = (): Patient & { readonly id: string } => patients(first)[0] as Patient & { readonly id: string };

  async function refusalOf(asked: Promise<unknown>): Promise<{ status: number; issue: string | undefined }> {
    const refusal = (await asked.then(
      () => undefined,
      (error: unknown) => error,
    )) as Refusal;
    return { status: refusal.response.status, issue: refusal.response.data.issue[0]?.code };
  }

  it('reads what the server can do', async () => {
    const statement = (await client.capabilityStatement()) as unknown as CapabilityStatement;
    expect(statement).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', kind: 'instance' });
    const tool = new CapabilityTool(statement as never);
    expect(tool.serverSearch('history-system')).toBeFalsy();
    for (const type of ['Patient', 'Observation', 'MedicationDispense', 'Practitioner', 'Organization']) {
      expect(tool.resourceCan(type, 'read')).toBe(true);
      expect(tool.resourceCan(type, 'search-type')).toBe(true);
      expect(tool.resourceCan(type, 'create')).toBe(false);
    }
    expect(tool.resourceSearch('Patient', 'birthdate')).toBe(true);
  });

  it('reads an instance and its current version', async () => {
    const { id } = someone();
    const read = (await client.read({ resourceType: 'Patient', id })) as Patient;
    expect(read).toEqual(someone());
    const version = read.meta?.versionId ?? '';
    expect(version).not.toBe('');
    expect(await client.vread({ resourceType: 'Patient', id, version })).toEqual(read);
    expect(await client.request(`Patient/${id}`)).toEqual(read);
  });

  it('tells when a row was last changed, and answers 304 to who knows its version', async () => {
    const many = (await client.search({ resourceType: 'Patient', searchParams: { _count: 100 } })) as unknown as Bundle;
    const changed = patients(many).find(({ meta, link }) => meta?.lastUpdated !== undefined && link === undefined);
    const url = `${server.base}/Patient/${changed?.id ?? 'none'}`;
    const since = (await fetch(url)).headers.get('last-modified') ?? '';
    expect(Date.parse(since)).toBe(Date.parse(changed?.meta?.lastUpdated ?? ''));
    // The row's time says nothing of the addresses beside it: only the version tells.
    const knows = async (headers: Record<string, string>): Promise<number> => (await fetch(url, { headers })).status;
    expect(await knows({ 'If-Modified-Since': since })).toBe(200);
    expect(await knows({ 'If-None-Match': (await fetch(url)).headers.get('etag') ?? '' })).toBe(304);
  });

  it('searches by GET and by POST alike', async () => {
    const family = someone().name?.[0]?.family ?? '';
    const searchParams = { family, _count: 50, _sort: 'birthdate', _total: 'accurate' };
    const got = (await client.resourceSearch({ resourceType: 'Patient', searchParams })) as unknown as Bundle;
    const posted = (await client.resourceSearch({
      resourceType: 'Patient',
      searchParams,
      options: { postSearch: true },
    })) as unknown as Bundle;
    expect(got.total).toBeGreaterThan(0);
    expect(posted.total).toBe(got.total);
    expect(posted.entry).toEqual(got.entry);
    const both = (await client.search({
      resourceType: 'Observation',
      searchParams: { code: ['http://loinc.org|2345-7', '2345-7'], _count: 1, _total: 'accurate' },
    })) as unknown as Bundle;
    expect(both.total).toBeGreaterThan(0);
  });

  it('follows pages to their end', async () => {
    const ids: string[] = [];
    let pages = 0;
    for (let bundle: Bundle | undefined = first; bundle !== undefined; pages += 1) {
      ids.push(...patients(bundle).map(({ id }) => id ?? ''));
      bundle = (await client.nextPage({ bundle: bundle as never })) as Bundle | undefined;
    }
    expect(pages).toBe(Math.ceil((first.total ?? 0) / 7));
    expect(new Set(ids).size).toBe(ids.length);
    expect(await client.prevPage({ bundle: first as never })).toBeUndefined();
  });

  it('gets one alphabet of all systems', async () => {
    const families: string[] = [];
    const searchParams = { _sort: 'family', 'family:missing': 'false', _count: 100 };
    let page = (await client.search({ resourceType: 'Practitioner', searchParams })) as unknown as Bundle | undefined;
    for (
      ;
      page !== undefined;
      page = (await client.nextPage({ bundle: page as never })) as unknown as Bundle | undefined
    )
      for (const { resource } of page.entry ?? [])
        if (resource?.resourceType === 'Practitioner') families.push(resource.name?.[0]?.family ?? '');
    const letters = families.map((family) => family.charAt(0).toUpperCase()).filter((letter) => /[A-Z]/.test(letter));
    expect(letters).toEqual(letters.toSorted());
    expect(new Set(letters).size).toBeGreaterThan(5);
  });

  it('gets what the matches refer to, and resolves their references', async () => {
    const searchParams = { code: '2345-7', _count: 3, _include: ['Observation:subject', 'Observation:performer'] };
    const bundle = (await client.search({ resourceType: 'Observation', searchParams })) as unknown as Bundle;
    const included = (bundle.entry ?? []).filter(({ search }) => search?.mode === 'include');
    expect(included.map(({ resource }) => resource?.resourceType)).toContain('Patient');
    for (const { resource } of bundle.entry ?? []) {
      if (resource?.resourceType !== 'Observation') continue;
      const reference = resource.subject?.reference ?? '';
      expect(await client.resolve({ reference, context: bundle as never })).toMatchObject({ resourceType: 'Patient' });
      expect(await client.resolve({ reference })).toMatchObject({ id: reference.slice('Patient/'.length) });
    }
    const turned = (await client.search({
      resourceType: 'Patient',
      searchParams: { _id: someone().id, _revinclude: 'Observation:subject' },
    })) as unknown as Bundle;
    expect(turned.entry?.[0]?.resource).toMatchObject({ id: someone().id });
  });

  it('validates by operation', async () => {
    const outcome = await client.operation({
      name: '$validate',
      resourceType: 'Patient',
      input: { resourceType: 'Patient', birthDate: 5 },
    });
    expect(outcome.resourceType).toBe('OperationOutcome');
    const { issue } = outcome as unknown as OperationOutcome;
    expect(issue.map(({ severity, expression }) => ({ severity, expression }))).toContainEqual({
      severity: 'error',
      expression: ['Patient.birthDate'],
    });
  });

  it('is told what was wrong', async () => {
    const patient = { resourceType: 'Patient' } as never;
    const asked: Readonly<Record<string, Promise<unknown>>> = {
      '404 not-found': client.read({ resourceType: 'Patient', id: 'mp.nobody' }),
      '404 not-supported': client.read({ resourceType: 'Substance', id: '1' }),
      '400 value': client.search({ resourceType: 'Patient', searchParams: { birthdate: 'yesterday' } }),
      '400 not-supported': client.search({ resourceType: 'Patient', searchParams: { phonetic: 'x' } }),
      '405 not-supported': client.create({ resourceType: 'Patient', body: patient }),
      '405 not-supported ': client.update({ resourceType: 'Patient', id: someone().id, body: patient }),
      '405 not-supported  ': client.delete({ resourceType: 'Patient', id: someone().id }),
      '405 not-supported   ': client.history({ resourceType: 'Patient', id: someone().id }),
      '405 not-supported    ': client.batch({ body: { resourceType: 'Bundle', type: 'batch', entry: [] } }),
    };
    // All at once, so that none is refused before somebody listens.
    const refusals = await Promise.all(
      Object.entries(asked).map(async ([expected, promise]) => [expected.trim(), await refusalOf(promise)] as const),
    );
    for (const [expected, { status, issue }] of refusals) expect(`${status} ${issue ?? ''}`).toBe(expected);
  });
});
