import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import pg from 'pg';
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded } from '../../src/store/index.ts';
import { silent } from '../support/demo-home.ts';
import { fetchWatched } from '../support/openapi/watch.ts';
import { isFull } from '../support/scale.ts';

const killsOfPreparation = isFull ? 25 : 2;
const killsUnderLoad = isFull ? 10 : 2;
/** A kill before that would prove nothing of answers. */
const answersBeforeKill = 6;
const patients = 40;
const timeoutMs = isFull ? 3_600_000 : 300_000;
const types = ['Patient', 'Practitioner', 'Organization', 'Observation', 'MedicationDispense'];

/** A run of `fascia start` as a process of its own, as an operator has it. */
interface Run {
  readonly child: ChildProcess;
  /** The base of the API, as soon as it listens. */
  readonly ready: Promise<string>;
  kill(): Promise<void>;
  /** What it logged about defects of its own. */
  defects(): string[];
  /** Ends as Ctrl-C does. Out: the exit code. */
  stop(): Promise<number | null>;
}

describe('a server that is killed', () => {
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-kill-'));
  const homes = { whole: join(folder, 'whole'), killed: join(folder, 'killed often') };
  const children = new Set<ChildProcess>();
  let expected: Record<string, number | undefined>;
  let preparationMs = 0;
  let seed = 20261120;
  /** Seeded, so that a failure can be repeated; the machine's own timing varies enough. */
  const random = (): number => (seed = (seed * 48271) % 0x7fffffff) / 0x7fffffff;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const began = performance.now();
    const run = start(homes.whole);
    expected = await totals(await run.ready);
    preparationMs = performance.now() - began;
    expect(await run.stop()).toBe(0);
  }, timeoutMs);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    for (const home of Object.values(homes)) {
      if (!existsSync(join(home, 'database.json'))) continue;
      // Attaching and leaving stops a server that a killed process left behind.
      await (await startEmbedded({ home, emit: silent, clock: systemClock })).detach();
      const { place } = JSON.parse(readFileSync(join(home, 'database.json'), 'utf8')) as { place: string };
      rmSync(place, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function start(home: string): Run {
    const entry = join(process.cwd(), 'src', 'cli', 'main.ts');
    const child = spawn(
      process.execPath,
      [
        '--conditions=development',
        '--disable-warning=ExperimentalWarning',
        entry,
        'start',
        '--port',
        '0',
        '--patients',
        String(patients),
      ],
      {
        env: { PATH: process.env['PATH'], HOME: process.env['HOME'], FASCIA_HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.add(child);
    const ended = once(child, 'exit').finally(() => children.delete(child));
    let said = '';
    const ready = new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (bytes: Buffer) => {
        said += bytes.toString();
        const url = /FHIR R4 at (\S+)\)/.exec(said)?.[1];
        if (url !== undefined) resolve(url);
      });
      child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
      child.once('exit', () => {
        reject(new Error(`ended before it was ready:\n${said}`));
      });
    });
    ready.catch(() => undefined);
    return {
      child,
      ready,
      defects: () => said.split('\n').filter((line) => line.includes('server.defect')),
      async kill() {
        child.kill('SIGKILL');
        await ended;
      },
      async stop() {
        child.kill('SIGINT');
        const [code] = (await ended) as [number | null];
        return code;
      },
    };
  }

  async function totals(base: string): Promise<Record<string, number | undefined>> {
    const counts = await Promise.all(
      types.map(async (type) => {
        const bundle = (await (await fetchWatched(`${base}/${type}?_summary=count`)).json()) as Bundle;
        return [type, bundle.total] as const;
      }),
    );
    return Object.fromEntries(counts);
  }

  it(
    'at random moments of its first start: the next one goes on and ends with the same data',
    async () => {
      for (let kills = 0; kills < killsOfPreparation; kills++) {
        const run = start(homes.killed);
        await pause(random() * preparationMs * 1.1);
        await run.kill();
      }
      const run = start(homes.killed);
      expect(await totals(await run.ready)).toEqual(expected);
      expect(await run.stop()).toBe(0);
    },
    timeoutMs,
  );

  it(
    'under load: whoever got an answer is in the audit trail, and the next start serves the same',
    async () => {
      const answered: string[] = [];
      const refused: string[] = [];
      for (let kills = 0; kills < killsUnderLoad; kills++) {
        const run = start(homes.killed);
        const base = await run.ready;
        const clients = Array.from({ length: 8 }, () => askOn(base, answered, refused));
        const enough = answered.length + answersBeforeKill;
        await pause(200 + random() * 1_500);
        while (answered.length < enough && run.child.exitCode === null) await pause(20);
        expect(answered.length).toBeGreaterThanOrEqual(enough);
        await run.kill();
        await Promise.all(clients);
        expect(run.defects()).toEqual([]);
      }
      expect(refused).toEqual([]);
      const run = start(homes.killed);
      expect(await totals(await run.ready)).toEqual(expected);
      expect(await unaudited(answered)).toEqual([]);
      expect(await run.stop()).toBe(0);
    },
    timeoutMs,
  );

  /** Asks until the server is gone. An answer counts when all of it arrived. */
  async function askOn(base: string, answered: string[], refused: string[]): Promise<void> {
    for (;;) {
      const type = types[Math.floor(random() * types.length)] ?? '';
      try {
        const response = await fetchWatched(`${base}/${type}?_count=${1 + Math.floor(random() * 50)}`);
        const body = (await response.json()) as Bundle | OperationOutcome;
        if (response.status === 200 && body.resourceType === 'Bundle')
          answered.push(response.headers.get('x-request-id') ?? '');
        else refused.push(`${type}: ${response.status} ${JSON.stringify(body)}`);
      } catch (error) {
        // What `fetch` throws is of another realm than this file's TypeError.
        if (['TypeError', 'AbortError'].includes((error as Error).name)) return;
        throw error;
      }
    }
  }

  async function unaudited(requestIds: readonly string[]): Promise<string[]> {
    const database = await startEmbedded({ home: homes.killed, emit: silent, clock: systemClock });
    const client = new pg.Client({ ...database.connection('fascia') });
    await client.connect();
    try {
      const { rows } = await client.query<{ request_id: string }>('select request_id from fascia.audit_record');
      const known = new Set(rows.map((row) => row.request_id));
      return requestIds.filter((id) => !known.has(id));
    } finally {
      await client.end();
      await database.detach();
    }
  }

  it(
    'is not the only one that can be: when its database is, it answers 503 and then recovers by itself',
    async () => {
      const run = start(homes.killed);
      const base = await run.ready;
      const { place } = JSON.parse(readFileSync(join(homes.killed, 'database.json'), 'utf8')) as { place: string };
      const pid = Number(readFileSync(join(place, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      const statuses = new Set<number>();
      while (!statuses.has(200)) {
        const response = await fetchWatched(`${base}/Patient?_count=1`);
        const body = (await response.json()) as { resourceType: string };
        expect(body.resourceType).toBe(response.status === 200 ? 'Bundle' : 'OperationOutcome');
        expect([200, 503]).toContain(response.status);
        statuses.add(response.status);
        if (response.status !== 200) await pause(100);
      }
      expect(statuses).toContain(503);
      expect(await totals(base)).toEqual(expected);
      expect(await run.stop()).toBe(0);
    },
    timeoutMs,
  );
});
