import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { fetchWatched, watchAnswers } from '../support/openapi/watch.ts';
import { run, type Running } from '../support/run.ts';

/** The package as it is published, installed into an empty folder: it asks npm for Fascia's own dependencies, so the environment must allow it. */
const isAsked = process.env['FASCIA_TEST_PACKAGE'] === '1';

jest.setTimeout(600_000);

(isAsked ? describe : describe.skip)('the packed package (needs FASCIA_TEST_PACKAGE)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fascia package-'));
  const site = join(folder, 'clinic');
  let running: Running | undefined;
  let tarball: string;

  beforeAll(async () => {
    await ends(process.cwd(), 'npm', ['pack', '--pack-destination', folder]);
    [tarball = ''] = globSync('*.tgz', { cwd: folder });
  });
  afterAll(async () => {
    running?.signalGroup('SIGKILL');
    await running?.ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('makes a site in a folder that holds nothing else', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await ends(empty, 'npx', ['--yes', '--prefer-offline', `--package=../${tarball}`, 'fascia', 'init', '../clinic']);
    expect(globSync('*', { cwd: empty })).toEqual([]);
    await ends(site, 'npm', ['install', '--prefer-offline']);
    const installed = join(site, 'node_modules', 'fascia');
    expect(existsSync(join(installed, 'dist'))).toBe(true);
    expect(['src', 'test', 'demo', 'bench'].filter((name) => existsSync(join(installed, name)))).toEqual([]);
  });

  it('adds a module to it, which compiles and passes the tests, as does the example once it is edited', async () => {
    await ends(site, 'npx', ['fascia', 'new-mapping', 'ward-3', '--owner', 'Ward 3']);
    // The first change that the README of the site proposes.
    const [, line = ''] = /```ts\n {4}(.*)\n```/.exec(readFileSync(join(site, 'README.md'), 'utf8')) ?? [];
    const file = join(site, 'mappings', 'example', 'patient.ts');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/^ {2}elements: \{$/m, `$&\n    ${line}`));
    expect(line).toMatch(/^address: /);
    await ends(site, 'npm', ['run', 'typecheck']);
    await ends(site, 'npm', ['test']);
  });

  it('is told by the compiler of an element that FHIR does not know', async () => {
    const file = join(site, 'mappings', 'ward-3', 'patient.ts');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace(/^ {2}elements: \{$/m, '$&\n    addres: [],'));
    const check = inSite('npm', ['run', 'typecheck']);
    expect(await check.ended).not.toBe(0);
    expect(check.output()).toMatch(/mappings\/ward-3\/patient\.ts.*addres/);
    writeFileSync(file, before);
  });

  it('is served, with what was edited and what was added, and stops when it is told', async () => {
    running = inSite('npm', ['start'], { PORT: '0', FASCIA_HOME: join(folder, 'a home'), DATABASE_URL: '' });
    const [, url = ''] = await running.says(/ready at (http:\/\/localhost:\d+)/);
    watchAnswers(url, await (await fetch(`${url}/openapi.json`)).text());
    expect(await found(`${url}/fhir/Patient?address-city=easton&birthdate=1950-03-09`)).toEqual(['Lindqvist']);
    const sample = readFileSync(join(site, 'mappings', 'ward-3', 'sample.sql'), 'utf8');
    const added = await found(`${url}/fhir/Patient?identifier=https://example.org/sid/ward-3|N-1`);
    expect(added).toHaveLength(1);
    expect(sample).toContain(added[0]);
    expect((await fetchWatched(`${url}/readyz`)).status).toBe(200);
    running.signalGroup('SIGINT');
    await running.ended;
    expect(running.output()).toContain('Stopped.');
    running = undefined;
  });

  const inSite = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running =>
    run(command, args, { cwd: site, env: { ...environment, ...env } });
});

/** Nothing of the test's own process: a terminal has no variables of npm scripts or of the test runner. */
const environment: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_(?!config_)|INIT_CWD|FASCIA_|JEST_|NODE_(?:ENV|OPTIONS)$)/i.test(name),
  ),
);

async function ends(cwd: string, command: string, args: readonly string[]): Promise<void> {
  const child = run(command, args, { cwd, env: environment });
  if ((await child.ended) !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${child.output()}`);
}

/** Family names, in no order. */
async function found(url: string): Promise<(string | undefined)[]> {
  const bundle = (await (await fetchWatched(url)).json()) as Bundle<Patient>;
  return (bundle.entry ?? [])
    .filter(({ search }) => search?.mode === 'match')
    .map(({ resource }) => resource?.name?.[0]?.family)
    .sort();
}
