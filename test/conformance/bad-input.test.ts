import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { Bundle, CapabilityStatement, OperationOutcome } from '@medplum/fhirtypes';
import type { NamedEvent } from '../../src/core/index.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { matchesOf } from '../support/patients.ts';
import { isFull } from '../support/scale.ts';
import { generateBadRequests, type BadRequest, type ServedForBad } from './bad-requests.ts';

const byTier = isFull ? 100_000 : process.env['CI'] === undefined ? 2_000 : 10_000;
const requests = Number(process.env['FASCIA_BAD_REQUESTS'] ?? byTier);
const seed = Number(process.env['FASCIA_BAD_SEED'] ?? 1);
const clients = 8;

/** Names of ours that no generated request holds: if an answer does, it came from inside. */
const inner =
  /LABRSLT|PATADDR|PROVMST|cust_no|person_member|audit_record|node_modules|\.ts:\d|\n {4}at |syntax error|SQLSTATE|operator does not exist|invalid input syntax|TypeError|RangeError|Cannot read/;
/** What chooses nothing, and so is no criterion. */
const shaping = new Set([
  '_count',
  '_total',
  '_sort',
  '_summary',
  '_elements',
  '_include',
  '_revinclude',
  '_format',
  '_pretty',
  '_page',
]);

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

describe('bad input', () => {
  let server: DemoServer;
  let served: ServedForBad[];
  const events: NamedEvent[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: clients });

  beforeAll(async () => {
    server = await startDemoServer({ emit: (event) => events.push(event) });
    const statement = (await (await server.fetch('metadata')).json()) as CapabilityStatement;
    served = await Promise.all(
      (statement.rest?.[0]?.resource ?? []).map(async ({ type, searchParam = [] }) => ({
        type,
        params: searchParam.map((param) => ({ name: param.name, type: param.type })),
        ids: (await matchesOf(server, `${type}?_count=500`)).slice(0, 5).map(({ id }) => id ?? ''),
      })),
    );
  });
  afterAll(async () => {
    agent.destroy();
    await server.stop();
  });

  /** Sends a path as it is written: `fetch` would put it in order first. */
  async function send({ path, init }: Pick<BadRequest, 'path' | 'init'>): Promise<Answer> {
    const { port } = new URL(server.base);
    const headers = {
      ...init.headers,
      ...(init.body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(init.body)) }),
    };
    const asked = request({
      agent,
      host: '127.0.0.1',
      port,
      path: `/fhir/${path}`,
      method: init.method ?? 'GET',
      headers,
    });
    asked.end(init.body);
    const [response] = (await once(asked, 'response')) as [
      NodeJS.ReadableStream & { statusCode?: number; headers: Record<string, string> },
    ];
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(piece as Buffer);
    return {
      status: response.statusCode ?? 0,
      type: response.headers['content-type'] ?? '',
      body: Buffer.concat(pieces).toString(),
    };
  }

  /** What is wrong with an answer; undefined where it is as it should be. */
  function faultOf(bad: BadRequest, answer: Answer): string | undefined {
    const { status, type, body } = answer;
    if (status >= 500) return 'a failure of the server';
    if (inner.test(body)) return 'it tells what is inside';
    const isHead = bad.init.method === 'HEAD';
    if (status === 304 || status === 204 || isHead) return status < 500 ? undefined : 'no answer';
    // A Binary is its bytes, in a type of its own (https://hl7.org/fhir/R4/binary.html#rest).
    if (status === 200 && bad.path.startsWith('Binary/') && !type.includes('json'))
      return bad.is === 'wrong' ? 'it was accepted' : undefined;
    if (!/^application\/(fhir\+)?json; charset=utf-8$/.test(type)) return `it is ${type}`;
    const resource = JSON.parse(body) as Bundle | OperationOutcome;
    if (status === 200) return bad.is === 'wrong' ? 'it was accepted' : matchAll(bad, resource);
    if (status < 400) return 'neither an answer nor a refusal';
    if (resource.resourceType !== 'OperationOutcome') return 'no OperationOutcome';
    const [issue] = resource.issue;
    if (issue?.severity !== 'error' || (issue.diagnostics ?? '').length < 10) return 'it does not say what was wrong';
    if (status === 406) return issue.location === undefined ? 'it does not name the header' : undefined;
    if (bad.names !== undefined && issue.location?.[0] !== `http.${bad.names}`) return `it does not name ${bad.names}`;
    if (bad.is === 'wrong' && status !== 400) return 'it is no 400';
    return undefined;
  }

  /** A search with criteria must not be answered as one without. */
  function matchAll({ path, init }: BadRequest, resource: Bundle | OperationOutcome): string | undefined {
    if (resource.resourceType !== 'Bundle') return undefined;
    const query = `${path.slice(path.indexOf('?') + 1)}&${path.includes('/_search') ? (init.body ?? '') : ''}`;
    const asked = namesIn(path.includes('?') || path.includes('/_search') ? query : '');
    const self = resource.link?.find(({ relation }) => relation === 'self')?.url ?? '';
    const applied = namesIn(self.split('?')[1] ?? '');
    return asked.length > 0 && applied.length === 0 ? 'it matched everything' : undefined;
  }

  function namesIn(query: string): string[] {
    const names = query
      .split('&')
      .filter((pair) => pair !== '' && !pair.includes('/_search'))
      .map((pair) => pair.split('=')[0] ?? '');
    return names.filter((name) => !shaping.has(decodeURIComponent(name).split(':')[0] ?? ''));
  }

  it(
    `is refused, or answered rightly, in each of ${requests} generated requests`,
    async () => {
      const generated = generateBadRequests(served, requests, seed);
      const findings: string[] = [];
      const statuses = new Map<number, number>();
      const work = async (): Promise<void> => {
        // All workers take from the same generator.
        for (let next = generated.next(); next.done !== true; next = generated.next()) {
          const bad = next.value;
          const answer = await send(bad).catch((error: unknown): Answer => ({
            status: 599,
            type: '',
            body: String(error),
          }));
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const fault = faultOf(bad, answer);
          if (fault !== undefined)
            findings.push(
              `${fault}: ${bad.init.method ?? 'GET'} ${bad.path.slice(0, 300)} ${JSON.stringify(bad.init).slice(0, 200)} → ${answer.status} ${answer.body.slice(0, 300)}`,
            );
        }
      };
      await Promise.all(Array.from({ length: clients }, work));
      expect(findings.slice(0, 15)).toEqual([]);
      expect(findings).toHaveLength(0);
      expect(events.filter(({ event }) => event === 'server.defect')).toEqual([]);
      // Were nearly all refused at the door, nothing would have been tried.
      for (const status of [200, 400, 404, 405]) expect(statuses.get(status) ?? 0).toBeGreaterThan(requests / 100);
    },
    120_000 + requests * 20,
  );

  describe('that is not HTTP', () => {
    /** Sends bytes and reads until the server closes, or has answered once. */
    async function sendBytes(bytes: string): Promise<string> {
      const socket = connect(Number(new URL(server.base).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(Buffer.from(bytes, 'latin1'));
      let answer = '';
      for await (const piece of socket) {
        answer += (piece as Buffer).toString();
        const [head = '', body] = answer.split('\r\n\r\n');
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (body !== undefined && Buffer.byteLength(body) >= length) break;
      }
      socket.destroy();
      return answer;
    }

    const host = 'Host: localhost\r\n';
    const malformed: Readonly<Record<string, readonly [bytes: string, statuses: readonly number[]]>> = {
      'no request line': ['\r\n\r\nhello\r\n\r\n', [400]],
      'an unknown version': [`GET /fhir/metadata HTTP/9.9\r\n${host}\r\n`, [400, 505]],
      'another protocol': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [400]],
      'a TLS greeting': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', [400]],
      'an unknown method': [`FROB /fhir/Patient HTTP/1.1\r\n${host}\r\n`, [400]],
      'a space in the target': [`GET /fhir/Patient?name=a b HTTP/1.1\r\n${host}\r\n`, [400]],
      'a control character in the target': [`GET /fhir/Patient?name=\x01 HTTP/1.1\r\n${host}\r\n`, [400]],
      'bytes beyond ASCII in the target': [`GET /fhir/Patient?name=\xff\xfe HTTP/1.1\r\n${host}\r\n`, [200, 400]],
      'no host': ['GET /fhir/Patient HTTP/1.1\r\n\r\n', [400]],
      'another host': ['GET /fhir/Patient HTTP/1.1\r\nHost: evil.example\r\n\r\n', [403]],
      'two hosts': [`GET /fhir/Patient HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, [400, 403]],
      'a NUL in a header': [`GET /fhir/metadata HTTP/1.1\r\n${host}X-A: a\x00b\r\n\r\n`, [400]],
      'a header without a name': [`GET /fhir/metadata HTTP/1.1\r\n${host}: b\r\n\r\n`, [400]],
      'a folded header': [`GET /fhir/metadata HTTP/1.1\r\n${host}X-A: a\r\n b\r\n\r\n`, [200, 400]],
      'a space before the colon': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length : 4\r\n\r\nname`,
        [400],
      ],
      'two lengths': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length: 4\r\nContent-Length: 5\r\n\r\nname=`,
        [400],
      ],
      'a length and chunks': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        [400],
      ],
      'a negative length': [`POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, [400]],
      'a huge length': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length: 99999999999\r\n\r\nname=a`,
        [413],
      ],
      'a broken chunk': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nname\r\n`,
        [400],
      ],
      'an unknown transfer encoding': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Transfer-Encoding: rot13\r\n\r\nname`,
        [400, 501],
      ],
      'a long target': [`GET /fhir/Patient?name=${'a'.repeat(9_000)} HTTP/1.1\r\n${host}\r\n`, [414]],
      'a target without an end': [`GET /fhir/Patient?name=${'a'.repeat(80_000)}`, [414]],
      'large headers': [`GET /fhir/Patient HTTP/1.1\r\n${host}X-A: ${'a'.repeat(80_000)}\r\n\r\n`, [431]],
      'many headers': [`GET /fhir/metadata HTTP/1.1\r\n${host}${'X-A: a\r\n'.repeat(9_000)}\r\n`, [431]],
      'an absolute target': [
        'GET http://evil.example/fhir/Patient HTTP/1.1\r\nHost: localhost\r\n\r\n',
        [400, 403, 404],
      ],
      'a target that is none': [`GET * HTTP/1.1\r\n${host}\r\n`, [400, 404]],
      'a target that begins with two slashes': [`GET //evil.example/fhir/Patient HTTP/1.1\r\n${host}\r\n`, [400, 404]],
      'dots in the path': [`GET /fhir/../../etc/passwd HTTP/1.1\r\n${host}\r\n`, [400, 404]],
      'a tunnel': ['CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n', [400, 403, 404, 405]],
      'an upgrade': [
        `GET /fhir/metadata HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        [200, 400],
      ],
      'an expectation that nobody meets': [
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Expect: miracles\r\nContent-Length: 6\r\n\r\nname=a`,
        [400, 415, 417],
      ],
      'a body with a read': [`GET /fhir/Patient/mp.x HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`, [404]],
    };

    it.each(Object.entries(malformed))('%s', async (_, [bytes, statuses]) => {
      const answer = await sendBytes(bytes);
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
      expect({ answer: answer.slice(0, 400), status: statuses.includes(status) }).toMatchObject({ status: true });
      expect(answer).not.toMatch(inner);
      if (status >= 400)
        expect(answer.split('\r\n\r\n').slice(1).join('')).toContain('"resourceType":"OperationOutcome"');
    });

    it('nor ends: the connection that broke off harms nobody', async () => {
      for (const bytes of [
        'GET /fhir/Pat',
        `POST /fhir/Patient/_search HTTP/1.1\r\n${host}Content-Length: 50\r\n\r\nname=`,
      ]) {
        const socket = connect(Number(new URL(server.base).port), '127.0.0.1');
        await once(socket, 'connect');
        socket.write(bytes);
        socket.destroy();
      }
      expect((await server.fetch('metadata')).status).toBe(200);
      expect(events.filter(({ event }) => event === 'server.defect')).toEqual([]);
    });
  });
});
