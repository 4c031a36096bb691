import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as httpRequest } from 'node:http';
import { openMetricsEndpoint, type MetricsEndpoint } from '../../../src/app/metrics/endpoint.ts';
import { createMetrics } from '../../../src/app/metrics/metrics.ts';
import { serverState, systemState } from '../../support/server-state.ts';

/** The samples of an exposition: `name{labels}` to value. */
function samples(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

describe('metrics', () => {
  it('count events by declared names only', async () => {
    const metrics = createMetrics();
    const done = { event: 'request.done', requestId: 'r', method: 'GET', route: 'GET /fhir/Patient', ms: 30 } as const;
    metrics.emit({ ...done, status: 200 });
    metrics.emit({ ...done, status: 200 });
    metrics.emit({ ...done, status: 504, fault: 'system.timeout' });
    metrics.emit({ event: 'system.answered', system: 'ehr', ms: 3 });
    metrics.emit({ event: 'system.failed', system: 'ehr', fault: 'system.timeout', reason: '57014' });
    metrics.emit({ event: 'code.unmapped', system: 'ehr', branch: 'p', element: 'Patient.gender' });
    metrics.emit({ event: 'row.damaged', system: 'ehr', branch: 'p', element: 'Patient.id', reason: 'no key' });
    metrics.emit({ event: 'audit.written', records: 7, ms: 2 });
    metrics.emit({ event: 'audit.failed', reason: 'timeout' });
    metrics.emit({ event: 'persons.linked', linked: 5, candidates: 1, dangling: 2, ms: 9 });
    const found = samples(await metrics.text(serverState()));
    const expected: Readonly<Record<string, number>> = {
      'fascia_http_requests_total{route="GET /fhir/Patient",status="200",fault=""}': 2,
      'fascia_http_requests_total{route="GET /fhir/Patient",status="504",fault="system.timeout"}': 1,
      'fascia_http_request_duration_seconds_bucket{le="0.025",route="GET /fhir/Patient"}': 0,
      'fascia_http_request_duration_seconds_bucket{le="0.05",route="GET /fhir/Patient"}': 3,
      'fascia_system_statement_duration_seconds_count{system="ehr"}': 1,
      'fascia_system_failures_total{system="ehr",fault="system.timeout"}': 1,
      'fascia_codes_unmapped_total{system="ehr",branch="p",element="Patient.gender"}': 1,
      'fascia_rows_damaged_total{system="ehr",branch="p",element="Patient.id"}': 1,
      fascia_audit_records_total: 7,
      fascia_audit_failures_total: 1,
      'fascia_persons{kind="linked"}': 5,
    };
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(expected);
    expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('say the state of the server as it is when they are read', async () => {
    const metrics = createMetrics();
    const pool = { open: 5, idle: 1, waiting: 3, max: 5 };
    const expectations = {
      comparedMs: 0,
      closed: ['Patient', 'Flag'],
      without: ['Coverage.payor'],
      undeclared: { places: 0, values: 0 },
    } as const;
    const open = systemState({ circuit: 'open', pool, lastSuccessMs: 42_000, expectations });
    const ill = serverState({
      status: 'draining',
      audit: { pending: 12, failing: true },
      linksAsOfMs: 0,
      systems: [open],
    });
    const found = samples(await metrics.text(ill));
    expect(
      Object.fromEntries(
        [...found].filter(([name]) => /^fascia_(ready|audit_p|audit_fa.*g$|links|system_[cel]|pool.*"ehr)/.test(name)),
      ),
    ).toEqual({
      fascia_ready: 0,
      fascia_audit_pending: 12,
      fascia_audit_failing: 1,
      fascia_links_age_seconds: 60,
      'fascia_system_circuit{system="ehr"}': 2,
      'fascia_system_closed_types{system="ehr"}': 2,
      'fascia_system_elements_left_out{system="ehr"}': 1,
      'fascia_system_last_success_timestamp_seconds{system="ehr"}': 42,
      'fascia_pool_connections{pool="ehr",use="busy"}': 4,
      'fascia_pool_connections{pool="ehr",use="idle"}': 1,
      'fascia_pool_connections{pool="ehr",use="waiting"}': 3,
      'fascia_pool_connections{pool="ehr",use="max"}': 5,
    });
    expect(samples(await metrics.text(serverState())).get('fascia_system_circuit{system="ehr"}')).toBe(0);
  });
});

describe('the endpoint of metrics', () => {
  let endpoint: MetricsEndpoint;
  let broken = false;
  beforeAll(async () => {
    const probe = () => (broken ? Promise.reject(new Error('SECRET')) : Promise.resolve(serverState()));
    endpoint = await openMetricsEndpoint(createMetrics(), probe, { host: '127.0.0.1', port: 0 });
  });
  afterAll(() => endpoint.close());

  function ask(
    path: string,
    options: { readonly method?: string; readonly host?: string } = {},
  ): Promise<{ status: number; text: string }> {
    const { method = 'GET', host = 'localhost' } = options;
    return new Promise((resolve, reject) => {
      const url = new URL(path, endpoint.url);
      httpRequest(url, { method, headers: { host } }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, text });
        });
      })
        .on('error', reject)
        .end();
    });
  }

  it('answers its own path, to callers who ask for this machine', async () => {
    expect(await ask('/metrics')).toEqual({ status: 200, text: expect.stringContaining('fascia_ready 1') as unknown });
    expect((await ask('/metrics?x=1')).status).toBe(200);
    expect((await ask('/')).status).toBe(404);
    expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);
    expect((await ask('/metrics', { host: 'rebound.example' })).status).toBe(403);
  });

  it('says nothing of what went wrong inside', async () => {
    broken = true;
    expect(await ask('/metrics')).toEqual({ status: 500, text: '' });
    broken = false;
  });

  it('a taken port is named with the setting that chooses another', async () => {
    const port = Number(new URL(endpoint.url).port);
    const again = openMetricsEndpoint(createMetrics(), () => Promise.resolve(serverState()), {
      host: '127.0.0.1',
      port,
    });
    await expect(again).rejects.toMatchObject({
      code: 'server.port-taken',
      message: expect.stringContaining('metrics.port') as unknown,
    });
  });
});
