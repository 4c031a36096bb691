/**
 * Proves that the oracle notices faults: applies each mutant to a copy of the repository, runs the comparison there, and expects a difference.
 *
 *   node test/oracle/run-mutants.ts [--only NAME]... [--command 'COMMAND']
 *
 * The command runs in the copy, with PORT and FASCIA_HOME of its own. Exit code 0 of it: the mutant survived; 1: it was killed; anything else: it
 * could not run. Without --command, a server is started in the copy and test/oracle/against-server.ts is run against it.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { mutants, type Mutant } from './mutants.ts';

const { values } = parseArgs({
  options: { only: { type: 'string', multiple: true }, command: { type: 'string' } },
});
const root = dirname(dirname(import.meta.dirname));
const startWithinMs = 180_000;

type Verdict = 'killed' | 'survived' | 'could not run';

/** The tracked files and those that git would take up, with the installed packages linked. */
function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'fascia-mutants-'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.split('\n').filter((line) => line !== '')) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    try {
      cpSync(join(root, file), join(copy, file));
    } catch {
      // Deleted, but still in the index.
    }
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  usePages(join(copy, 'demo', 'site', 'fascia.config.json'));
  return copy;
}

/** Blocks and chunks so small that most pages take several: what goes wrong between them shows. */
function usePages(file: string): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...config, page: { blockRows: 30, chunkCharactersMax: 20_000 } }));
}

/** Runs the comparison in the copy as it stands. */
async function judge(copy: string, home: string): Promise<Verdict> {
  const port = String(await freePort());
  const env = { ...process.env, PORT: port, FASCIA_HOME: home };
  if (values.command !== undefined) {
    const { status } = spawnSync(values.command, { cwd: copy, env, shell: true, stdio: 'ignore' });
    return verdictOf(status);
  }
  const server = spawn(process.execPath, ['bin/fascia.cjs', 'start', '--patients', '60'], {
    cwd: copy,
    env,
    stdio: 'ignore',
  });
  try {
    if (!(await isReady(`http://127.0.0.1:${port}/readyz`, server))) return 'could not run';
    const asked = ['--setting', 'test/oracle/meridian.json', '--per-parameter', '10', '--combinations', '150'];
    const script = ['test/oracle/against-server.ts', `http://127.0.0.1:${port}/fhir`, ...asked];
    return verdictOf(await exitCodeOf(spawn(process.execPath, script, { cwd: copy, env, stdio: 'ignore' })));
  } finally {
    const ended = exitCodeOf(server);
    server.kill('SIGTERM');
    await ended;
  }
}

function verdictOf(exitCode: number | null): Verdict {
  if (exitCode === 1) return 'killed';
  return exitCode === 0 || exitCode === 2 ? 'survived' : 'could not run';
}

function exitCodeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

async function isReady(url: string, server: ChildProcess): Promise<boolean> {
  for (const endMs = Date.now() + startWithinMs; Date.now() < endMs && server.exitCode === null;) {
    const isOk = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isOk) return true;
    await wait(200);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

/** The mutant's edit, undone afterwards. */
async function judgeMutant(copy: string, home: string, { file, find, replace }: Mutant): Promise<Verdict> {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  if (original.split(find).length !== 2) return 'could not run';
  writeFileSync(
    path,
    original.replace(find, () => replace),
  );
  try {
    return await judge(copy, home);
  } finally {
    writeFileSync(path, original);
  }
}

function removeCopies(): void {
  for (const folder of [copy, home]) rmSync(folder, { recursive: true, force: true });
}

const copy = copyRepository();
const home = mkdtempSync(join(tmpdir(), 'fascia-mutants-home-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    removeCopies();
    process.exit(1);
  });
}
try {
  const baseline = await judge(copy, home);
  console.log(`without a fault: ${baseline === 'survived' ? 'no difference' : baseline}`);
  if (baseline !== 'survived') process.exitCode = 1;
  for (const mutant of baseline === 'survived' ? mutants : []) {
    if (values.only !== undefined && !values.only.includes(mutant.name)) continue;
    const verdict = await judgeMutant(copy, home, mutant);
    console.log(`${mutant.name}: ${verdict}`);
    if (verdict !== 'killed') process.exitCode = 1;
  }
} finally {
  removeCopies();
}
