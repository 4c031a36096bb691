import { beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Audit, Chunk, Entry, Plan } from '../../../src/contracts/index.ts';
import { Fault, fixedClock, type NamedEvent } from '../../../src/core/index.ts';
import type { Call, FhirParts } from '../../../src/http/index.ts';
import { access, serveRecord } from './serve.ts';

const entry: Entry = {
  type: 'Patient',
  id: 'p.1',
  mode: 'match',
  text: '{"resourceType":"Patient","id":"p.1","multipleBirthInteger":1.10}',
  versionId: 'v1',
  patients: ['p.1'],
};
const page: Chunk = { entries: [entry], issues: [], systems: ['ehr'], last: true };

/** What happened, in order: verified, ran, audited. */
let trace: string[] = [];
let plans: Plan[] = [];
let events: NamedEvent[] = [];
beforeEach(() => {
  trace = [];
  plans = [];
  events = [];
});

const audit: Audit = {
  disclosed: (facts, who, plan, chunk) => {
    trace.push(`disclosed ${facts.query} to ${who.agent}: ${chunk.entries.length} of ${plan.type}`);
    return Promise.resolve();
  },
  ended: (facts, who, fault) => {
    trace.push(`ended ${facts.query} for ${who?.agent ?? 'nobody'}: ${fault.status} ${fault.code}`);
    return Promise.resolve();
  },
};

function serve(
  changes: Partial<FhirParts> = {},
  run: (plan: Plan, signal: AbortSignal) => Promise<Chunk> = () => Promise.resolve(page),
) {
  const { app, fhir } = serveRecord({
    async *run(plan, signal) {
      plans.push(plan);
      trace.push(`ran ${plan.interaction} ${plan.type}`);
      yield await run(plan, signal);
    },
    audit,
    emit: (event) => void events.push(event),
    changes: {
      verify: () => {
        trace.push('verified');
        return access;
      },
      ...changes,
    },
  });
  return { app, fhir, get: (path: string) => request(app).get(path).set('Host', 'localhost') };
}

describe('the request path', () => {
  it('verifies, runs and audits before anything is answered', async () => {
    const answer = await serve().get('/fhir/Patient/p.1');
    expect(answer.status).toBe(200);
    expect(trace).toEqual(['verified', 'ran read Patient', 'disclosed /Patient/p.1 to tester: 1 of Patient']);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      'cache-control': 'no-store',
      etag: 'W/"v1"',
    });
    expect(answer.text).toBe(entry.text);
  });

  it.each<[string, string, number, Partial<FhirParts>?]>([
    [
      'a target that is too long, before the caller is known',
      `/fhir/Nothing?x=${'y'.repeat(400)}`,
      414,
      { verify: () => Promise.reject(new Fault('access.login', 'Who?')) },
    ],
    [
      'an unknown caller, before what is wrong with the request',
      '/fhir/Patient?birthdate=never',
      401,
      { verify: () => Promise.reject(new Fault('access.login', 'Who?')) },
    ],
    ['a malformed value, before the type', '/fhir/Patient?birthdate=never', 400],
    ['an unacceptable format, before the type', '/fhir/Nothing?_format=xml', 406],
    ['an unknown type', '/fhir/Nothing', 404],
    ['broken percent-encoding', '/fhir/Patient/%zz', 400],
    ['a page token that is not ours', '/fhir/Patient?_page=abc', 400],
  ])('refuses %s, and audits that once', async (_, path, status, changes = {}) => {
    const answer = await serve(changes).get(path);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(trace.filter((step) => step.startsWith('ended'))).toHaveLength(1);
    expect(trace.some((step) => step.startsWith('ran'))).toBe(false);
    expect(trace.at(-1)).toContain(status === 414 || status === 401 ? 'for nobody' : 'for tester');
  });

  it('names the methods of a 405', async () => {
    const answer = await request(serve().app).delete('/fhir/Patient/p.1');
    expect([answer.status, answer.headers['allow']]).toEqual([405, expect.stringContaining('GET')]);
  });

  it('turns failures of the record layer into their status, audited once', async () => {
    const answer = await serve({}, () =>
      Promise.reject(new Fault('system.unavailable', 'Resting.', { retryAfterSeconds: 7 })),
    ).get('/fhir/Patient');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '7']);
    expect(trace.at(-1)).toBe('ended /Patient for tester: 503 system.unavailable');
  });

  it('tells nobody but the log, and there only its place, what a defect was', async () => {
    const answer = await serve({}, () => Promise.reject(new TypeError('Jane Doe'))).get('/fhir/Patient');
    expect(answer.status).toBe(500);
    expect(trace.at(-1)).toContain('500 server.defect');
    expect(events.some(({ event }) => event === 'server.defect')).toBe(true);
    expect(answer.text + JSON.stringify(events)).not.toContain('Jane');
  });

  it('answers nothing that could not be audited', async () => {
    const down = (): Promise<void> => Promise.reject(new Fault('audit.unavailable', 'No audit, no answer.'));
    for (const path of ['/fhir/Patient/p.1', '/fhir/Nothing', '/fhir/Patient?birthdate=never']) {
      const answer = await serve({ audit: { disclosed: down, ended: down } }).get(path);
      expect([answer.status, answer.text.includes('p.1')]).toEqual([503, false]);
    }
  });

  it('records a caller that left, and runs nothing further', async () => {
    const gone = new AbortController();
    const { fhir } = serve({}, (_, signal) => {
      gone.abort();
      return signal.aborted ? Promise.reject(new Fault('system.unavailable', 'given up')) : Promise.resolve(page);
    });
    const call: Call = {
      requestId: 'r',
      method: 'GET',
      target: '/Patient',
      base: 'http://x/fhir',
      headers: {},
      peer: '',
      body: () => Promise.resolve(''),
      signal: gone.signal,
    };
    expect(await fhir(call)).toMatchObject({ status: 499, body: '' });
    expect(trace.at(-1)).toBe('ended /Patient for tester: 499 request.abandoned');
  });

  it('logs what was called without ids and values', async () => {
    const { get } = serve();
    await get('/fhir/Patient/p.1/_history/v1');
    await get('/fhir/Patient?name=Jane');
    await get('/fhir/Patient?birthdate=Jane');
    expect(events.map((event) => event.event === 'request.done' && event.route)).toEqual([
      'GET /fhir/Patient/{id}/_history/{vid}',
      'GET /fhir/Patient',
      'GET /fhir',
    ]);
    expect(JSON.stringify(events)).not.toMatch(/Jane|p\.1/);
  });
});

describe('reading', () => {
  it.each([
    ['W/"v1"', 304],
    ['"v1"', 304],
    ['"x", W/"v1"', 304],
    ['*', 304],
    ['W/"v2"', 200],
  ])(
    'with If-None-Match %s is %i (https://hl7.org/fhir/R4/http.html#cread), audited as a disclosure',
    async (tag, status) => {
      const answer = await serve().get('/fhir/Patient/p.1').set('If-None-Match', tag);
      expect([answer.status, answer.headers['etag'], answer.text === '']).toEqual([status, 'W/"v1"', status === 304]);
      expect(trace.at(-1)).toMatch(/^disclosed/);
    },
  );

  it('writes the format and the indentation that were asked for, with numbers as stored', async () => {
    const answer = await serve().get('/fhir/Patient/p.1?_format=application/json&_pretty=true');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.text).toContain('\n  "multipleBirthInteger": 1.10\n');
  });
});

describe('searching', () => {
  it('by GET and by POST is the same; the form is audited as well', async () => {
    const { app, get } = serve();
    const got = await get('/fhir/Patient?name=a%2Cb&name=c');
    const posted = await request(app)
      .post('/fhir/Patient/_search?name=a%2Cb')
      .set('Host', 'localhost')
      .type('form')
      .send('name=c');
    expect(posted.status).toBe(200);
    expect(posted.text).toBe(got.text);
    expect(plans[1]).toEqual(plans[0]);
    expect(trace.at(-1)).toContain('/Patient/_search?name=a%2Cb\nname=c');
  });

  it('goes on at the sealed place, for the same caller, until the link expires', async () => {
    const cursor = { branches: { p: { phase: 'values' as const, at: ['7'] } } };
    const withNext = serve({}, () => Promise.resolve({ ...page, next: cursor }));
    const first = JSON.parse((await withNext.get('/fhir/Patient?name=a&_count=1&shoe=4')).text) as {
      readonly link: readonly { readonly relation: string; readonly url: string }[];
    };
    const next = first.link.find(({ relation }) => relation === 'next')?.url ?? '';
    expect(next).toMatch(/^http:\/\/localhost\/fhir\/Patient\?_page=[\w%-]+$/);
    const path = next.slice('http://localhost'.length);
    expect((await withNext.get(path)).status).toBe(200);
    expect(plans[1]).toMatchObject({ type: 'Patient', count: 1, cursor, ignored: [] });
    expect((await withNext.get(path.replace('/Patient', '/Observation'))).status).toBe(400);
    expect((await serve({ verify: () => ({ ...access, agent: 'other' }) }).get(path)).status).toBe(400);
    expect((await serve({ clock: fixedClock('2026-03-01T12:11:00Z') }).get(path)).status).toBe(410);
  });

  it('tells damaged rows and ignored parameters once', async () => {
    const issue = { code: 'exception', diagnostics: 'A row cannot be mapped.' };
    const answer = await serve({}, () => Promise.resolve({ ...page, total: 5, issues: [issue] })).get(
      '/fhir/Patient?name=a&shoe=4',
    );
    const bundle = JSON.parse(answer.text) as {
      readonly total: number;
      readonly entry: readonly { readonly search: { readonly mode: string } }[];
    };
    expect(bundle.total).toBe(5);
    expect(bundle.entry.map((one) => one.search.mode)).toEqual(['match', 'outcome']);
  });
});

describe('beside reading', () => {
  it('metadata discloses nothing about anybody and is not audited', async () => {
    const answer = await serve().get('/fhir/metadata');
    expect(JSON.parse(answer.text)).toEqual({ resourceType: 'CapabilityStatement', url: 'http://localhost/fhir' });
    expect(trace).toEqual(['verified']);
  });

  it('$validate answers 200 with issues; of an instance it reads, audited', async () => {
    const { app, get } = serve();
    const post = (body: object) =>
      request(app)
        .post('/fhir/Patient/$validate')
        .set('Content-Type', 'application/fhir+json')
        .send(JSON.stringify(body));
    const answer = await post({ resourceType: 'Patient', gender: 5 });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) as unknown,
    });
    expect(trace).toEqual(['verified']);
    expect((await get('/fhir/Patient/p.1/$validate')).status).toBe(200);
    expect(trace.at(-1)).toMatch(/^disclosed/);
  });
});
