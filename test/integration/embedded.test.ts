import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { serverAccount } from '../../src/store/embedded/account.ts';
import { findPackage, provideBinaries } from '../../src/store/embedded/binaries.ts';
import { ensureCluster } from '../../src/store/embedded/cluster.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/embedded/index.ts';
import { chooseSocketFolder, type Place } from '../../src/store/embedded/place.ts';
import { processBirth } from '../../src/store/embedded/process-birth.ts';

const isRoot = process.getuid?.() === 0;
const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), 'fascia-test-'));
const systemFolder = join(folder, 'system');
const shared = join(folder, 'a home (with spaces)');
const children = new Set<ChildProcess>();

beforeAll(() => {
  chmodSync(folder, 0o711);
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const home of readdirSync(folder)) stopLeft(join(folder, home, 'database', 'data'));
  if (existsSync(systemFolder))
    for (const place of readdirSync(systemFolder)) stopLeft(join(systemFolder, place, 'data'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function stopLeft(data: string): void {
  const pid = existsSync(join(data, 'postmaster.pid')) ? serverPid(data) : 0;
  if (processBirth(pid) !== undefined) process.kill(pid, 'SIGQUIT');
}

function serverPid(data: string): number {
  return Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
}

const dataOf = (home: string): string => join(home, 'database', 'data');

async function start(
  home: string,
  more: { watchMs?: number } = {},
): Promise<EmbeddedDatabase & { events: NamedEvent[] }> {
  const events: NamedEvent[] = [];
  const database = await startEmbedded({
    home,
    systemFolder,
    clock: systemClock,
    emit: (event) => events.push(event),
    ...more,
  });
  return { ...database, events };
}

interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Resolves with all lines so far once one names the event. */
  until(event: string): Promise<string[]>;
  end(signal: NodeJS.Signals): Promise<void>;
}

function startProcess(home: string): Started {
  const script = join(import.meta.dirname, 'embedded-process.ts');
  const child = spawn(process.execPath, ['--conditions=development', script, home, systemFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  const ended = once(child, 'exit').then(() => children.delete(child));
  const events: string[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => events.push((JSON.parse(line) as { event: string }).event));
  return {
    child,
    pid: child.pid ?? 0,
    until: async (event) => {
      while (!events.includes(event)) await Promise.race([once(lines, 'line'), ended]);
      return events;
    },
    end: async (signal) => {
      child.kill(signal);
      await ended;
    },
  };
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

async function query(database: EmbeddedDatabase, sql: string, name = 'postgres'): Promise<unknown> {
  const client = new pg.Client({ ...database.connection(name) });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows[0];
}

describe('embedded PostgreSQL', () => {
  it('initialises once when two processes start at the same moment, shares, and stops with the last', async () => {
    const [one, two] = [startProcess(shared), startProcess(shared)];
    const events = [...(await one.until('attached')), ...(await two.until('attached'))];
    expect(events.filter((event) => event === 'database.started')).toHaveLength(1);
    expect(statSync(join(shared, 'database.json')).mode & 0o777).toBe(0o600);
    const pid = serverPid(dataOf(shared));
    const here = await start(shared);
    expect(here.events).toEqual([]);
    await one.end('SIGTERM');
    await two.end('SIGTERM');
    await here.ensureDatabase('first "quoted"');
    await Promise.all([here.ensureDatabase('twice'), here.ensureDatabase('twice')]);
    expect(await query(here, 'create table kept as select 42 as answer', 'twice')).toBeUndefined();
    expect(processBirth(pid)).toBeDefined();
    await here.detach();
    await here.detach();
    expect(processBirth(pid)).toBeUndefined();
  });

  it('finds its data again, with UTF-8, byte order, no TCP port and a private socket', async () => {
    const database = await start(shared);
    expect(database.events.map(({ event }) => event)).toEqual(['database.started']);
    expect(await query(database, 'select answer from kept', 'twice')).toEqual([42]);
    const facts = `select current_setting('server_encoding'), current_setting('listen_addresses'), lower('ÄÉ'), 'a' > 'B', datlocale from pg_database where datname = 'postgres'`;
    expect(await query(database, facts)).toEqual(['UTF8', '', 'äé', true, 'C.UTF-8']);
    expect(statSync(database.connection('x').host).mode & 0o077).toBe(0);
    const pid = serverPid(dataOf(shared));
    const session = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[3];
    expect(session).toBe(String(pid));
    await database.detach();
  });

  it('adopts a live server whose starter was killed', async () => {
    const killed = startProcess(shared);
    await killed.until('attached');
    const pid = serverPid(dataOf(shared));
    await killed.end('SIGKILL');
    const database = await start(shared);
    expect(database.events).toEqual([{ event: 'database.adopted', pid }]);
    expect(await query(database, 'select answer from kept', 'twice')).toEqual([42]);
    await database.detach();
    expect(processBirth(pid)).toBeUndefined();
  });

  it('recovers when both the server and its starter were killed', async () => {
    const killed = startProcess(shared);
    await killed.until('attached');
    const pid = serverPid(dataOf(shared));
    process.kill(pid, 'SIGKILL');
    await killed.end('SIGKILL');
    const database = await start(shared);
    expect(database.events.map(({ event }) => event)).toEqual(['database.recovered', 'database.started']);
    expect(await query(database, 'select answer from kept', 'twice')).toEqual([42]);
    await database.detach();
  });

  it('starts a server again that dies while it is in use', async () => {
    const database = await start(shared, { watchMs: 10 });
    const pid = serverPid(dataOf(shared));
    process.kill(pid, 'SIGKILL');
    await waitFor(() => database.events.filter(({ event }) => event === 'database.started').length === 2);
    expect(await query(database, 'select answer from kept', 'twice')).toEqual([42]);
    await database.detach();
  });

  it('does not take a reused pid for its server or for a process that shares it', async () => {
    const account = serverAccount(dataOf(shared));
    const other = spawn('sleep', ['600'], { cwd: '/', stdio: 'ignore', ...account });
    children.add(other);
    await once(other, 'spawn');
    const pidFile = [
      String(other.pid),
      dataOf(shared),
      '1',
      '5432',
      join(shared, 'database', 'socket'),
      '',
      '       1         1',
      'ready',
    ];
    writeFileSync(join(dataOf(shared), 'postmaster.pid'), pidFile.join('\n'));
    const state = JSON.parse(readFileSync(join(shared, 'database.json'), 'utf8')) as { place: string };
    const attached = [{ pid: other.pid, birth: 'an earlier process' }];
    writeFileSync(join(shared, 'database.json'), JSON.stringify({ ...state, attached }));
    const database = await start(shared);
    const pid = serverPid(dataOf(shared));
    await database.detach();
    expect(processBirth(pid)).toBeUndefined();
    other.kill('SIGKILL');
  });

  it('repairs what a start left that was killed while it initialised', async () => {
    const home = join(folder, 'killed midway');
    const killed = startProcess(home);
    const place = join(home, 'database');
    await waitFor(() => existsSync(place) && readdirSync(place).some((name) => name.startsWith('data.new-')));
    await killed.end('SIGKILL');
    const database = await start(home);
    expect(await query(database, 'select 1')).toEqual([1]);
    await database.detach();
    const again = await start(home);
    await again.detach();
    expect(readdirSync(place).sort()).toEqual(['data', 'postgres.log', 'socket']);
  });

  it('makes a database from a sample once, anew when the sample changes, and no other one', async () => {
    const database = await start(shared);
    const one = `create table t (a int);\ninsert into t values (1);`;
    await Promise.all([database.ensureSample('tried', one), database.ensureSample('tried', one)]);
    await query(database, 'insert into t values (2)', 'tried');
    await database.ensureSample('tried', one);
    expect(await query(database, 'select sum(a)::text from t', 'tried')).toEqual(['3']);
    const wrong = `create table t (a int);\ninsert into t values ('x');`;
    await expect(database.ensureSample('tried', wrong)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringMatching(/sample of the database tried cannot be loaded, line 2: /) as unknown,
    });
    expect(await query(database, 'select sum(a)::text from t', 'tried')).toEqual(['3']);
    await database.ensureSample('tried', `${one} insert into t values (40);`);
    expect(await query(database, 'select sum(a)::text from t', 'tried')).toEqual(['41']);
    await database.ensureDatabase('kept');
    await expect(database.ensureSample('kept', one)).rejects.toThrow(/not made from a sample, so it is left as it is/);
    await database.detach();
  });

  it('keeps the socket path short in a deep folder', () => {
    const deep = join(folder, 'deep'.repeat(30));
    mkdirSync(deep);
    const place: Place = { folder: deep, data: join(deep, 'data'), account: serverAccount(join(deep, 'data')) };
    const socketFolder = chooseSocketFolder(place, undefined);
    expect(socketFolder.length).toBeLessThan(80);
    expect(chooseSocketFolder(place, socketFolder)).toBe(socketFolder);
    chmodSync(socketFolder, 0o755);
    const fresh = chooseSocketFolder(place, socketFolder);
    expect(fresh).not.toBe(socketFolder);
    for (const made of [socketFolder, fresh]) rmSync(made, { recursive: true });
  });

  it('runs from a copy where the installation lacks its library links', async () => {
    const found = findPackage(`${process.platform}-${process.arch}`);
    const bare = join(folder, 'bare');
    cpSync(found.folder, bare, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
    const home = join(folder, 'from a copy');
    const account = serverAccount(dataOf(home));
    mkdirSync(home);
    if (account !== undefined) execFileSync('chown', [`${account.uid}:${account.gid}`, home]);
    const place: Place = { folder: home, data: join(home, 'data'), account };
    const binaries = provideBinaries(place, { ...found, folder: bare });
    expect(dirname(binaries.postgres)).toBe(join(home, `runtime-${found.version}`, 'native', 'bin'));
    expect(provideBinaries(place, { ...found, folder: bare })).toEqual(binaries);
    await ensureCluster(binaries, place);
    expect(readFileSync(join(place.data, 'PG_VERSION'), 'utf8').trim()).toBe(binaries.major);
    await expect(ensureCluster({ ...binaries, major: '99' }, place)).rejects.toThrow(/holds data of PostgreSQL/);
  });

  (isRoot ? it : it.skip)('works for root in a home that only root can enter, with a tight umask', async () => {
    const home = join(folder, 'private');
    mkdirSync(home);
    chmodSync(home, 0o700);
    const umask = process.umask(0o077);
    try {
      const database = await start(home);
      expect(await query(database, 'select 1')).toEqual([1]);
      expect(existsSync(join(home, 'database'))).toBe(false);
      const place = readdirSync(systemFolder);
      await database.detach();
      const again = await start(home);
      await again.detach();
      expect(readdirSync(systemFolder)).toEqual(place);
    } finally {
      process.umask(umask);
    }
  });

  it('says what to do where it cannot run', () => {
    expect(() => findPackage('win32-x64')).toThrow(/does not run on win32-x64. Set DATABASE_URL/);
    expect(() => findPackage('linux-none')).toThrow(/not installed .*Set DATABASE_URL .*install again/);
  });
});
