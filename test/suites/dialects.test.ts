import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import ehr from '../../demo/site/mappings/meridian-ehr/index.ts';
import pharmacy from '../../demo/site/mappings/meridian-pharmacy/index.ts';
import { EHR_TABLES } from '../../demo/ehr/tables.ts';
import type { TableDefinition } from '../../demo/load/table.ts';
import { PHARMACY_TABLES } from '../../demo/pharmacy/tables.ts';
import type { Access, Cursor, ParamType, ResourceType, ServedParam } from '../../src/contracts/index.ts';
import { Fault } from '../../src/core/index.ts';
import { compareTables, tablesOf } from '../../src/record/index.ts';
import { parseSearch } from '../../src/fhir/index.ts';
import { narrow } from '../../src/security/index.ts';
import { catalogueQuestion, compile, liveTables } from '../../src/sources/sql/index.ts';
import { openDemoRecord, type DemoRecord } from '../support/demo-record.ts';

const VALUES: Readonly<Record<ParamType, readonly string[]>> = {
  token: ['x', 'http://loinc.org|4548-4', '|x', 'http://loinc.org|', 'final', 'true', 'a,b'],
  string: ['an', "O'Br", '%_\\'],
  date: [
    '2024',
    'ge2024-03-10',
    'lt2024-11-03T01:30',
    'ne2024-05-01T10:00:00Z',
    'sa2020-01',
    'eb2026',
    'ap2023',
    'gt2024,le2020-02-29',
  ],
  reference: ['Patient/nosuch', 'mo.MGCHEM', 'Organization/ps.12,mq.P1000'],
  quantity: ['5.4', 'lt1|http://unitsofmeasure.org|mg/dL', 'ge7||%', 'ap100', 'ne3', 'sa0.5', 'eb2'],
  number: ['1', 'gt2'],
  uri: ['http://example.org'],
  composite: [],
};

/** Parameters whose values have a form of their own. */
const VALUES_OF: Readonly<Record<string, readonly string[]>> = {
  active: ['true'],
  actual: ['true'],
  'code-value-quantity': ['4548-4$gt7'],
  'combo-code-value-quantity': ['http://loinc.org|4548-4$lt7.05||%'],
  'code-value-concept': ['UGLU$NEG', 'http://loinc.org|72166-2$266919005'],
  'combo-code-value-concept': ['UGLU$NEG'],
  'component-code-value-quantity': ['8480-6$ge100||mm[Hg]'],
  'code-value-string': ['UGLU$NEG'],
};

function queriesOf(type: string, param: ServedParam): string[] {
  const name = encodeURIComponent(param.code);
  const values = VALUES_OF[param.code] ?? VALUES[param.type];
  if (values.length === 0) throw new Error(`${type}.${param.code} is asked by no value`);
  return [
    ...values.map((value) => `${name}=${encodeURIComponent(value)}`),
    ...param.modifiers
      .filter((modifier) => modifier !== 'missing')
      .map((modifier) => `${name}:${modifier}=${encodeURIComponent(values[0] ?? 'x')}`),
    ...(param.modifiers.includes('missing') ? [`${name}:missing=true`, `${name}:missing=false&_total=accurate`] : []),
    ...(param.sortable ? [`_sort=${name}&_count=2`, `_sort=-${name}&_count=3`] : []),
  ];
}

const HOPS: readonly (readonly [string, string])[] = [
  ['Observation', 'subject:Patient.family=vance&_include=Observation:performer&_include=Observation:subject'],
  ['Observation', 'performer:Organization.name=clin&_sort=-date'],
  ['MedicationDispense', 'patient.birthdate=ge1950&_count=10&_include=MedicationDispense:subject'],
  ['Patient', '_has:Observation:patient:code=GLU&_revinclude=Observation:subject&_count=2'],
  ['Patient', '_has:MedicationDispense:patient:status=completed&_sort=birthdate'],
  ['Organization', 'partof.name=meridian&_total=accurate'],
  ['Patient', '_has:Group:member:member=Patient/nosuch&_has:Group:member:code=S'],
  ['Practitioner', '_has:Observation:performer:code=A1C'],
];

/** Nothing in the engine may assume PostgreSQL: every statement of these plans compiles for MySQL, and MariaDB can plan it. */
describe('plans of the demo hospital in the other dialect', () => {
  let demo: DemoRecord;
  beforeAll(async () => {
    demo = await openDemoRecord();
    for (const served of demo.record.served.values()) {
      for (const param of served.params.values())
        for (const query of queriesOf(served.type, param)) await demo.search(served.type, query);
      await demo.search(served.type, '_count=3');
    }
    for (const [type, query] of HOPS) await demo.search(type, query, { reach: { is: 'open' }, agent: 'test' });
    await asOnePatient(demo);
    await secondPages(demo);
  });
  afterAll(() => demo.close());

  it('compiles every statement for both', () => {
    expect(demo.statements.length).toBeGreaterThan(300);
    for (const statement of demo.statements) {
      const { sql } = compile(statement, 'pg');
      expect(sql).not.toBe('');
      // A table inside another must not take its name: a column that is compared with itself always matches.
      expect(sql).not.toMatch(/("?\b\w+"?\."?\w+"?) = \1(?![\w"])/);
      expect(compile(statement, 'mysql').sql).not.toContain('$1');
    }
  });

  it('refuses a hop that passes more keys than it may as too costly', async () => {
    const narrowHops = await openDemoRecord({ hopKeysMax: 20 });
    try {
      await expect(narrowHops.search('MedicationDispense', 'patient.gender=female')).rejects.toMatchObject({
        code: 'search.too-costly',
      });
      await expect(
        narrowHops.search('Patient', '_has:MedicationDispense:patient:status=completed'),
      ).rejects.toBeInstanceOf(Fault);
    } finally {
      await narrowHops.close();
    }
  });

  const mariadbUrl = process.env['FASCIA_TEST_MARIADB_URL'];
  (mariadbUrl === undefined ? it.skip : it)(
    'lets MariaDB explain every distinct statement (needs FASCIA_TEST_MARIADB_URL)',
    async () => {
      const connection = await mysql.createConnection({ uri: mariadbUrl ?? '' });
      try {
        await connection.query('drop database if exists fascia_dialects');
        await connection.query('create database fascia_dialects character set utf8mb4');
        await connection.query('use fascia_dialects');
        for (const table of [...EHR_TABLES, ...PHARMACY_TABLES]) await connection.query(mariadbTable(table));
        const compiled = new Map(
          demo.statements.map((statement) => compile(statement, 'mysql')).map((one) => [one.sql, one.bindings]),
        );
        for (const [sql, bindings] of compiled) await connection.query(`explain ${sql}`, [...bindings]);
        const tables = tablesOf([ehr.branches, pharmacy.branches]);
        const { sql } = catalogueQuestion(tables, 'mysql');
        const [rows] = await connection.query({ sql, rowsAsArray: true });
        expect(compareTables(tables, liveTables(rows as string[][], tables.length, 'mysql'))).toEqual([]);
        expect(compiled.size).toBeGreaterThan(150);
        await connection.query('drop database fascia_dialects');
      } finally {
        await connection.end();
      }
    },
  );
});

/** What is narrowed to one patient has predicates of its own; a roster is in nobody's compartment, so nothing is asked for one. */
async function asOnePatient(demo: DemoRecord): Promise<void> {
  const [someone] = (await demo.search('Patient', '_count=20')).entries;
  const access: Access = { reach: { is: 'patient', patient: someone?.id ?? '' }, agent: 'test' };
  for (const { type } of demo.record.served.values()) {
    const before = demo.statements.length;
    await demo.search(type, '_count=3&_total=accurate', access);
    expect({ type, isAsked: demo.statements.length > before }).toEqual({ type, isAsked: type !== 'Group' });
  }
}

/** Pages that begin after a row: keyset conditions of each sort. */
async function secondPages(demo: DemoRecord): Promise<void> {
  for (const served of demo.record.served.values()) {
    for (const sort of [
      '',
      ...[...served.params.values()]
        .filter((param) => param.sortable)
        .flatMap((param) => [`_sort=${param.code}`, `_sort=-${param.code}`]),
    ]) {
      const first = await demo.search(served.type, sort === '' ? '_count=2' : `${sort}&_count=2`);
      if (first.next !== undefined) await runFrom(demo, served.type, sort, first.next);
    }
  }
}

async function runFrom(demo: DemoRecord, type: ResourceType, sort: string, cursor: Cursor): Promise<void> {
  const pairs = [...new URLSearchParams(sort)] as [string, string][];
  const { plan } = parseSearch({
    served: demo.record.served,
    type,
    pairs,
    handling: 'default',
    countDefault: 2,
    countMax: 500,
  });
  const authorised = narrow({ ...plan, cursor }, { reach: { is: 'open' }, agent: 'test' });
  for await (const chunk of demo.record.run(authorised, new AbortController().signal))
    expect(chunk.entries.length + chunk.issues.length).toBeGreaterThan(0);
}

function mariadbTable(table: TableDefinition): string {
  const columns = table.columns.map(([name, type]) => `\`${name}\` ${mariadbType(type, table.key.includes(name))}`);
  return `create table \`${table.name}\` (${columns.join(', ')}, primary key (${table.key.map((name) => `\`${name}\``).join(', ')}))`;
}

function mariadbType(type: string, isKey: boolean): string {
  const nullable = isKey ? ' not null' : ' null';
  if (type === 'text') return isKey ? 'varchar(190) not null' : `text${nullable}`;
  return type.replace(/^timestamp(?:tz)?\(0\)$/, 'datetime').replace(/^bytea$/, 'longblob') + nullable;
}
