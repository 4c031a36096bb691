import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { State } from '../../src/contracts/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { join as joined, thingId } from '../../src/feeds/index.ts';
import { standard } from '../../src/mappings/hl7v2/index.ts';
import { connectMllp, readMessage } from '../../src/sources/hl7v2/index.ts';
import { startEmbedded } from '../../src/store/index.ts';
import { silent } from '../support/demo-home.ts';
import feed from '../support/feeds/interface-engine/index.ts';
import { run, type Running } from '../support/run.ts';
import { isFull } from '../support/scale.ts';
import { query } from '../support/store-servers.ts';

const kills = isFull ? 200 : 4;
const SENDERS = 8;
const PATIENTS = 5;
const timeoutMs = isFull ? 3_600_000 : 300_000;

/** A message of the ledger: what was sent, and whether the sender was told that it is safe. */
interface Sent {
  readonly controlId: string;
  readonly text: string;
  isAccepted: boolean;
}

describe('a server that is killed while feeds send', () => {
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-feed-kill-'));
  const site = join(folder, 'site');
  const home = join(folder, 'home');
  const running = new Set<Running>();
  const ledger: Sent[] = [];
  let seed = 20261130;
  /** Seeded, so that a failure can be repeated; the machine's own timing varies enough. */
  const random = (below: number): number => (seed = (seed * 48271) % 0x7fffffff) % below;

  beforeAll(() => {
    chmodSync(folder, 0o755);
    mkdirSync(join(site, feed.id), { recursive: true });
    writeFileSync(join(site, feed.id, 'index.js'), `export default ${JSON.stringify(feed)};`);
    const example = join(process.cwd(), 'templates', 'site', 'mappings', 'example');
    writeFileSync(
      join(site, 'fascia.config.json'),
      JSON.stringify({
        ...{ timeZone: 'America/New_York', access: 'open-loopback', modules: [example] },
        systems: { example: { database: 'example', sample: join(example, 'sample.sql') } },
        ...{ feeds: [`./${feed.id}`], listeners: { [feed.id]: { port: 0 } } },
      }),
    );
  });
  afterAll(async () => {
    for (const { signalGroup } of running) signalGroup('SIGKILL');
    if (existsSync(join(home, 'database.json'))) {
      await (await startEmbedded({ home, emit: silent, clock: systemClock })).detach();
      const { place } = JSON.parse(readFileSync(join(home, 'database.json'), 'utf8')) as { place: string };
      rmSync(place, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<{ readonly server: Running; readonly port: number }> {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], FASCIA_HOME: home, PORT: '0' };
    const entry = join(process.cwd(), 'src', 'cli', 'main.ts');
    const flags = ['--conditions=development', '--disable-warning=ExperimentalWarning'];
    const server = run(process.execPath, [...flags, entry, 'start'], { env, cwd: site });
    running.add(server);
    void server.ended.then(() => running.delete(server));
    const [, port = ''] = await server.says(/"port":(\d+),"msg":"feed\.listening"/);
    return { server, port: Number(port) };
  }

  function nextMessage(): Sent {
    const number = ledger.length + 1;
    const [patient, minute] = [random(PATIENTS), String(random(60)).padStart(2, '0')];
    const at = `2026030110${minute}`;
    const trigger = ['A01', 'A03', 'A08', 'A13'][random(4)] ?? 'A08';
    const text = [
      `MSH|^~\\&|ADT|MAIN|F|H|${at}||ADT^${trigger}|K${number}|P|2.5.1`,
      `EVN|${trigger}|${at}`,
      `PID|1||M${patient}^^^MERIDIAN^MR||NAME${number}`,
      `PV1|1|I|||||||||||||||||V${patient}^^^VISIT`,
    ].join('\r');
    const sent: Sent = { controlId: `K${number}`, text, isAccepted: false };
    ledger.push(sent);
    return sent;
  }

  /** Sends one message after another until the connection breaks, those first that were sent before without an answer. */
  async function send(port: number, onAccepted: () => void): Promise<void> {
    const connection = await connectMllp({ host: '127.0.0.1', port, timeoutMs: 10_000 }).catch(() => undefined);
    if (connection === undefined) return;
    for (;;) {
      const message = taken.shift() ?? nextMessage();
      const answer = await connection.send(Buffer.from(message.text), 30_000).catch(() => undefined);
      if (answer?.includes(`MSA|AA|${message.controlId}\r`) !== true) {
        taken.push(message);
        return;
      }
      message.isAccepted = true;
      onAccepted();
    }
  }
  const taken: Sent[] = [];

  it(
    `loses nothing that it accepted, and takes nothing in twice, over ${kills} kills`,
    async () => {
      for (let killed = 0; killed < kills; killed += 1) {
        const { server, port } = await start();
        let left = 5 + random(40);
        const enough = Promise.withResolvers<undefined>();
        const senders = Array.from({ length: SENDERS }, () =>
          send(port, () => {
            left -= 1;
            if (left === 0) enough.resolve(undefined);
          }),
        );
        await enough.promise;
        server.signal('SIGKILL');
        await Promise.all([server.ended, ...senders]);
      }
      const { server, port } = await start();
      const connection = await connectMllp({ host: '127.0.0.1', port, timeoutMs: 10_000 });
      for (const message of taken.splice(0)) {
        expect((await connection.send(Buffer.from(message.text), 30_000))?.toString()).toContain('MSA|AA');
        message.isAccepted = true;
      }
      connection.close();
      expect(ledger.filter(({ isAccepted }) => !isAccepted)).toEqual([]);
      const database = await startEmbedded({ home, emit: silent, clock: systemClock });
      const rows = (text: string): Promise<unknown[]> => query({ ...database.connection('fascia') }, text);
      const waiting = async (): Promise<unknown> =>
        (await rows(`select count(*)::int from fascia.inbox where state = 'queued'`)).flat()[0];
      while ((await waiting()) !== 0);
      server.signal('SIGINT');
      expect(await server.ended).toBe(0);

      const kept = (await rows('select control_id, state from fascia.inbox order by control_id')) as [string, string][];
      expect(kept.toSorted()).toEqual(ledger.map(({ controlId }) => [controlId, 'mapped']).toSorted());
      // What is known is what all messages say together, whatever was killed in between.
      let known: State = new Map();
      for (const { text } of ledger) {
        const message = readMessage(text, 'utf-8')?.message;
        const reading = message && standard.read(message, feed);
        if (reading?.is === 'read') known = joined(known, reading.assertions, reading.stamp);
      }
      const things = new Map((await rows('select id, parts from fascia.thing')) as [string, string][]);
      expect(things.size).toBe(known.size);
      for (const { key, parts } of known.values()) expect(JSON.parse(things.get(thingId(key)) ?? '')).toEqual(parts);
      expect(await rows('select id from fascia.resource_version group by id having max(version) <> count(*)')).toEqual(
        [],
      );
      await database.detach();
    },
    timeoutMs,
  );
});
