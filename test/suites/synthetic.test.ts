import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig, startServer, type RunningServer } from '../../src/app/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { compareAll, coverageOf, createOracle, describeMismatch, generateQueries } from '../oracle/index.ts';
import { harvest, httpServer } from '../oracle/harvest.ts';
import { silent, testClock } from '../support/demo-home.ts';

const CONFIG = 'test/support/synthetic-site/fascia.config.json';

/** Rows around both clock changes of Lord Howe Island, with ties, nulls, and numbers of every precision. */
const ROWS = `
  drop table if exists person, nickname, risk_local, risk_utc, value_set;
  create table person (id int primary key, surname text, born date);
  create table nickname (person_id int, position int, value text, primary key (person_id, position));
  create table risk_local (id bigint primary key, person_id int, status text, probability numeric(12,6), at timestamp(3));
  create table risk_utc (id bigint, part text, person_id int, probability numeric(12,6), at timestamptz(0), primary key (id, part));
  create table value_set (id text primary key, url text, name text, place text);
  insert into person select i, case when i % 7 = 0 then null else (array['Ågren','agren','O''Brien','%x_y','D\\z','Ωmega'])[1 + i % 6] end, case when i % 5 = 0 then null else date '1950-02-28' + i * 397 end from generate_series(1, 24) i;
  insert into nickname select i, k, 'Nick ' || (i + k) from generate_series(1, 24) i, generate_series(1, 3) k where (i + k) % 4 <> 0;
  insert into risk_local select i, 1 + i % 26, (array['P','F','X',null])[1 + i % 4], case when i % 9 = 0 then null else (i * 7919 % 1000) / 1000.0 + (i % 3) end,
    case when i % 11 = 0 then null when i % 3 = 0 then timestamp '2026-04-05 01:00:00.000' + i * interval '97.125 seconds' when i % 3 = 1 then timestamp '2025-10-05 01:15:00.5' + i * interval '61 seconds' else timestamp '2024-02-29 23:59:59.999' + i * interval '11 days' end
    from generate_series(-5, 90) i;
  insert into risk_utc select i / 2, (array['a','B-2'])[1 + i % 2], case when i % 13 = 0 then null else 1 + i % 24 end, case when i % 6 = 0 then null else (i * 104729 % 10000) / 10000.0 end,
    case when i % 10 = 0 then null else timestamptz '2026-04-04 14:00:00Z' + i * interval '313 seconds' end from generate_series(1, 80) i;
  insert into value_set select 'vs ' || i, 'http://example.org/sets/' || (array['a','a/b','b','A'])[1 + i % 4] || case when i % 5 = 0 then '/' || i else '' end, case when i % 3 = 0 then null else 'Set ' || chr(96 + i) end, (array['AU','NZ',null])[1 + i % 3] from generate_series(1, 20) i;
`;

const timeoutMs = process.env['FASCIA_TEST_SCALE'] === 'full' ? 3_600_000 : 300_000;

describe('a synthetic system: number and uri parameters, milliseconds, composite keys, a half-hour clock change', () => {
  let database: EmbeddedDatabase;
  let running: RunningServer;
  // A home of its own: an installation's links are those of its own systems.
  const home = mkdtempSync(join(tmpdir(), 'fascia-synthetic-'));

  beforeAll(async () => {
    database = await startEmbedded({ home, emit: silent, clock: systemClock });
    await database.ensureDatabase('synthetic');
    const client = new pg.Client({ ...database.connection('synthetic') });
    await client.connect();
    await client.query(ROWS);
    await client.end();
    const config = loadConfig({ FASCIA_HOME: home, FASCIA_CONFIG: CONFIG, PORT: '0' }, process.cwd());
    running = await startServer({ config, emit: silent, clock: testClock });
  });
  afterAll(async () => {
    await running.stop('test');
    await database.detach();
    rmSync(home, { recursive: true, force: true });
  });

  it(
    'answers every generated query as the oracle does',
    async () => {
      const server = httpServer(`${running.url}/fhir`);
      const { statement, resources, damaged, sortable } = await harvest(server, 100);
      const oracle = createOracle({
        resources,
        advertised: statement,
        baseUrl: server.baseUrl,
        zone: 'Australia/Lord_Howe',
        nowMs: testClock.nowMs(),
        codeSystem: (type, code) =>
          `${type}.${code}` === 'RiskAssessment.status' ? 'http://hl7.org/fhir/observation-status' : undefined,
      });
      const queries = generateQueries({
        oracle,
        seed: 7,
        perParameter: 12,
        combinations: 120,
        countMax: 100,
        sortable: (type, code) => sortable.has(`${type}.${code}`),
      });
      const result = await compareAll({
        oracle,
        queries,
        countMax: 100,
        damaged: (type) => damaged.get(type) ?? 0,
        fetch: async (path) => (await server.read(path)) as never,
      });
      expect(queries.length).toBeGreaterThan(150);
      expect(result.mismatches.slice(0, 12).map(describeMismatch).join('\n')).toBe('');
      const params = oracle.advertised.types.flatMap((type) => oracle.advertised.parameters(type).map((p) => p.type));
      expect(params).toEqual(expect.arrayContaining(['number', 'uri']));
      expect(coverageOf(oracle, queries).untestedParameters).toEqual([]);
    },
    timeoutMs,
  );

  it('reports the wall times that the clocks skipped as damaged rows', async () => {
    const answer = (await httpServer(`${running.url}/fhir`).read('RiskAssessment?_count=100&_total=accurate')) as {
      entry: { resource: { resourceType: string; issue?: { code: string }[] } }[];
    };
    const outcome = answer.entry.find((entry) => entry.resource.resourceType === 'OperationOutcome');
    expect(outcome?.resource.issue?.some((issue) => issue.code === 'exception')).toBe(true);
  });
});
