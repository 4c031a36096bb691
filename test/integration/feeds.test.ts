import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listInbox, retryInbox, showInbox } from '../../src/cli/inbox.ts';
import { mllpSend } from '../../src/cli/mllp-send.ts';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { connectMllp, splitMessages, type MllpConnection } from '../../src/sources/hl7v2/index.ts';
import type { Inbox, KeptMessage } from '../../src/store/index.ts';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

const shared = process.env['FASCIA_SHARED'];
const FEED = 'interface-engine';
const settings = {
  feeds: [join(import.meta.dirname, '../support/feeds', FEED)],
  listeners: { [FEED]: { port: 0, frameBytesMax: 200_000 } },
};

const msh = (event: string, controlId: string, rest = ''): Buffer =>
  Buffer.from(
    `MSH|^~\\&|LAB|MAIN|FASCIA|HOSP|20260301||${event}|${controlId}|P|2.5.1${rest}\rPID|1||7^^^MERIDIAN^MR||DOE\r`,
  );
const msaOf = (answer: Buffer | undefined): string | undefined => answer?.toString('latin1').split('\r')[1];

describe('a feed', () => {
  let scratch: Scratch;
  let server: ScratchServer;
  const events: NamedEvent[] = [];
  const connections: MllpConnection[] = [];
  const portOf = ({ running }: ScratchServer): number => running.installation.feeds.state()[0]?.port ?? 0;
  const inbox = (): Inbox => server.running.installation.store.inbox;

  beforeAll(async () => {
    scratch = await openScratch();
    server = await scratch.start({ settings, emit: (event) => events.push(event) });
  });
  afterAll(async () => {
    for (const connection of connections) connection.close();
    await scratch.drop();
  });

  async function connect(to = server): Promise<MllpConnection> {
    const connection = await connectMllp({ host: '127.0.0.1', port: portOf(to), timeoutMs: 10_000 });
    connections.push(connection);
    return connection;
  }

  /** Until nothing waits any more. */
  async function mappedAll(): Promise<void> {
    while ((await inbox().list({ feed: FEED, state: 'queued' }, 1)).length > 0);
  }

  it('becomes resources, and says of each message what it made', async () => {
    const connection = await connect();
    expect(msaOf(await connection.send(msh('ADT^A01', 'made'), 10_000))).toBe('MSA|AA|made');
    await mappedAll();
    const [message] = await inbox().list({ feed: FEED }, 1);
    expect([message?.controlId, message?.state]).toEqual(['made', 'mapped']);
    const [patient] = await inbox().madeBy(message?.id ?? '');
    expect(JSON.parse(patient?.body ?? '')).toMatchObject({ resourceType: 'Patient', name: [{ family: 'DOE' }] });
    expect(await showInbox(inbox(), message?.id ?? '', false)).toMatch(/made +Patient\/[0-9a-f]{32}, version 1\n/);
    await scratch.sql('store', 'truncate fascia.resource_version, fascia.thing, fascia.inbox');
  });

  it('keeps a message before it acknowledges it, and answers a repetition byte by byte', async () => {
    const connection = await connect();
    const answer = await connection.send(msh('ADT^A01', 'first'), 10_000);
    expect(msaOf(answer)).toBe('MSA|AA|first');
    const { rows } = await scratch.sql('store', `select body from fascia.inbox where control_id = 'first'`);
    expect(rows).toEqual([{ body: msh('ADT^A01', 'first') }]);
    expect(await (await connect()).send(msh('ADT^A01', 'first'), 10_000)).toEqual(answer);
    expect((await inbox().list({ feed: FEED }, 10)).map(({ controlId }) => controlId)).toEqual(['first']);
  });

  it('accepts nothing while our own store is down, and takes it when it comes again', async () => {
    const connection = await connect();
    await scratch.proxies.store.refuse();
    try {
      expect(msaOf(await connection.send(msh('ADT^A01', 'down'), 60_000))).toMatch(
        /^MSA\|AE\|down\|The message could not be kept/,
      );
    } finally {
      await scratch.proxies.store.mend();
    }
    let answer: string | undefined;
    do answer = msaOf(await connection.send(msh('ADT^A01', 'down'), 60_000));
    while (answer !== 'MSA|AA|down');
    expect(await inbox().list({ feed: FEED }, 100)).toHaveLength(2);
    expect(events.map(({ event }) => event)).toContain('inbox.failed');
  });

  it('keeps a message that is sent to two processes at once, once', async () => {
    const other = await scratch.start({ settings });
    const pairs = await Promise.all([connect(), connect(other)]);
    for (let at = 0; at < 20; at += 1) {
      const answers = await Promise.all(pairs.map((one) => one.send(msh('ADT^A08', `both-${at}`), 10_000)));
      expect(answers.map(msaOf)).toEqual([`MSA|AA|both-${at}`, `MSA|AA|both-${at}`]);
      expect(answers[0]).toEqual(answers[1]);
    }
    const kept = await inbox().list({ feed: FEED }, 1000);
    expect(kept.filter(({ controlId }) => controlId.startsWith('both-'))).toHaveLength(20);
    await other.stop();
  });

  it('quarantines what is broken, and says how many to who asks', async () => {
    const connection = await connect();
    expect(msaOf(await connection.send(msh('ADT^A01', ''), 10_000))).toMatch(/^MSA\|AE\|\|MSH-10 is empty/);
    expect(
      msaOf(await connection.send(Buffer.concat([msh('ADT^A01', 'long'), Buffer.alloc(300_000, 'OBX|')]), 10_000)),
    ).toMatch(/^MSA\|AR\|long/);
    expect(msaOf(await connection.send(msh('ADT^A02', 'other kind'), 10_000))).toBe('MSA|AA|other kind');
    await server.running.installation.feeds.count();
    const status = (await (await server.fetch(`${server.running.url}/status`)).json()) as {
      readonly feeds: readonly { readonly messages: readonly object[]; readonly degraded: readonly string[] }[];
    };
    expect(status.feeds[0]?.messages).toEqual(
      expect.arrayContaining([
        { state: 'quarantined', reason: 'control-id-missing', messages: 1 },
        { state: 'quarantined', reason: 'frame-too-long', messages: 1 },
      ]),
    );
    expect(status.feeds[0]?.degraded.join(' ')).toContain('2 of its messages are in quarantine');
    const ready = (await (await server.fetch(`${server.running.url}/readyz`)).json()) as { readonly feeds: object };
    expect(ready.feeds).toEqual({ [FEED]: expect.stringMatching(/^listening, newest message 2026-11-20T/) });
  });

  it('is looked at and queued anew on the command line', async () => {
    const list = await listInbox(inbox(), { state: 'quarantined', limit: 10 });
    expect(list).toMatch(/interface-engine: 1 × quarantined: control-id-missing\n/);
    const [id = ''] = /^(\d+) .* control-id-missing /m.exec(list)?.slice(1) ?? [];
    expect(await showInbox(inbox(), id, false)).toMatch(/state +quarantined: control-id-missing\n[^]*answered +AE\n/);
    expect(String(await showInbox(inbox(), id, false))).not.toContain('PID');
    expect(await showInbox(inbox(), id, true)).toEqual(msh('ADT^A01', ''));
    expect(await retryInbox(inbox(), [id], {})).toBe('1 queued anew.');
    await mappedAll();
    expect((await inbox().show(id))?.state).toBe('mapped');
    expect(await retryInbox(inbox(), [], { reason: 'frame-too-long' })).toMatch(/^0 queued anew; 1 left as they are/);
    await expect(showInbox(inbox(), '999999', false)).rejects.toMatchObject({ code: 'inbox.unknown' });
    await expect(retryInbox(inbox(), ['x'], {})).rejects.toMatchObject({ code: 'inbox.unknown' });
    await expect(retryInbox(inbox(), [], {})).rejects.toMatchObject({ code: 'inbox.unknown' });
  });

  it('does not start on a port that another process holds, and says what to do', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(scratch.start({ settings: { ...settings, listeners: { [FEED]: { port } } } })).rejects.toMatchObject({
      code: 'server.port-taken',
      message: expect.stringContaining('MLLP_PORT=') as unknown,
    });
    holder.close();
  });

  it('does not start without its definition, nor a definition without its listener', async () => {
    await expect(scratch.start({ settings: { ...settings, feeds: [] } })).rejects.toMatchObject({
      ...{ code: 'config.invalid', message: expect.stringContaining('has no feed') as unknown },
    });
    await expect(scratch.start({ settings: { ...settings, listeners: {} } })).rejects.toMatchObject({
      ...{ code: 'config.invalid', message: expect.stringContaining('no entry in listeners') as unknown },
    });
  });

  it('answers what it has read before it stops', async () => {
    const stopping = await scratch.start({ settings });
    const senders = await Promise.all(Array.from({ length: 5 }, () => connect(stopping)));
    const answers = senders.map((sender, at) => sender.send(msh('ADT^A01', `stop-${at}`), 10_000));
    await answers[0];
    await stopping.stop();
    for (const [at, one] of (await Promise.allSettled(answers)).entries()) {
      const kept = (await inbox().list({ feed: FEED }, 1000)).some(({ controlId }) => controlId === `stop-${at}`);
      expect(one.status === 'fulfilled' && msaOf(one.value) === `MSA|AA|stop-${at}`).toBe(kept);
    }
  });

  (shared === undefined ? it.skip : it)(
    'answers each message of the corpora, and loses none (needs FASCIA_SHARED)',
    async () => {
      const folder = join(shared ?? '', 'corpora/hl7v2/messages');
      const messages = globSync('**/*.*', { cwd: folder }).flatMap((file) =>
        splitMessages(readFileSync(join(folder, file))),
      );
      expect(messages.length).toBeGreaterThan(400);
      const send = async (): Promise<{ readonly lines: readonly string[] }> => {
        const lines: string[] = [];
        const where = { host: '127.0.0.1', port: portOf(server), timeoutMs: 30_000, clock: systemClock };
        await mllpSend([folder], { ...where, connections: 1, print: (line) => lines.push(line) });
        return { lines: lines.slice(0, -1).map((line) => line.replace(/ +\d+ ms$/, '')) };
      };
      const first = await send();
      expect(first.lines).toHaveLength(messages.length);
      expect(first.lines.filter((line) => !/^(AA|AE|AR|CA|CE|CR|no answer wanted) /.test(line))).toEqual([]);
      await mappedAll();
      const { rows } = await scratch.sql('store', 'select state, reason, digest, body from fascia.inbox');
      const explained = [...readFileSync('docs/feeds.md', 'utf8').matchAll(/^\| `([a-z-]+)` +\|/gm)].map(
        ([, code]) => code,
      );
      const kept = new Map(
        (rows as { state: string; reason: string | null; digest: Buffer; body: Buffer }[]).map((row) => [
          row.digest.toString('hex'),
          row,
        ]),
      );
      for (const message of messages) {
        const row = kept.get(createHash('sha256').update(message).digest('hex'));
        expect(row?.body.equals(message)).toBe(true);
        if (row?.reason != null) expect(explained).toContain(row.reason);
      }
      const second = await send();
      expect(second.lines).toEqual(first.lines);
    },
  );

  it('is sent to from files, whose messages are told apart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fascia-send-'));
    try {
      const file = join(folder, 'batch.hl7');
      writeFileSync(
        file,
        Buffer.concat([
          Buffer.from('FHS|^~\\&|\rBHS|^~\\&|\r'),
          ...[msh('ADT^A01', 'f-1'), msh('ADT^A08', 'f-2'), msh('ORU^R01', 'f-3', '|||NE')],
          Buffer.from('BTS|3\rFTS|1\r'),
        ]),
      );
      writeFileSync(join(folder, 'readme.txt'), 'no message here');
      const lines: string[] = [];
      const where = { host: '127.0.0.1', port: portOf(server), timeoutMs: 30_000, clock: systemClock };
      const code = await mllpSend([folder], { ...where, connections: 2, print: (line) => lines.push(line) });
      expect(code).toBe(0);
      expect(lines.filter((line) => line.includes('batch.hl7#'))).toHaveLength(3);
      expect(lines.at(-1)).toMatch(/^3 messages in .* per second\): /);
      // One of them asked for no answer, so that nothing says when it is kept.
      const sent = async (): Promise<readonly KeptMessage[]> =>
        (await inbox().list({ feed: FEED }, 10)).filter(({ controlId }) => controlId.startsWith('f-'));
      while ((await sent()).length < 3);
      const kept = await sent();
      expect(kept.map(({ controlId }) => controlId).sort()).toEqual(['f-1', 'f-2', 'f-3']);
      expect((await showInbox(inbox(), kept[0]?.id ?? '', true)).toString()).not.toContain('BTS');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
