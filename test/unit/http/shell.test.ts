import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import request from 'supertest';
import { corsPolicy } from '../../../src/app/cors-policy.ts';
import { admitLoopback } from '../../../src/app/open-loopback.ts';
import { Fault, fixedClock, type NamedEvent } from '../../../src/core/index.ts';
import { createApp, createHttpServer, type Call, type HttpParts, type ServerState } from '../../../src/http/index.ts';
import { indentJson, jsonIndenter } from '../../../src/http/pretty.ts';
import { serverState, systemState } from '../../support/server-state.ts';

const events: NamedEvent[] = [];
let calls: Call[] = [];
beforeEach(() => {
  events.length = 0;
  calls = [];
});

/** A handler that says what it was given, and reads the body where there is one. */
const echo: HttpParts['fhir'] = async (call) => {
  calls.push(call);
  try {
    const body = call.method === 'POST' ? await call.body() : '';
    const headers = { 'Content-Type': 'application/fhir+json; charset=utf-8' };
    return {
      status: 200,
      headers,
      body: JSON.stringify({ target: call.target, base: call.base, body }),
      route: '/fhir',
    };
  } catch (error) {
    return { status: error instanceof Fault ? error.status : 500, headers: {}, body: '{}', route: '/fhir' };
  }
};

const web = 'src/web/landing/';
const storyLinks = [{ name: 'labs & more', search: 'Observation?patient=1&_sort=-date' }];

function parts(changes: Partial<HttpParts> = {}): HttpParts {
  return {
    clock: fixedClock('2026-03-01T12:00:00Z'),
    emit: (event) => events.push(event),
    newId: () => 'made-id',
    limits: { uriBytesMax: 200, headerBytesMax: 4_000, bodyBytesMax: 100, requestTimeoutMs: 5_000 },
    cors: corsPolicy('loopback'),
    origin: (host) => `http://${host ?? 'nowhere'}`,
    draining: () => false,
    admit: (peer, host) => {
      admitLoopback(peer, host, 'fhir.example');
    },
    state: () => Promise.resolve(serverState({ systems: [systemState({ circuit: 'open' })] })),
    landing: {
      html: readFileSync(`${web}index.html`, 'utf8'),
      css: readFileSync(`${web}landing.css`, 'utf8'),
      stories: [{ name: "O'Hara <b>", identifier: 'urn:x|1&2', sentence: 'Once "upon" a time', links: storyLinks }],
      synthetic: true,
      served: () => new Map(),
      examples: (origin) => [{ shows: 'All', command: `curl '${origin}/fhir/Patient'` }],
    },
    openApi: (origin) => JSON.stringify({ openapi: '3.1.0', servers: [{ url: origin }] }),
    fhir: echo,
    ...changes,
  };
}

describe('every answer', () => {
  const app = createApp(parts());

  it('carries a request id: the well-formed one of the caller, else a new one', async () => {
    expect((await request(app).get('/fhir/Patient').set('X-Request-Id', 'abc-1.2_3')).headers['x-request-id']).toBe(
      'abc-1.2_3',
    );
    for (const bad of ['a b', 'x'.repeat(65), '<script>', '-']) {
      expect((await request(app).get('/fhir/Patient').set('X-Request-Id', bad)).headers['x-request-id']).toBe(
        'made-id',
      );
    }
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'request.done', requestId: 'abc-1.2_3', route: '/fhir', status: 200 }),
    );
  });

  it('hands over target and base exactly as received', async () => {
    const answer = await request(app).get('/fhir/Patient/%24x?name=a%2Cb+c&name=d').set('Host', 'localhost:99');
    expect(answer.body).toEqual({
      target: '/Patient/%24x?name=a%2Cb+c&name=d',
      base: 'http://localhost:99/fhir',
      body: '',
    });
    expect((await request(app).get('/fhir')).body).toMatchObject({ target: '/' });
    expect((await request(app).get('/fhir?_x=1')).body).toMatchObject({ target: '/?_x=1' });
  });

  it('to HEAD has the headers of GET and no body (https://hl7.org/fhir/R4/http.html#read)', async () => {
    const [get, head] = [await request(app).get('/fhir/Patient'), await request(app).head('/fhir/Patient')];
    expect(head.status).toBe(200);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.text).toBeUndefined();
  });

  it('has a Date, a Vary, and nothing that Express adds', async () => {
    const { headers } = await request(app).get('/fhir/Patient');
    expect(headers).toMatchObject({
      date: expect.any(String) as unknown,
      vary: 'Accept, Authorization, Origin, Prefer',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  it('closes its connection while draining', async () => {
    const answer = await request(createApp(parts({ draining: () => true })))
      .get('/fhir/x')
      .set('Connection', 'keep-alive');
    expect(answer.headers['connection']).toBe('close');
  });
});

describe('bodies', () => {
  const app = createApp(parts());
  const post = () =>
    request(app).post('/fhir/Patient/_search').set('Content-Type', 'application/x-www-form-urlencoded');

  it('are read as UTF-8', async () => {
    expect((await post().send('name=Ä')).body).toMatchObject({ body: 'name=Ä' });
  });

  it.each<[string, number, (one: request.Test) => request.Test]>([
    ['beyond the bound', 413, (one) => one.send('a'.repeat(101))],
    ['compressed', 415, (one) => one.set('Content-Encoding', 'gzip').send('x')],
    [
      'that are not UTF-8',
      400,
      (one) => one.serialize((bytes) => bytes as unknown as string).send(Buffer.from([0xc3, 0x28])),
    ],
  ])('%s are %i', async (_, status, send) => {
    expect((await send(post())).status).toBe(status);
  });

  it('of a method that reads none do no harm', async () => {
    expect((await request(app).get('/fhir/Patient').send('x'.repeat(50_000))).status).toBe(200);
  });
});

describe('cross-origin reads', () => {
  const preflight = (app: ReturnType<typeof createApp>, origin: string) =>
    request(app).options('/fhir/Patient/_search').set('Origin', origin).set('Access-Control-Request-Method', 'POST');

  it('are allowed to pages of this machine by default', async () => {
    const app = createApp(parts());
    const own = await request(app).get('/fhir/Patient').set('Origin', 'http://localhost:3000');
    expect(own.headers['access-control-allow-origin']).toBe('http://localhost:3000');
    expect(own.headers['access-control-expose-headers']).toMatch(/ETag.*X-Request-Id/);
    const foreign = await request(app).get('/fhir/Patient').set('Origin', 'https://localhost.evil.example');
    expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
    expect((await preflight(app, 'null')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('are allowed to all where the site says so', async () => {
    const answer = await preflight(createApp(parts({ cors: corsPolicy(['*']) })), 'https://app.example');
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(calls).toEqual([]);
  });
});

describe('admission', () => {
  it.each([
    ['localhost:8080', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:8080', 200],
    ['fhir.example', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example:8080', 403],
  ])('of a request for %s is %i (DNS rebinding)', async (host, status) => {
    expect((await request(createApp(parts())).get('/fhir/Patient').set('Host', host)).status).toBe(status);
  });

  it('refuses peers of other machines on every path', () => {
    expect(() => {
      admitLoopback('10.0.0.7', 'localhost', undefined);
    }).toThrow(expect.objectContaining({ code: 'access.forbidden' }));
  });
});

describe('beside the API', () => {
  const app = createApp(parts());

  it('the landing page names patients, commands and descriptions, escaped, under a strict policy', async () => {
    const { headers, text } = await request(app).get('/').set('Host', 'localhost:8081');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(text).toContain('O&#39;Hara &#60;b&#62;');
    expect(text).toMatch(/<a href="http:[^"]*\/fhir\/Observation\?patient=1&#38;_sort=-date">labs &#38; more<\/a>/);
    expect(text).toContain('identifier=urn%3Ax%7C1%262');
    expect(text).toContain('curl &#39;http://localhost:8081/fhir/Patient&#39;');
    expect(text).not.toMatch(/<script|\{\{|(src|href)="https?:\/\/(?!localhost)/);
    expect((await request(app).get('/landing.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it('health: alive always; ready while the store answers, whatever the systems', async () => {
    expect((await request(app).get('/livez')).body).toEqual({ status: 'alive' });
    expect((await request(app).get('/readyz')).body).toEqual({
      status: 'ready',
      store: 'up',
      audit: 'up',
      systems: { ehr: 'circuit open' },
    });
    for (const status of ['draining', 'waiting for the store', 'waiting for links between patients'] as const) {
      const state = (): Promise<ServerState> => Promise.resolve(serverState({ status }));
      expect((await request(createApp(parts({ state }))).get('/readyz')).status).toBe(503);
    }
  });

  it('status: the systems with their owners and what is degraded, to this machine only', async () => {
    const answer = await request(app).get('/status');
    expect(answer.body).toMatchObject({
      status: 'ready',
      startedAt: '1970-01-01T00:00:00.000Z',
      degraded: [],
      systems: [{ id: 'ehr', owner: 'Records office', circuit: 'open', types: ['Patient'] }],
    });
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via'])
      expect((await request(app).get('/status').set(name, '1.1.1.1')).status).toBe(403);
  });

  it('the OpenAPI description names the server that was asked', async () => {
    expect((await request(app).get('/openapi.json').set('Host', 'localhost:1')).body).toMatchObject({
      servers: [{ url: 'http://localhost:1' }],
    });
  });

  it.each<['get' | 'post' | 'delete', string, number, string]>([
    ['get', '/nothing', 404, 'request.unknown-path'],
    ['get', '/FHIR/Patient', 404, 'request.unknown-path'],
    ['get', '/__proto__', 404, 'request.unknown-path'],
    ['post', '/', 405, 'request.interaction'],
    ['delete', '/readyz', 405, 'request.interaction'],
  ])('%s %s is %i with an OperationOutcome', async (method, path, status, code) => {
    const answer = await request(app)[method](path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(JSON.parse(answer.text)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code }] } }],
    });
    if (status === 405) expect(answer.headers['allow']).toBe('GET, HEAD');
  });

  it('a defect says nothing of itself to the caller and its place, not its message, to the log', async () => {
    const broken = createApp(
      parts({
        openApi: () => {
          throw new TypeError('Jane Doe, born 1970');
        },
      }),
    );
    const answer = await request(broken).get('/openapi.json');
    expect(answer.status).toBe(500);
    const defect = events.find(({ event }) => event === 'server.defect');
    expect(defect).toMatchObject({ name: 'TypeError', message: expect.stringContaining('shell.test.ts') as unknown });
    expect(JSON.stringify(events) + answer.text).not.toContain('Jane');
  });
});

describe('bytes that are no request', () => {
  let server: Server;
  beforeAll(async () => {
    server = createHttpServer(parts());
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    server.close();
  });

  async function send(bytes: string): Promise<string> {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    let received = '';
    for await (const piece of socket) received += String(piece);
    return received;
  }

  it('a body without a length is read to its bound only', async () => {
    const chunk = `40\r\n${'a'.repeat(64)}\r\n`;
    const head = 'POST /fhir/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
    expect(await send(`${head}${chunk.repeat(50)}0\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a method that does not exist', 'FETCH / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n', 400],
    [
      'two different lengths',
      'POST /fhir/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
    ],
    [
      'a bad chunk',
      'POST /fhir/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n',
      400,
    ],
    ['no Host', 'GET /fhir/x HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(70_000)}`, 431],
    ['a target without end', `GET /${'x'.repeat(70_000)}`, 414],
  ])('%s: answered with an OperationOutcome, and the server lives', async (_, bytes, status) => {
    const answer = await send(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain('"resourceType":"OperationOutcome"');
    expect((await request(server).get('/livez')).status).toBe(200);
  });
});

describe('indented JSON', () => {
  it('is the same JSON, with numbers as written', () => {
    const text = '{"a":[{"b":1.10,"c":[]},{"d":"x\\",{[y"}],"e":{},"f":-1.50e2,"g":true}';
    const indented = indentJson(text);
    expect(JSON.parse(indented)).toEqual(JSON.parse(text));
    expect(indented).toContain('"b": 1.10');
    expect(indented).toContain('"c": []');
    expect(indented.split('\n').length).toBe(15);
    const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
    expect(`${tokens.map(jsonIndenter()).join('')}\n`).toBe(indented);
  });
});
