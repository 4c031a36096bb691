import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, CapabilityStatement, OperationOutcome } from '@medplum/fhirtypes';
import pg from 'pg';
import { loadConfig, startServer, type RunningServer } from '../../src/app/index.ts';
import type { Access } from '../../src/contracts/index.ts';
import { systemClock, type NamedEvent } from '../../src/core/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { createOracle, generateQueries, type Oracle, type Reach } from '../oracle/index.ts';
import { fetchAnew, harvest, httpServer } from '../oracle/harvest.ts';
import { createRandom } from '../oracle/random.ts';
import { silent, testClock } from '../support/demo-home.ts';
import { watchSite } from '../support/openapi/watch-site.ts';

const CONFIG = 'test/support/residual-site/fascia.config.json';

const ROWS = `
  create table person (id int primary key, surname text, place text, born date);
  create table given (person_id int, position int, packed text, primary key (person_id, position));
  create table reading (id int primary key, person_id int, status text, packed text, at timestamp(0));
  create table plain (id int primary key, person_id int, test text, value numeric(8,2), unit text, at timestamp(0));
  create table risk (id int primary key, person_id int, percent text, day text);
  insert into person select i, (array['Huber','Gruber','Ågren'])[1 + i % 3], case when i % 5 = 0 then null else (array['4020 Linz','1010 Wien','8010 Graz'])[1 + i % 3] end,
    date '1950-02-28' + i * 397 from generate_series(1, 30) i;
  insert into given select i, k, 'n=' || (array['Anna','Bela','Cem','Dora'])[1 + (i * k) % 4] from generate_series(1, 30) i, generate_series(1, 3) k where (i + k) % 4 <> 0;
  insert into reading select i, 1 + i * 7 % 30, (array['P','F',null])[1 + i % 3],
    case when i % 41 = 0 then 'BAD' when i % 13 = 0 then null else (array['GLU','NA','K'])[1 + i % 3] || ';' || (i % 50) / 4.0 || ';' || (array['mmol/L','mg/dL'])[1 + i % 2] end,
    case when i % 9 = 0 then null else timestamp '2026-03-29 01:00:00' + i * interval '47 minutes' + case when i between 1 and 2 then interval '3 hours' else interval '0' end end
    from generate_series(1, 200) i;
  insert into plain select i, 1 + i * 11 % 30, (array['GLU','NA','K'])[1 + i % 3], (i % 50) / 4.0, (array['mmol/L','odd'])[1 + i % 2], timestamp '2026-04-01 08:00:00' + i * interval '53 minutes' from generate_series(1, 90) i;
  insert into risk select i, 1 + i % 30, case when i % 7 = 0 then null else (i * 13 % 100)::text end, case when i % 6 = 0 then null else to_char(date '2025-01-01' + i * 5, 'YYYY-MM-DD') end from generate_series(1, 120) i;
`;

/** Criteria that the systems can be asked by; each stands beside one that has to be judged. */
const pushed: Readonly<Record<string, readonly string[]>> = {
  Patient: ['family=gruber', 'birthdate=ge1955', 'birthdate:missing=false'],
  Observation: [
    'status=final',
    'date=ge2026-03-30',
    'status:not=preliminary',
    'subject:missing=false',
    'patient=Patient/rp.8',
  ],
  Device: ['patient:missing=false', 'patient=Patient/rp.8'],
  RiskAssessment: ['subject:missing=false', 'patient=Patient/rp.8'],
};
/** Parameters that no predicate on these tables can answer. */
const judged: Readonly<Record<string, readonly string[]>> = {
  Patient: ['address', 'address-city', 'given', 'name'],
  Observation: ['code', 'value-quantity', 'combo-code', 'combo-value-quantity', 'code-value-quantity'],
  Device: ['device-name', 'type'],
  RiskAssessment: ['date', 'probability'],
};

describe('criteria that no system can be asked by', () => {
  let database: EmbeddedDatabase;
  let oracle: Oracle;
  const servers: RunningServer[] = [];
  let open: RunningServer;
  let narrowed: RunningServer;
  let strict: RunningServer;
  let statements = 0;
  const home = mkdtempSync(join(tmpdir(), 'fascia-residual-'));
  const reach: Reach = { patient: 'rp.8' };

  async function start(page: Readonly<Record<string, number>>, access?: Access): Promise<RunningServer> {
    const config = loadConfig({ FASCIA_HOME: home, FASCIA_CONFIG: CONFIG, PORT: '0' }, process.cwd());
    const emit = (event: NamedEvent): void => {
      if (event.event === 'system.answered') statements += 1;
    };
    const running = await startServer({
      config: { ...config, page: { ...config.page, ...page } },
      ...{ emit, clock: testClock },
      ...(access === undefined ? {} : { verify: () => access }),
    });
    watchSite(running);
    servers.push(running);
    return running;
  }

  async function query(sql: string): Promise<void> {
    const client = new pg.Client({ ...database.connection('residual') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    database = await startEmbedded({ home, emit: silent, clock: systemClock });
    await database.ensureDatabase('residual');
    await query(ROWS);
    open = await start({ blockRows: 17 });
    narrowed = await start({ blockRows: 5 }, { reach: { is: 'patient', patient: reach.patient }, agent: 'test' });
    strict = await start({ blockRows: 6, lookedAtMax: 15 });
    const server = httpServer(`${open.url}/fhir`);
    const { statement, resources } = await harvest(server, 100);
    oracle = createOracle({
      ...{ resources, advertised: statement, baseUrl: server.baseUrl, zone: 'Europe/Vienna', nowMs: testClock.nowMs() },
      codeSystem: (type, code) =>
        type === 'Observation' && code === 'status' ? 'http://hl7.org/fhir/observation-status' : undefined,
    });
  });
  afterAll(async () => {
    for (const server of servers) await server.stop('test');
    await database.detach();
    rmSync(home, { recursive: true, force: true });
  });

  interface Walk {
    readonly ids: readonly string[];
    /** Matches on each page, and rows that cannot be mapped. */
    readonly pages: readonly number[];
  }

  async function walk(server: RunningServer, path: string, between?: (turn: number) => Promise<void>): Promise<Walk> {
    const ids: string[] = [];
    const pages: number[] = [];
    for (let next: string | undefined = `${server.url}/fhir/${path}`; next !== undefined;) {
      const response = await fetchAnew(next);
      const bundle = (await response.json()) as Bundle;
      if (response.status !== 200) throw new Error(`${path}: ${JSON.stringify(bundle)}`);
      const found = (bundle.entry ?? []).filter(({ search }) => search?.mode === 'match');
      ids.push(...found.map(({ resource }) => resource?.id ?? ''));
      const outcome = bundle.entry?.find(({ search }) => search?.mode === 'outcome')?.resource as
        OperationOutcome | undefined;
      // A row that cannot be judged may be a match.
      pages.push(found.length + (outcome?.issue ?? []).filter(({ severity }) => severity === 'warning').length);
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
      if (next !== undefined) await between?.(pages.length);
    }
    return { ids, pages };
  }

  /** Generated searches by a judged parameter, each with one that narrows. */
  function searches(seed: number): readonly { type: string; criteria: string; about: string }[] {
    const random = createRandom(seed);
    const all = generateQueries({ oracle, seed, perParameter: 4, combinations: 0, countMax: 100 });
    return all.flatMap(({ type, query: whole, about }) => {
      const [only = ''] = about;
      const code = /^\w+\.([\w-]+)(?::\w+)?$/.exec(only)?.[1] ?? '';
      if (about.length !== 1 || judged[type]?.includes(code) !== true) return [];
      const own = whole.split('&').filter((part) => !/^_(?:count|sort|total|summary|elements)=/.test(part));
      const beside = random.pick(pushed[type] ?? []) ?? '';
      return [{ type, criteria: [...own, beside].join('&'), about: `${type}.${code}` }];
    });
  }

  it('are advertised with what they need', async () => {
    const statement = (await (await fetch(`${open.url}/fhir/metadata`)).json()) as CapabilityStatement;
    for (const [type, codes] of Object.entries(judged)) {
      const params = statement.rest?.[0]?.resource?.find((row) => row.type === type)?.searchParam ?? [];
      const found = params.filter(({ documentation }) => documentation?.includes('only beside another criterion'));
      expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining([...codes]));
    }
  });

  it('find what the oracle finds, each match once, on full pages', async () => {
    const random = createRandom(3);
    const asked = new Map<string, number>();
    for (const { type, criteria, about } of searches(21)) {
      const expected = oracle.search(type, criteria);
      if (expected.refused !== undefined) continue;
      const sorted = type === 'Observation' ? (random.pick(['', '&_sort=date', '&_sort=-date']) ?? '') : '';
      const subset = random.chance(0.3) ? `&_elements=${type === 'Patient' ? 'birthDate' : 'status'}` : '';
      const count = 1 + random.below(30);
      const path = `${type}?${criteria}${sorted}${subset}&_count=${String(count)}`;
      const { ids, pages } = await walk(open, path);
      expect({ path, ids: ids.toSorted() }).toEqual({ path, ids: expected.ids.toSorted() });
      expect({ path, full: pages.slice(0, -1).every((matches) => matches === count) }).toEqual({ path, full: true });
      if (sorted !== '') {
        const { order } = oracle.search(type, `${criteria}${sorted}`);
        let at = 0;
        for (const tied of order) {
          expect({ path, ids: ids.slice(at, at + tied.length).toSorted() }).toEqual({ path, ids: tied.toSorted() });
          at += tied.length;
        }
      }
      if (expected.ids.length > 0) asked.set(about, (asked.get(about) ?? 0) + 1);
    }
    const all = Object.entries(judged).flatMap(([type, codes]) => codes.map((code) => `${type}.${code}`));
    expect(all.filter((name) => (asked.get(name) ?? 0) < 2)).toEqual([]);
  });

  it('find under the access of one patient what the oracle finds there, also with nothing else beside them', async () => {
    let found = 0;
    for (const { type, criteria } of searches(5)) {
      for (const part of [criteria, criteria.split('&')[0] ?? '']) {
        const expected = oracle.search(type, part, reach);
        if (expected.refused !== undefined) continue;
        const { ids } = await walk(narrowed, `${type}?${part}&_count=3`);
        expect({ type, part, ids: ids.toSorted() }).toEqual({ type, part, ids: expected.ids.toSorted() });
        found += ids.length;
      }
    }
    expect(found).toBeGreaterThan(20);
  });

  it('look at no more rows for a page than is allowed: short pages, each match once, a bounded number of statements', async () => {
    for (const path of [
      'Observation?code=K&status=final&_count=4',
      'Observation?code=nothing&status=final&_count=4',
      'Observation?value-quantity=gt3&date=ge2026-03-30&_sort=-date&_count=9',
      'Patient?given=Anna&birthdate=ge1955&_count=3',
    ]) {
      const expected = await walk(open, path);
      statements = 0;
      const { ids, pages } = await walk(strict, path);
      expect({ path, ids }).toEqual({ path, ids: expected.ids });
      expect(pages.length).toBeGreaterThan(1);
      // 15 rows are three blocks of six; each block may ask for rows, for rows without a sort key, and for one child table.
      expect(statements).toBeLessThanOrEqual(pages.length * 3 * 3);
    }
    const { ids, pages } = await walk(strict, 'Observation?code=nothing&status=final&_count=4');
    expect(ids).toEqual([]);
    expect(pages.length).toBeGreaterThan(3);
  });

  it('visit each match exactly once while rows are added', async () => {
    const path = 'Observation?code=GLU&subject:missing=false&_count=7';
    for (const sort of ['', '&_sort=date', '&_sort=-date']) {
      const before = await walk(open, path + sort);
      const paged = await walk(strict, path + sort, async (turn) => {
        if (turn > 5) return;
        const base = 1000 * (1 + ['', '&_sort=date', '&_sort=-date'].indexOf(sort)) + turn * 10;
        await query(`insert into reading select (case when n % 2 = 0 then 1 else -1 end) * (${String(base)} + n), 8, 'F', 'GLU;' || n || ';mmol/L', timestamp '2026-03-30 01:00:00' + n * interval '11 hours' from generate_series(1, 6) n;
          insert into plain select ${String(base)} + n, 8, 'GLU', n, 'mmol/L', timestamp '2026-03-30 01:00:00' + n * interval '9 hours' from generate_series(1, 3) n`);
      });
      expect(new Set(paged.ids).size).toBe(paged.ids.length);
      expect(before.ids.filter((id) => !paged.ids.includes(id))).toEqual([]);
    }
    await query('delete from reading where id < 1 or id > 200; delete from plain where id > 90');
  });

  it('include what the matches refer to, and nothing of what was looked at beside them', async () => {
    const path = 'Observation?code=K&date=ge2026-03-30&_include=Observation:subject';
    let found = 0;
    for (let next: string | undefined = `${strict.url}/fhir/${path}&_count=6`; next !== undefined;) {
      const bundle = (await (await fetch(next)).json()) as Bundle;
      const idsOf = (mode: string): string[] =>
        (bundle.entry ?? []).flatMap(({ search, resource }) => (search?.mode === mode ? [resource?.id ?? ''] : []));
      const expected = oracle.includesOf('Observation', path.slice('Observation?'.length), idsOf('match'));
      expect(
        idsOf('include')
          .map((id) => `Patient/${id}`)
          .toSorted(),
      ).toEqual([...expected].toSorted());
      found += expected.size;
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    }
    expect(found).toBeGreaterThan(10);
  });

  it('say on the page how they were applied, and report rows that cannot be judged', async () => {
    const bundle = (await (
      await fetch(`${open.url}/fhir/Observation?code=GLU&status:not=x&_count=100&_elements=status`)
    ).json()) as Bundle;
    const outcome = bundle.entry?.find(({ search }) => search?.mode === 'outcome')?.resource as OperationOutcome;
    expect(outcome.issue[0]).toMatchObject({ severity: 'information', location: ['http.code'] });
    expect(outcome.issue.filter(({ severity }) => severity === 'warning').length).toBeGreaterThan(0);
    expect(JSON.stringify(outcome)).not.toContain('GLU');
  });

  it.each([
    ['nothing narrows', 'Observation?code=GLU', 403],
    ['nothing narrows but another of their kind', 'Observation?code=GLU&value-quantity=gt1', 403],
    ['a total is asked for', 'Observation?code=GLU&status=final&_total=accurate', 403],
    ['only a total is asked for', 'Observation?code=GLU&status=final&_summary=count', 403],
    ['no entries are asked for', 'Observation?code=GLU&status=final&_count=0', 403],
    ['they stand in a chain', 'Observation?patient.address-city=linz&status=final', 400],
    ['they stand in _has', 'Patient?_has:Observation:patient:code=GLU&birthdate=ge1955', 400],
    ['they are sorted by', 'Patient?birthdate=ge1955&_sort=address-city', 400],
  ])('are refused where %s', async (_, path, status) => {
    const response = await fetch(`${open.url}/fhir/${path}`);
    const outcome = (await response.json()) as OperationOutcome;
    expect(response.status).toBe(status);
    if (status === 403) expect(outcome.issue[0]).toMatchObject({ code: 'too-costly', location: ['http.code'] });
  });
});
