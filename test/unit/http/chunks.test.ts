import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Audit, Chunk, Entry } from '../../../src/contracts/index.ts';
import { Fault, type NamedEvent } from '../../../src/core/index.ts';
import { serveRecord, type ServeParts } from './serve.ts';

const cursor = { branches: { p: { phase: 'values' as const, at: ['3'] } } };

function chunk(id: string, length = 0): Chunk {
  const text = `{"resourceType":"Patient","id":"${id}","language":"${'x'.repeat(length)}"}`;
  const entry: Entry = { type: 'Patient', id, mode: 'match', text, patients: [id] };
  return { entries: [entry], issues: [], systems: ['ehr'], last: false };
}

const three: readonly Chunk[] = [
  { ...chunk('p.1'), total: 9 },
  chunk('p.2'),
  { ...chunk('p.3'), last: true, next: cursor },
];

describe('an answer of several chunks', () => {
  let trace: string[] = [];
  let events: NamedEvent[] = [];
  let server: Server | undefined;
  beforeEach(() => {
    trace = [];
    events = [];
  });
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const audit: Audit = {
    disclosed: async (_facts, _who, _plan, { entries, last }) => {
      await nextTurn();
      trace.push(`${entries.map(({ id }) => id).join()}${last ? ' last' : ''}`);
    },
    ended: (_facts, _who, { status, code }) => {
      trace.push(`ended ${status} ${code}`);
      return Promise.resolve();
    },
  };

  async function listen(parts: Pick<ServeParts, 'run'> & Partial<ServeParts>): Promise<string> {
    server = createServer(serveRecord({ audit, emit: (event) => void events.push(event), ...parts }).app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/fhir`;
  }

  async function* each(chunks: readonly Chunk[]): AsyncGenerator<Chunk> {
    for (const one of chunks) {
      await nextTurn();
      yield one;
    }
  }

  const whole: Chunk = {
    ...chunk('p.1'),
    entries: three.flatMap(({ entries }) => entries),
    total: 9,
    last: true,
    next: cursor,
  };

  it('is the text of one chunk, without a length that nobody knows yet', async () => {
    for (const query of ['', '?name=a&shoe=4', '?_pretty=true']) {
      const answers: { text: string; length: string | null; type: string | null }[] = [];
      for (const chunks of [three, [whole]]) {
        const base = await listen({ run: () => each(chunks) });
        const response = await fetch(`${base}/Patient${query}`);
        const text = (await response.text()).replaceAll(base, 'BASE').replace(/_page=[^"]*/, '_page=');
        answers.push({
          text,
          length: response.headers.get('content-length'),
          type: response.headers.get('content-type'),
        });
        server?.close();
      }
      expect(answers[0]?.text).toBe(answers[1]?.text);
      expect(answers[0]?.type).toBe(answers[1]?.type);
      expect([answers[0]?.length, answers[1]?.length]).toEqual([null, expect.stringMatching(/^\d+$/)]);
      expect(JSON.parse(answers[0]?.text ?? '')).toMatchObject({
        total: 9,
        link: [{ relation: 'self' }, { relation: 'next' }],
      });
    }
    expect(trace.slice(0, 4)).toEqual(['p.1', 'p.2', 'p.3 last', 'p.1,p.2,p.3 last']);
    expect(events.filter((event) => event.event === 'request.done')).toHaveLength(6);
  });

  /** What has arrived on a socket, as soon as it matches. */
  async function arrived(socket: Socket, seen: { text: string }, pattern: RegExp): Promise<void> {
    while (!pattern.test(seen.text)) await once(socket, 'data');
  }

  async function ask(base: string): Promise<{ socket: Socket; seen: { text: string } }> {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    const seen = { text: '' };
    socket.on('error', () => undefined);
    socket.on('data', (bytes: Buffer) => (seen.text += bytes.toString()));
    await once(socket, 'connect');
    socket.write('GET /fhir/Patient HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return { socket, seen };
  }

  it('lets no byte of a chunk leave before its record is durable', async () => {
    const waits = new Map<string, () => void>();
    const slow: Audit = {
      ...audit,
      disclosed: (_facts, _who, _plan, { entries }) =>
        new Promise((resolve) => {
          waits.set(entries[0]?.id ?? '', resolve);
        }),
    };
    const { socket, seen } = await ask(await listen({ audit: slow, run: () => each(three) }));
    for (const [at, id] of ['p.1', 'p.2', 'p.3'].entries()) {
      while (!waits.has(id)) await nextTurn();
      for (let turns = 0; turns < 20; turns += 1) await nextTurn();
      expect(seen.text).not.toContain(`"id":"${id}"`);
      if (at === 0) expect(seen.text).toBe('');
      waits.get(id)?.();
      await arrived(socket, seen, new RegExp(`"id":"${id}"`));
    }
    await arrived(socket, seen, /\r\n0\r\n\r\n$/);
    socket.destroy();
  });

  it.each([
    ['a system that fails', new Fault('system.unavailable', 'Resting.'), 'ended 503 system.unavailable'],
    ['a defect', new TypeError('Jane Doe'), 'ended 500 server.defect'],
  ])('is broken off by %s, and audited as not whole', async (_, failure, record) => {
    const base = await listen({
      async *run() {
        yield* each(three.slice(0, 2));
        throw failure;
      },
    });
    const { socket, seen } = await ask(base);
    await once(socket, 'close');
    expect(seen.text).toContain('"id":"p.1"');
    expect(seen.text).not.toMatch(/\r\n0\r\n|"link"|Jane|OperationOutcome/);
    expect(trace).toEqual(['p.1', 'p.2', record]);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'request.done', status: 200, fault: record.split(' ')[2] }),
    );
    await expect(fetch(`${base}/Patient`).then((response) => response.text())).rejects.toThrow();
  });

  it('is broken off where a record cannot be written: nothing of its chunk leaves', async () => {
    const failing: Audit = {
      ...audit,
      disclosed: (facts, who, plan, part) =>
        part.entries[0]?.id === 'p.2'
          ? Promise.reject(new Fault('audit.unavailable', 'No audit, no answer.'))
          : audit.disclosed(facts, who, plan, part),
    };
    const { socket, seen } = await ask(await listen({ audit: failing, run: () => each(three) }));
    await once(socket, 'close');
    expect(seen.text).toContain('"id":"p.1"');
    expect(seen.text).not.toContain('p.2');
    expect(trace).toEqual(['p.1', 'ended 503 audit.unavailable']);
  });

  it('is a refusal as long as nothing has left', async () => {
    const base = await listen({
      async *run() {
        await nextTurn();
        throw new Fault('search.too-costly', 'Too much.');
      },
    });
    expect((await fetch(`${base}/Patient`)).status).toBe(403);
    expect(trace).toEqual(['ended 403 search.too-costly']);
  });

  it('has only headers for HEAD; no more than the first chunk is fetched', async () => {
    const base = await listen({ run: () => each(three) });
    const response = await fetch(`${base}/Patient`, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, null, '']);
    expect(trace).toEqual(['p.1 last']);
  });

  const big = 1_000_000;

  it('waits for a slow reader, and stops when the reader leaves', async () => {
    let made = 0;
    let aborted = false;
    const base = await listen({
      async *run(_plan, signal) {
        signal.addEventListener('abort', () => (aborted = true));
        for (; made < 200; made += 1) yield await Promise.resolve(chunk(`p.${String(made)}`, big));
        yield { ...chunk('p.end'), last: true };
      },
    });
    const { socket, seen } = await ask(base);
    await arrived(socket, seen, /"id":"p\.0"/);
    socket.pause();
    let before = -1;
    while (before !== made) {
      before = made;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(made).toBeLessThan(50);
    socket.destroy();
    while (!events.some(({ event }) => event === 'request.done')) await nextTurn();
    expect(made).toBeLessThan(before + 2);
    expect(aborted).toBe(true);
    expect(trace.at(-1)).toBe('ended 499 request.abandoned');
    expect(events.at(-1)).toMatchObject({ event: 'request.done', status: 499 });
  });

  it('is broken off for a reader who takes nothing any more', async () => {
    const endless = async function* (): AsyncGenerator<Chunk> {
      for (let made = 0; ; made += 1) yield await Promise.resolve(chunk(`p.${String(made)}`, big));
    };
    const { socket } = await ask(await listen({ run: endless, requestTimeoutMs: 200 }));
    socket.pause();
    while (!events.some(({ event }) => event === 'request.done')) await nextTurn();
    expect(trace.at(-1)).toBe('ended 499 request.abandoned');
    socket.destroy();
  });
});
