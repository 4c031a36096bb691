import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { showStatus } from '../../src/cli/status.ts';
import type { StatusDocument } from '../../src/app/index.ts';
import { testClock } from '../support/demo-home.ts';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

describe('metrics of a running server', () => {
  let scratch: Scratch;
  let server: ScratchServer;

  beforeAll(async () => {
    scratch = await openScratch();
    server = await scratch.start({ settings: { metrics: { port: 0 } } });
  });
  afterAll(() => scratch.drop());

  const metrics = async (): Promise<string> => (await fetch(server.running.metricsUrl ?? '')).text();
  const valueOf = async (sample: string): Promise<number> =>
    Number(
      (await metrics())
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.split(' ')
        .at(-1),
    );

  it('count what was asked, of whom, and what it needed', async () => {
    for (let n = 0; n < 3; n++) expect((await server.fetch('Observation?_count=2')).status).toBe(200);
    expect((await server.fetch('Observation?date=x')).status).toBe(400);
    expect(await valueOf('fascia_http_requests_total{route="GET /fhir/Observation",status="200",fault=""}')).toBe(3);
    expect(await valueOf('fascia_system_statement_duration_seconds_count{system="meridian-ehr"}')).toBeGreaterThan(2);
    expect(await valueOf('fascia_audit_records_total')).toBe(4);
    expect(await valueOf('fascia_ready')).toBe(1);
    expect(await valueOf('fascia_pool_connections{pool="meridian-ehr",use="waiting"}')).toBe(0);
    expect(await valueOf('fascia_system_circuit{system="meridian-pharmacy"}')).toBe(0);
  });

  it('have as many series as there are declared names, whatever callers send, and nothing of a patient', async () => {
    const found = (await (await server.fetch('Patient?_count=20')).json()) as Bundle<Patient>;
    const patients = (found.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Patient' ? [resource] : [],
    );
    const strange = async (round: number): Promise<void> => {
      for (const patient of patients) {
        const family = patient.name?.[0]?.family ?? '';
        await server.fetch(`Patient/${patient.id ?? ''}`);
        await server.fetch(`Patient?family=${encodeURIComponent(family)}&nonsense-${round}=1`);
        await server.fetch(`Zork${round}${family}/${patient.id ?? ''}`);
        await server.fetch(`Patient/${patient.id ?? ''}/${family}-${round}`, { method: 'PATCH', body: family });
        await fetch(`${server.running.url}/${encodeURIComponent(family)}-${round}`);
      }
    };
    const names = async (): Promise<string[]> =>
      (await metrics())
        .split('\n')
        .filter((line) => line.startsWith('fascia_'))
        .map((line) => line.slice(0, line.lastIndexOf(' ')));
    await strange(1);
    const before = await names();
    await strange(2);
    expect(await names()).toEqual(before);
    const text = before.join('\n');
    for (const { id, name } of patients)
      for (const told of [id, name?.[0]?.family])
        if (told !== undefined) expect(text.split(/["\s]/)).not.toContain(told);
    expect(text).not.toMatch(/Zork|nonsense|PATMAST|select/);
  });
});

describe('fascia status of a running server', () => {
  let scratch: Scratch;
  let server: ScratchServer;
  let aheadMs = 0;

  beforeAll(async () => {
    scratch = await openScratch();
    server = await scratch.start({
      clock: { nowMs: () => testClock.nowMs() + aheadMs },
      system: { connectTimeoutMs: 1_000 },
    });
  });
  afterAll(() => scratch.drop());

  async function status(): Promise<{ readonly code: number; readonly document: StatusDocument }> {
    const { hostname, port } = new URL(server.running.url);
    let text = '';
    const code = await showStatus({ host: hostname, port: Number(port), json: true, print: (line) => (text = line) });
    return { code, document: JSON.parse(text) as StatusDocument };
  }
  const systemOf = (document: StatusDocument, id: string): StatusDocument['systems'][number] | undefined =>
    document.systems.find((system) => system.id === id);

  it('is well, then degraded while one system does not answer, then well again', async () => {
    await server.fetch('Observation?_count=2');
    const well = await status();
    expect(well.code).toBe(0);
    expect(well.document).toMatchObject({ status: 'ready', store: 'up', degraded: [], linksAsOf: expect.any(String) });
    const ehr = systemOf(well.document, 'meridian-ehr');
    expect(ehr).toMatchObject({ circuit: 'closed', lastSuccess: '2026-11-20T17:00:00.000Z', degraded: [] });
    expect(ehr?.owner).not.toBe('');
    expect(ehr?.rows.unmapped).toEqual([]);
    const page = (await (await server.fetch('Patient?_count=500')).json()) as Bundle;
    const told = page.entry?.find(({ search }) => search?.mode === 'outcome')?.resource as OperationOutcome;
    const impossible = told.issue.filter((issue) => JSON.stringify(issue).includes('a date that does not exist'));
    const unmapped = (page.entry ?? []).filter(({ resource }) => {
      const coding = (resource as Patient | undefined)?.maritalStatus?.coding ?? [];
      return (
        resource?.id?.startsWith('mp.') === true &&
        coding.length > 0 &&
        coding.every(({ system }) => system?.includes('meridian') === true)
      );
    });
    expect([impossible.length, unmapped.length]).not.toContain(0);
    const rows = systemOf((await status()).document, 'meridian-ehr')?.rows;
    expect(rows?.damaged).toContainEqual({
      branch: 'mp',
      element: 'Patient.birthDate',
      reason: 'a date that does not exist',
      times: impossible.length,
    });
    expect(rows?.unmapped).toContainEqual({
      branch: 'mp',
      element: 'Patient.maritalStatus',
      times: unmapped.length,
    });
    await scratch.proxies.ehr.refuse();
    for (let failures = 0; failures < 5; failures++)
      expect((await server.fetch('Observation?_count=2')).status).toBe(503);
    const ill = await status();
    expect(ill.code).toBe(2);
    expect(systemOf(ill.document, 'meridian-ehr')).toMatchObject({
      circuit: 'open',
      degraded: [/circuit is open/].map(matching),
    });
    expect(systemOf(ill.document, 'meridian-pharmacy')?.degraded).toEqual([]);
    await scratch.proxies.ehr.mend();
    aheadMs += 5_000;
    expect((await server.fetch('Observation?_count=2')).status).toBe(200);
    expect((await status()).code).toBe(0);
  });
});

function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
