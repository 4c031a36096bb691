import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchWatched } from '../support/openapi/watch.ts';
import { run, type Running } from '../support/run.ts';

/** The command line as a user meets it: real processes, a real home with a space in its name. */
const folder = mkdtempSync(join(tmpdir(), 'fascia start-'));
const home = join(folder, 'a home');
const running = new Set<Running>();

function fascia(args: readonly string[], environment: Record<string, string> = {}): Running {
  const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: '', FASCIA_HOME: home, PORT: '0', ...environment };
  const child = run(process.execPath, ['bin/fascia.cjs', ...args], { env });
  running.add(child);
  void child.ended.then(() => running.delete(child));
  return child;
}

async function start(args: readonly string[] = []): Promise<Running & { readonly url: string; readonly port: number }> {
  const started = fascia(['start', ...args]);
  const [, url = ''] = await started.says(/ready at (http:\/\/localhost:\d+)/);
  return { ...started, url, port: Number(new URL(url).port) };
}

/** How many patients, so that equal counts mean the same data. */
async function patients(url: string): Promise<number> {
  const bundle = (await (await fetchWatched(`${url}/fhir/Patient?_summary=count`)).json()) as {
    readonly total: number;
  };
  return bundle.total;
}

describe('fascia start', () => {
  let first: Awaited<ReturnType<typeof start>>;
  let found: number;
  beforeAll(async () => {
    first = await start(['--patients', '20']);
    found = await patients(first.url);
  });
  afterAll(async () => {
    for (const { signalGroup } of running) signalGroup('SIGKILL');
    // Whoever starts and stops last takes the database along.
    const last = await start();
    last.signalGroup('SIGINT');
    await last.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints progress, then what to try, with commands that run', async () => {
    const output = first.output();
    expect(output).toMatch(/Starting the database[^]*Inventing people[^]*Linking persons[^]*ready at/);
    const commands = [...output.matchAll(/^ {2}curl '(.*)'$/gm)].map(([, url]) => url ?? '');
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const url of commands) {
      const answer = await fetchWatched(url);
      expect([url, answer.status]).toEqual([url, 200]);
      expect(await answer.json()).toHaveProperty('resourceType');
    }
    expect(found).toBeGreaterThan(10);
  });

  it('answers on loopback: landing page, descriptions, health, the API', async () => {
    const landing = await (await fetchWatched(`${first.url}/`)).text();
    expect(landing).toContain('CapabilityStatement');
    const links = [...landing.matchAll(/href="([^"#]+)"/g)].map(
      ([, link]) => new URL((link ?? '').replaceAll('&#38;', '&'), first.url),
    );
    for (const link of links.filter(({ protocol }) => protocol !== 'data:')) {
      expect([link.href, (await fetchWatched(link)).status]).toEqual([link.href, 200]);
    }
    for (const path of ['/livez', '/readyz', '/openapi.json', '/fhir/metadata'])
      expect((await fetchWatched(first.url + path)).status).toBe(200);
  });

  it('shares its data with a second server on another port', async () => {
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await patients(second.url)).toBe(found);
    second.signalGroup('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(await patients(first.url)).toBe(found);
  });

  it('says what to do when the port is taken', async () => {
    const taken = fascia(['start', '--port', String(first.port)]);
    expect(await taken.ended).toBe(1);
    expect(taken.output()).toContain(`Port ${first.port} is taken`);
    expect(taken.output()).toMatch(/PORT=\d+ npm start/);
  });

  it('recovers from kill -9 of everything it started', async () => {
    first.signalGroup('SIGKILL');
    await first.ended;
    first = await start();
    expect(await patients(first.url)).toBe(found);
  });

  it('does not outlive its launcher', async () => {
    first.signal('SIGKILL');
    await first.says(/Stopped\./);
    await expect(fetch(`${first.url}/livez`)).rejects.toThrow();
    first = await start();
  });

  it('drains once on Ctrl-C, which reaches every process, and takes the database along', async () => {
    first.signalGroup('SIGINT');
    first.signal('SIGINT');
    expect(await first.ended).toBe(0);
    expect(first.output().match(/Stopping:/g)).toHaveLength(1);
    // The log comes by a pipe of its own, before or after.
    expect(first.output().replaceAll(/^\{.*\}\n/gm, '')).toMatch(/Stopped\.\n$/);
    expect(existsSync(join(home, 'postgres', 'postmaster.pid'))).toBe(false);
  });

  it('gives up preparing at once when it is told to stop', async () => {
    const started = fascia(['start'], { FASCIA_HOME: join(folder, 'another home') });
    await started.says(/Inventing people/);
    started.signalGroup('SIGINT');
    expect(await started.ended).toBe(0);
  });
});

describe('other commands', () => {
  it('check and print the configuration, secrets masked', async () => {
    const url = 'postgres://me:hush@127.0.0.1:1/x';
    const check = fascia(['check-config'], { DATABASE_URL: '' });
    expect([await check.ended, check.output()]).toEqual([0, expect.stringMatching(/fascia\.config\.json is valid/)]);
    const refused = fascia(['check-config'], { DATABASE_URL: url });
    expect([await refused.ended, refused.output()]).toEqual([
      1,
      expect.stringMatching(/add --demo[^]*config\.invalid/),
    ]);
    const print = fascia(['print-config'], { DATABASE_URL: '', FASCIA_HOME: home });
    expect([await print.ended, (JSON.parse(print.output()) as { readonly home: string }).home]).toEqual([0, home]);
    expect(refused.output() + print.output()).not.toContain('hush');
  });

  it('name a module that is not there before anything is started', async () => {
    const own = mkdtempSync(join(tmpdir(), 'fascia-check-'));
    const site = join(own, 'site.config.json');
    const systems = { lost: { database: 'lost' } };
    writeFileSync(
      site,
      JSON.stringify({ timeZone: 'Europe/Berlin', access: 'open-loopback', modules: ['./lost'], systems }),
    );
    const check = fascia(['check-config'], { FASCIA_CONFIG: site });
    expect([await check.ended, check.output()]).toEqual([
      1,
      expect.stringMatching(/The module lost has no index\.ts[^]*module\.invalid/),
    ]);
    rmSync(own, { recursive: true });
  });

  it('help and a misspelt command name what there is', async () => {
    const help = fascia(['--help']);
    expect([await help.ended, help.output()]).toEqual([
      0,
      expect.stringMatching(/start[^]*migrate[^]*check-config[^]*print-config/),
    ]);
    const misspelt = fascia(['chek-config']);
    expect(await misspelt.ended).toBe(1);
    expect(misspelt.output()).toMatch(/check-config/);
  });
});
