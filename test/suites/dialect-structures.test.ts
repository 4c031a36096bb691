import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import mysql from 'mysql2/promise';
import type { DateValue, Predicate, Select, TokenValue } from '../../src/contracts/index.ts';
import {
  alias,
  applicationIdentifier,
  always,
  civilDate,
  date,
  descending,
  equals,
  groupBy,
  integer,
  joinFirst,
  not,
  packedConcept,
  table,
  tableOf,
  text,
  textDateTime,
} from '../../src/mappings/kit/index.ts';
import { compile } from '../../src/sources/sql/index.ts';

const name = `fascia_structures_${String(process.pid)}`;
const problem = alias('p', table('problem', { id: integer(), group_no: integer(), codes: text(), onset: date() }));
const status = alias('s', table('status', { id: integer(), problem_id: integer(), code: text(), at: date() }));

const implant = alias('i', table('implant', { id: integer(), udi: text(), day: text() }));

const SETUP = [
  `create database ${name} character set utf8mb4`,
  `use ${name}`,
  `set time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES'`,
  'create table problem (id bigint primary key, group_no bigint, codes varchar(200), onset date)',
  'create table status (id bigint primary key, problem_id bigint, code varchar(5), at date)',
  `insert into problem values (1, 1, 'ICD10:E11.9;SNOMED:44054006', '2020-02-01'), (2, 1, ' ICD10 : E11 ;ICD10:I10', '0000-00-00'),
    (3, 2, 'SNOMED:4405400', null), (4, null, 'XICD10:E11', '1999-12-31'), (5, 2, 'ICD10:e11;ICD10:E%', '9999-12-31'), (6, 3, null, '2021-05-05')`,
  `insert into status values (1, 1, 'A', '2020-01-01'), (2, 1, 'B', '2021-01-01'), (3, 1, 'C', '2021-01-01'), (4, 2, 'A', null), (5, 2, 'D', '2019-01-01'),
    (6, 3, 'X', '2022-01-01')`,
  'create table implant (id bigint primary key, udi varchar(80), day varchar(10))',
  `insert into implant values (1, '(01)09504000059118(17)270131(10)A1', '31.12.2024'), (2, '(10)', '01.02.2025'), (3, '+H123(ABC', '00.00.0000'), (4, null, ' ')`,
];

/** What only a live server shows: the condition for the first of several rows, whole entries of a packed text, dates that are none. */
const url = process.env['FASCIA_TEST_MARIADB_URL'];
(url === undefined ? describe.skip : describe)('structures on MariaDB (needs FASCIA_TEST_MARIADB_URL)', () => {
  let connection: mysql.Connection;
  beforeAll(async () => {
    connection = await mysql.createConnection({
      uri: url ?? '',
      charset: 'utf8mb4',
      rowsAsArray: true,
      dateStrings: true,
    });
    for (const sql of SETUP) await connection.query(sql);
  });
  afterAll(async () => {
    await connection.query(`drop database ${name}`);
    await connection.end();
  });

  async function rows(select: Partial<Select>): Promise<readonly (readonly (string | null)[])[]> {
    const all: Select = {
      ...{
        from: tableOf(problem),
        joins: [],
        where: always,
        columns: [problem.id],
        orderBy: [problem.id],
        descending: false,
      },
      ...select,
    };
    const { sql, bindings } = compile({ is: 'page', selects: [all] }, 'mysql');
    const [found] = await connection.query(sql, [...bindings]);
    return found as (string | null)[][];
  }
  const ids = async (where: Predicate): Promise<readonly string[]> => (await rows({ where })).map(([id]) => id ?? '');

  const concept = packedConcept({
    column: problem.codes,
    systems: { ICD10: 'urn:icd', SNOMED: 'urn:snomed' },
  });
  it.each<[Omit<TokenValue, 'is'>, string[]]>([
    [{ code: 'E11' }, ['2']],
    [{ system: 'urn:icd', code: 'E11.9' }, ['1']],
    [{ system: 'urn:snomed', code: 'E11.9' }, []],
    [{ code: '4405400' }, ['3']],
    [{ code: 'e11' }, ['5']],
    [{ code: 'E%' }, ['5']],
    [{ code: 'E__' }, []],
    [{ system: 'urn:icd' }, ['1', '2', '5']],
  ])('a packed text: %j', async (sought, expected) => {
    expect(await ids(concept.searches!.token!({ is: 'token', ...sought }))).toEqual(expected);
  });
  it('a packed text that holds none of the codes', async () => {
    expect(await ids(not(concept.present!))).toEqual(['4', '6']);
  });

  it('a date that is none', async () => {
    const onset = civilDate(problem.onset, { unknown: ['0000-00-00', '9999-12-31'] });
    const by = (prefix: DateValue['prefix'], civil: string): Predicate =>
      onset.searches!.date!({ is: 'date', prefix, civil, precision: 'year' }, { zone: 'UTC', nowMs: 0 });
    expect(await ids(onset.present!)).toEqual(['1', '4', '6']);
    expect(await ids(by('lt', '2000'))).toEqual(['4']);
    expect(await ids(by('ge', '2000'))).toEqual(['1', '6']);
    expect(await rows({ columns: [problem.onset] })).toContainEqual(['0000-00-00']);
  });

  it('the newest of a history, read and searched', async () => {
    const joins = [
      joinFirst(status, [[status.problem_id, problem.id]], {
        order: [descending(status.at), descending(status.id)],
        where: not(equals(status.code, 'X')),
      }),
    ];
    expect(await rows({ joins, columns: [problem.id, status.code] })).toEqual([
      ['1', 'C'],
      ['2', 'D'],
      ['3', null],
      ['4', null],
      ['5', null],
      ['6', null],
    ]);
    expect(await rows({ joins, where: equals(status.code, 'D') })).toEqual([['2']]);
    expect(await rows({ joins, where: equals(status.code, 'A') })).toEqual([]);
  });

  it('elements of a UDI behind their identifiers', async () => {
    const [di, lot, expires] = [
      applicationIdentifier(implant.udi, '01'),
      applicationIdentifier(implant.udi, '10'),
      applicationIdentifier(implant.udi, '17', { before: '20' }),
    ];
    const select = { from: tableOf(implant), orderBy: [implant.id] } as const;
    expect(await rows({ ...select, columns: [implant.id, di, lot, expires] })).toEqual([
      ['1', '09504000059118', 'A1', '20270131'],
      ['2', null, null, null],
      ['3', null, null, null],
      ['4', null, null, null],
    ]);
    expect(await rows({ ...select, columns: [implant.id], where: equals(lot, 'A1') })).toEqual([['1']]);
  });

  it('days whose texts begin with the day of the month', async () => {
    const day = textDateTime(implant.day, 'DD.MM.YYYY', 'UTC', { unknown: ['00.00.0000'] });
    const by = (prefix: DateValue['prefix'], civil: string): Predicate =>
      day.searches!.date!({ is: 'date', prefix, civil, precision: 'day' }, { zone: 'UTC', nowMs: 0 });
    const select = { from: tableOf(implant), orderBy: [implant.id], columns: [implant.id] } as const;
    expect(await rows({ ...select, where: by('gt', '2025-01-15') })).toEqual([['2']]);
    expect(await rows({ ...select, where: by('lt', '2025-01-15') })).toEqual([['1']]);
    expect(await rows({ ...select, where: day.present! })).toEqual([['1'], ['2']]);
  });

  it('one row for each group', async () => {
    const { key, where } = groupBy(problem, { by: [problem.group_no], order: [descending(problem.onset), problem.id] });
    expect(await rows({ where, columns: [...key, problem.id] })).toEqual([
      ['1', '1'],
      ['2', '5'],
      ['3', '6'],
    ]);
  });
});
