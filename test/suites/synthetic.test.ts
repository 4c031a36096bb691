import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Observation } from '@medplum/fhirtypes';
import pg from 'pg';
import { loadConfig, startServer, type RunningServer } from '../../src/app/index.ts';
import { systemClock } from '../../src/core/index.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { compareAll, coverageOf, createOracle, describeMismatch, generateQueries } from '../oracle/index.ts';
import { harvest, httpServer } from '../oracle/harvest.ts';
import { silent, testClock } from '../support/demo-home.ts';
import { watchSite } from '../support/openapi/watch-site.ts';
import { isFull } from '../support/scale.ts';

const CONFIG = 'test/support/synthetic-site/fascia.config.json';

/** Rows around both clock changes of Lord Howe Island, with ties, nulls, and numbers of every precision. */
const ROWS = `
  drop table if exists person, nickname, risk_local, risk_utc, value_set, vital, result, panel_name, panel_status, problem;
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

/** A wide row of vital signs, results that form panels, a catalogue with doubles, and a history of statuses: gaps, ties and deleted rows in each. */
const STRUCTURES = `
  create table vital (id int primary key, person_id int, at timestamp(0), pulse int, temperature numeric(6,2), temperature_unit text, systolic int, diastolic int, deleted text);
  create table result (id int primary key, panel_no int, seq int, person_id int, panel_code text, test_code text, value numeric(8,2), unit text, at timestamp(0), withdrawn text);
  create index on result (panel_no, seq);
  create table panel_name (id int primary key, code text, name text, valid_from date, valid text);
  create table panel_status (id int primary key, panel_no int, status text, at timestamp(0));
  create table problem (id int primary key, kind text, person_id int, codes text, name text, begun text, secrecy text, ward text);
  insert into problem select i, (array['P','A','X'])[1 + i % 3], 1 + i % 24,
    (array['ICD10:E11.9;SNOMED:44054006','ICD10:E11','SNOMED:44054006; ICD10 : I10 ','READ:C10','ICD10:E11.9;ICD10:I10', null, 'XICD10:E11', 'SNOMED:4405400;READ:x'])[1 + i % 8],
    case when i % 4 = 0 then null else 'Problem ' || i % 7 end, (array['0000-00-00','2021-02-03','9999-12-31',null,'1999-12-31','2021-02-28'])[1 + i / 3 % 6], (array['S','T','U',null,' '])[1 + i % 5],
    (array['W1','W2',null])[1 + i / 4 % 3] from generate_series(1, 120) i;
  insert into vital select i, 1 + i % 26, case when i % 8 = 0 then null else timestamp '2026-04-04 20:00:00' + i * interval '37 minutes' end,
    case when i % 3 = 0 then null else 50 + i % 60 end, case when i % 4 = 1 then null when i % 10 = 2 then 0 else 35 + (i % 50) / 10.0 end, (array['C','F','c ',null])[1 + i % 4],
    case when i % 5 < 2 then null else 100 + i % 50 end, case when i % 7 < 3 then null else 60 + i % 30 end, case when i % 11 = 0 then 'Y' end
    from generate_series(1, 90) i;
  insert into result select i, case when i % 13 = 0 then null else 1 + i * 7 % 31 end, case when i % 9 = 0 then null else i % 5 end, 1 + i * 7 % 31 % 26, (array['BMP','LIP','ODD'])[1 + i * 7 % 31 % 3],
    (array['NA','K','GLU','ZZ'])[1 + i % 4], case when i % 6 = 0 then null else (i % 90) / 4.0 end, (array['mmol/L','mg/dL','odd',null])[1 + i % 4],
    timestamp '2026-03-01 08:00:00' + (i * 7 % 31) * interval '31 hours', case when i % 10 = 3 then 'Y' end from generate_series(1, 160) i;
  insert into panel_name select i, (array['BMP','LIP'])[1 + i % 2], 'Panel ' || i, case when i % 5 = 0 then null else date '2020-01-01' + i % 3 * 100 end, case when i % 4 = 0 then 'N' else 'Y' end from generate_series(1, 14) i;
  insert into panel_status select i, i % 29, (array['F','P','C','F','X'])[1 + i % 5], case when i % 12 = 0 then null else timestamp '2026-03-01 08:00:00' + (i % 4) * interval '1 hour' end from generate_series(1, 70) i;
`;

const timeoutMs = isFull ? 3_600_000 : 300_000;

describe('a synthetic system: number and uri parameters, a half-hour clock change, wide rows, panels, doubles, histories', () => {
  let database: EmbeddedDatabase;
  let running: RunningServer;
  // A home of its own: an installation's links are those of its own systems.
  const home = mkdtempSync(join(tmpdir(), 'fascia-synthetic-'));

  beforeAll(async () => {
    database = await startEmbedded({ home, emit: silent, clock: systemClock });
    await database.ensureDatabase('synthetic');
    await query(ROWS + STRUCTURES);
    const config = loadConfig({ FASCIA_HOME: home, FASCIA_CONFIG: CONFIG, PORT: '0' }, process.cwd());
    running = await startServer({ config, emit: silent, clock: testClock });
    watchSite(running);
  });
  async function query(sql: string): Promise<pg.QueryResult<Record<string, unknown>>> {
    const client = new pg.Client({ ...database.connection('synthetic') });
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }
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
          code === 'criticality'
            ? 'http://hl7.org/fhir/allergy-intolerance-criticality'
            : code === 'status' && type !== 'ValueSet'
              ? 'http://hl7.org/fhir/observation-status'
              : undefined,
      });
      const queries = generateQueries({
        oracle,
        seed: 8,
        perParameter: isFull ? 15 : 5,
        combinations: isFull ? 400 : 30,
        ...(isFull ? {} : { queriesMax: 1_500 }),
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

  interface Found {
    readonly total: number;
    readonly entry?: readonly { readonly resource: Observation }[];
  }
  const find = async (query: string): Promise<Found> =>
    (await httpServer(`${running.url}/fhir`).read(`Observation?_count=100&_total=accurate&${query}`)) as Found;

  it('finds a component by its code only where it is written', async () => {
    const [all, systolic, diastolic] = [
      await find('code=85354-9'),
      await find('component-code=8480-6'),
      await find('component-code=8462-4'),
    ];
    const withSystolic = (all.entry ?? []).filter(({ resource }) =>
      resource.component?.some(({ code }) => code.coding?.[0]?.code === '8480-6'),
    );
    expect(withSystolic.length).toBeGreaterThan(10);
    expect(withSystolic.length).toBeLessThan(all.total);
    expect([systolic.total, diastolic.total]).toEqual([withSystolic.length, all.total]);
    expect((await find('component-data-absent-reason=not-performed')).total).toBeGreaterThan(10);
  });

  it('serves each panel once, whatever its catalogue and history hold', async () => {
    const panels = (await find('component-code=urn:test|')).entry ?? [];
    const { rows } = await query(
      "select count(distinct panel_no)::int as n from result where panel_no is not null and withdrawn is distinct from 'Y'",
    );
    expect(panels.length).toBe(rows[0]?.['n']);
    const { rows: newest } = await query(
      "select distinct on (code) code, name from panel_name where valid = 'Y' order by code, valid_from desc nulls last, id",
    );
    for (const { code, name } of newest) {
      const named = panels.filter(({ resource }) => resource.code.coding?.[0]?.code === code);
      expect(named.length).toBeGreaterThan(3);
      expect(new Set(named.map(({ resource }) => resource.code.text))).toEqual(new Set([name]));
    }
  });
});
