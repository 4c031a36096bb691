import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded } from '../../src/store/index.ts';
import { silent } from '../support/demo-home.ts';
import { isFull } from '../support/scale.ts';

const patients = Number(process.env['FASCIA_TEST_LARGE_PATIENTS'] ?? 1_500);
const megabyte = 1_048_576;
const timeoutMs = 1_800_000;

/** Where a server says that it can be reached; rejects when it ends before. */
function readyAt(server: ChildProcess): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const url = /FHIR R4 at (\S+)\)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once('exit', () => {
      reject(new Error(`ended before it was ready:\n${said}`));
    });
  });
}

/** The server as a process of its own, watched from outside: what it holds in memory while it answers with more than it may hold. */
(isFull ? describe : describe.skip)('an answer of fifty megabytes', () => {
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-large-'));
  const home = join(folder, 'home');
  let server: ChildProcess;
  let base: string;

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    const site = join(process.cwd(), 'demo', 'site');
    const config = JSON.parse(readFileSync(join(site, 'fascia.config.json'), 'utf8')) as { modules: string[] };
    const file = join(folder, 'fascia.config.json');
    const modules = config.modules.map((module) => join(site, module));
    writeFileSync(file, JSON.stringify({ ...config, modules, log: 'error', page: { max: 100_000 } }));
    const start = async (...flags: string[]): Promise<void> => {
      const args = ['--conditions=development', '--disable-warning=ExperimentalWarning', ...flags];
      const command = [join(process.cwd(), 'src', 'cli', 'main.ts'), 'start', '--patients', String(patients)];
      const env = {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        FASCIA_HOME: home,
        FASCIA_CONFIG: file,
        PORT: '0',
      };
      server = spawn(process.execPath, [...args, ...command], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      base = await readyAt(server);
    };
    await start();
    await stop();
    // A bounded heap, so that what was given up is collected soon: what is held shows. Inventing so many people needs more.
    await start('--max-old-space-size=128');
  }, timeoutMs);
  async function stop(): Promise<void> {
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
  }
  afterAll(async () => {
    await stop();
    if (existsSync(join(home, 'database.json'))) {
      await (await startEmbedded({ home, emit: silent, clock: systemClock })).detach();
      const { place } = JSON.parse(readFileSync(join(home, 'database.json'), 'utf8')) as { place: string };
      rmSync(place, { recursive: true, force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  }, timeoutMs);

  /** Memory of the server in MB: now, and at most since it was asked to forget. */
  function memory(name: 'VmRSS' | 'VmHWM'): number {
    const status = readFileSync(`/proc/${String(server.pid)}/status`, 'utf8');
    return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1_024;
  }
  const forgetPeak = (): void => {
    writeFileSync(`/proc/${String(server.pid)}/clear_refs`, '5');
  };

  async function ask(query: string): Promise<IncomingMessage> {
    const request = get(`${base}/${query}`);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return response;
  }

  /** Takes an answer as slowly as it is told. Out: its length and its end. */
  async function take(query: string, pauseMs: number): Promise<{ bytes: number; end: string }> {
    const response = await ask(query);
    let bytes = 0;
    let end = '';
    for await (const piece of response as AsyncIterable<Buffer>) {
      bytes += piece.length;
      end = (end + piece.toString('latin1')).slice(-20);
      if (pauseMs > 0 && bytes % 16 === 0) await pause(pauseMs);
    }
    return { bytes, end };
  }

  const query = 'Observation?_count=100000&_include=Observation:subject';

  it(
    'costs hardly more memory than one of one megabyte, for a fast reader, a slow one, and one that has stopped',
    async () => {
      for (let turn = 0; turn < 20; turn += 1) await take('Observation?_count=1000', 0);
      await pause(2_000);
      forgetPeak();
      const before = memory('VmRSS');
      const grown: number[] = [];
      for (const pauseMs of [0, 0, 1]) {
        const { bytes, end } = await take(query, pauseMs);
        expect(bytes).toBeGreaterThan(50 * megabyte);
        expect(end).toMatch(/\]\}$/);
        grown.push(memory('VmHWM') - before);
      }
      const stopped = await ask(query);
      stopped.pause();
      await pause(10_000);
      grown.push(memory('VmHWM') - before);
      stopped.destroy();
      process.stdout.write(
        `before ${before.toFixed(0)} MB, grown by ${grown.map((mb) => mb.toFixed(0)).join(', ')} MB\n`,
      );
      expect(Math.max(...grown)).toBeLessThan(60);
    },
    timeoutMs,
  );
});
