import type { Knex } from 'knex';

/** The statements of a facade that is written with a query builder: the same tables, joins and conditions as `statements.ts`. */

const text = (knex: Knex, column: string, name: string): Knex.Raw => knex.raw('??::text as ??', [column, name]);

const RESULT_COLUMNS: readonly (readonly [column: string, name: string])[] = [
  ['r.RSLT_SEQ', 'key'],
  ['r.STAT_CD', 'status'],
  ['r.TEST_CD', 'code'],
  ['cd.TEST_DESC', 'name'],
  ['pt.FAC_CD', 'patient_facility'],
  ['pt.PT_NO', 'patient_number'],
  ['r.DRAW_DT', 'drawn_date'],
  ['r.DRAW_TM', 'drawn_time'],
  ['r.LOAD_TS', 'loaded'],
  ['pd.DEPT_CD', 'department'],
  ['vf.PROV_NO', 'verifier'],
  ['r.RSLT_TXT', 'typed'],
  ['r.UNIT_CD', 'unit'],
  ['r.ABN_FLG', 'flag'],
  ['r.REF_LO', 'low'],
  ['r.REF_HI', 'high'],
  ['rs.SPC_NO', 'specimen'],
];

/** A test that the catalogue does not have is restricted: it stands for a sensitivity that nobody knows. */
const sensitivity = (knex: Knex, catalogue: string): Knex.Raw =>
  knex.raw(`case when ?? is null then '*' else ??::text end as sensitivity`, [
    `${catalogue}.TEST_CD`,
    `${catalogue}.SENS_CD`,
  ]);

/** Whose row was not struck out. */
const isLive = (knex: Knex, alias: string): Knex.Raw => knex.raw('?? is distinct from -1', [`${alias}.LIFE_N`]);

function results(knex: Knex): Knex.QueryBuilder {
  return knex('LABRSLT as r')
    .join('PATMAST as pt', (on) => void on.on('pt.FAC_CD', 'r.FAC_CD').andOn('pt.PT_NO', 'r.PT_NO'))
    .leftJoin('LABCD as cd', 'cd.TEST_CD', 'r.TEST_CD')
    .leftJoin('DEPT as pd', 'pd.DEPT_CD', 'r.PERF_DEPT')
    .leftJoin('PROVMST as vf', 'vf.PROV_NO', 'r.VERIF_NO')
    .leftJoin('SPECMN as rs', (on) => void on.on('rs.SPC_NO', 'r.SPC_NO').andOn(isLive(knex, 'rs')))
    .select(RESULT_COLUMNS.map(([column, name]) => text(knex, column, name)))
    .select(sensitivity(knex, 'cd'))
    .whereRaw(`r."SUPR_FLG" is distinct from 'Y'`)
    .whereRaw(`pt."DEL_FLG" is distinct from 'Y'`);
}

export function resultBySequence(knex: Knex, sequence: string): Knex.QueryBuilder {
  return results(knex).where('r.RSLT_SEQ', sequence).first();
}

export interface LabsAsked {
  readonly facility: string;
  readonly number: string;
  readonly codes: readonly string[];
  readonly from: string;
  readonly fromTime: string;
  readonly count: number;
}

export function resultsOfPatient(knex: Knex, asked: LabsAsked): Knex.QueryBuilder {
  return results(knex)
    .where({ 'r.FAC_CD': asked.facility, 'r.PT_NO': asked.number })
    .whereIn('r.TEST_CD', asked.codes)
    .where('r.DRAW_DT', '>=', asked.from)
    .whereNot('r.DRAW_DT', 99_999_999)
    .orderByRaw('r."DRAW_DT" desc, coalesce(r."DRAW_TM", -1) desc, r."RSLT_SEQ" desc')
    .limit(asked.count);
}

export function groupsOfPatient(knex: Knex, asked: LabsAsked): Knex.QueryBuilder {
  const query = knex('LABORD as o')
    .join('LABEAV as t', 't.ORD_NO', 'o.ORD_NO')
    .join('PATMAST as opt', (on) => void on.on('opt.FAC_CD', 'o.FAC_CD').andOn('opt.PT_NO', 'o.PT_NO'));
  for (const [alias, name] of [
    ['w', 'TIME'],
    ['v', 'VALUE'],
    ['u', 'UNIT'],
    ['s', 'STATUS'],
    ['lo', 'LOW'],
    ['hi', 'HIGH'],
    ['sn', 'SPEC'],
  ] as const) {
    void query.leftJoin(
      `LABEAV as ${alias}`,
      (on) =>
        void on.on(`${alias}.ORD_NO`, 't.ORD_NO').andOn(`${alias}.SEQ`, 't.SEQ').andOnVal(`${alias}.ATTR_CD`, name),
    );
  }
  return query
    .leftJoin(
      'SPECMN as gs',
      (on) => void on.on(knex.raw('gs."SPC_NO" = sn."ATTR_VAL"::bpchar')).andOn(isLive(knex, 'gs')),
    )
    .leftJoin('LABCD as gcd', 'gcd.TEST_CD', 't.ATTR_VAL')
    .leftJoin('DEPT as od', 'od.DEPT_CD', 'o.DEPT_CD')
    .select(knex.raw(`'1' as habit`), text(knex, 't.ORD_NO', 'key'), text(knex, 't.SEQ', 'sequence'))
    .select({
      status: 's.ATTR_VAL',
      code: 't.ATTR_VAL',
      name: 'gcd.TEST_DESC',
      time: 'w.ATTR_VAL',
      department: 'od.DEPT_CD',
    })
    .select({ typed: 'v.ATTR_VAL', unit: 'u.ATTR_VAL', low: 'lo.ATTR_VAL', high: 'hi.ATTR_VAL' })
    .select(text(knex, 'gs.SPC_NO', 'specimen'), sensitivity(knex, 'gcd'))
    .where({ 'o.FAC_CD': asked.facility, 'o.PT_NO': asked.number, 't.ATTR_CD': 'TEST' })
    .whereIn('t.ATTR_VAL', asked.codes)
    .whereRaw(`opt."DEL_FLG" is distinct from 'Y'`)
    .whereRaw('w."ATTR_VAL" collate "C" >= ?', [asked.fromTime])
    .orderByRaw('w."ATTR_VAL" collate "C" desc, t."ORD_NO" desc, t."SEQ" desc')
    .limit(asked.count);
}

const PATIENT_COLUMNS: readonly (readonly [column: string, name: string])[] = [
  ['p.PT_NM', 'name'],
  ['p.HOME_PH', 'home'],
  ['p.CELL_PH', 'cell'],
  ['p.EMAIL', 'email'],
  ['p.SEX_CD', 'sex'],
  ['p.DOB', 'born'],
  ['p.DOD', 'died'],
  ['p.MARITAL', 'marital'],
  ['p.LANG', 'language'],
  ['gp.PROV_NO', 'provider'],
  ['fac.DEPT_CD', 'facility'],
  ['p.LAST_UPD', 'updated'],
];

export function patientByKey(knex: Knex, facility: string, number: string): Knex.QueryBuilder {
  return knex('PATMAST as p')
    .leftJoin('PROVMST as gp', 'gp.PROV_NO', 'p.PCP_NO')
    .leftJoin('DEPT as fac', 'fac.DEPT_CD', 'p.FAC_CD')
    .select(PATIENT_COLUMNS.map(([column, name]) => text(knex, column, name)))
    .where({ 'p.FAC_CD': facility, 'p.PT_NO': number })
    .whereRaw(`p."DEL_FLG" is distinct from 'Y'`)
    .whereNull('p.MRG_NO')
    .first();
}

const ADDRESS_COLUMNS: readonly (readonly [column: string, name: string])[] = [
  ['a.ADDR_TYP', 'type'],
  ['a.ADDR_LN1', 'line1'],
  ['a.ADDR_LN2', 'line2'],
  ['a.CITY', 'city'],
  ['a.ST_CD', 'state'],
  ['a.ZIP', 'zip'],
  ['a.FROM_DT', 'from_day'],
  ['a.TO_DT', 'to_day'],
];

export function addressesOf(knex: Knex, facility: string, number: string): Knex.QueryBuilder {
  return knex('PATADDR as a')
    .select(ADDRESS_COLUMNS.map(([column, name]) => text(knex, column, name)))
    .where({ 'a.FAC_CD': facility, 'a.PT_NO': number })
    .orderBy('a.SEQ');
}

export function linksOf(knex: Knex, branch: string, key: string): Knex.QueryBuilder {
  return knex('fascia.person_member as m')
    .select('m.person', 'm.branch', 'm.key', 'm.is_primary', 'm.identifiers', 'm.candidates')
    .whereIn(
      'm.person',
      knex('fascia.person_member as hit').select('hit.person').where({ 'hit.branch': branch, 'hit.key': key }),
    )
    .orderBy(['m.person', 'm.position']);
}
