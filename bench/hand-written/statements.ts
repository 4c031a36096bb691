/** The SQL of somebody who knows these tables: no more than the operations need. `name` makes it a prepared statement. */
export interface HandStatement {
  readonly name: string;
  readonly text: string;
}

/** A test that the catalogue does not have is restricted: it stands for a sensitivity that nobody knows. */
const sensitivity = (catalogue: string): string =>
  `case when ${catalogue}."TEST_CD" is null then '*' else ${catalogue}."SENS_CD"::text end`;

const RESULT_COLUMNS = `r."RSLT_SEQ"::text, r."STAT_CD"::text, r."TEST_CD"::text, cd."TEST_DESC"::text, pt."FAC_CD"::text, pt."PT_NO"::text,
  r."DRAW_DT"::text, r."DRAW_TM"::text, r."LOAD_TS"::text, pd."DEPT_CD"::text, vf."PROV_NO"::text, r."RSLT_TXT"::text, r."UNIT_CD"::text,
  r."ABN_FLG"::text, r."REF_LO"::text, r."REF_HI"::text, rs."SPC_NO"::text, ${sensitivity('cd')}`;

const RESULT_JOINS = `join "PATMAST" pt on pt."FAC_CD" = r."FAC_CD" and pt."PT_NO" = r."PT_NO" and pt."DEL_FLG" is distinct from 'Y'
  left join "LABCD" cd on cd."TEST_CD" = r."TEST_CD"
  left join "DEPT" pd on pd."DEPT_CD" = r."PERF_DEPT"
  left join "PROVMST" vf on vf."PROV_NO" = r."VERIF_NO"
  left join "SPECMN" rs on rs."SPC_NO" = r."SPC_NO" and rs."LIFE_N" is distinct from -1`;

const attribute = (alias: string, name: string): string =>
  `left join "LABEAV" ${alias} on ${alias}."ORD_NO" = t."ORD_NO" and ${alias}."SEQ" = t."SEQ" and ${alias}."ATTR_CD" = '${name}'`;

/** The columns of both habits stand in one row: LABEAV's are put where LABRSLT has the same. */
const GROUP_COLUMNS = `t."ORD_NO"::text, s."ATTR_VAL", t."ATTR_VAL", gcd."TEST_DESC", opt."FAC_CD"::text, opt."PT_NO"::text,
  w."ATTR_VAL", t."SEQ"::text, null, od."DEPT_CD", null, v."ATTR_VAL", u."ATTR_VAL", null, lo."ATTR_VAL", hi."ATTR_VAL", gs."SPC_NO"::text, ${sensitivity('gcd')}`;

/** Newest first. Parameters: facility, number, local codes, first YYYYMMDD, first time, limit. */
export const LABS: HandStatement = {
  name: 'labs',
  text: `(select '0', ${RESULT_COLUMNS}
    from "LABRSLT" r ${RESULT_JOINS}
    where r."FAC_CD" = $1 and r."PT_NO" = $2 and r."TEST_CD" = any($3::varchar[]) and r."DRAW_DT" >= $4::int4 and r."DRAW_DT" <> 99999999
      and r."SUPR_FLG" is distinct from 'Y'
    order by r."DRAW_DT" desc, coalesce(r."DRAW_TM", -1) desc, r."RSLT_SEQ" desc limit $6)
  union all (select '1', ${GROUP_COLUMNS}
    from "LABORD" o
    join "LABEAV" t on t."ORD_NO" = o."ORD_NO" and t."ATTR_CD" = 'TEST' and t."ATTR_VAL" = any($3::varchar[])
    join "PATMAST" opt on opt."FAC_CD" = o."FAC_CD" and opt."PT_NO" = o."PT_NO" and opt."DEL_FLG" is distinct from 'Y'
    join "LABEAV" w on w."ORD_NO" = t."ORD_NO" and w."SEQ" = t."SEQ" and w."ATTR_CD" = 'TIME' and w."ATTR_VAL" collate "C" >= $5
    ${attribute('v', 'VALUE')} ${attribute('u', 'UNIT')} ${attribute('s', 'STATUS')} ${attribute('lo', 'LOW')} ${attribute('hi', 'HIGH')} ${attribute('sn', 'SPEC')}
    left join "SPECMN" gs on gs."SPC_NO" = sn."ATTR_VAL"::bpchar and gs."LIFE_N" is distinct from -1
    left join "LABCD" gcd on gcd."TEST_CD" = t."ATTR_VAL"
    left join "DEPT" od on od."DEPT_CD" = o."DEPT_CD"
    where o."FAC_CD" = $1 and o."PT_NO" = $2
    order by w."ATTR_VAL" collate "C" desc, t."ORD_NO" desc, t."SEQ" desc limit $6)`,
};

/** Parameter: the result's number. */
export const RESULT: HandStatement = {
  name: 'result',
  text: `select '0', ${RESULT_COLUMNS} from "LABRSLT" r ${RESULT_JOINS} where r."RSLT_SEQ" = $1 and r."SUPR_FLG" is distinct from 'Y'`,
};

/** Parameters: facility, number. */
export const PATIENT: HandStatement = {
  name: 'patient',
  text: `select p."PT_NM", p."HOME_PH", p."CELL_PH", p."EMAIL", p."SEX_CD"::text, p."DOB"::text, p."DOD"::text, p."MARITAL"::text, p."LANG"::text,
      gp."PROV_NO", fac."DEPT_CD", p."LAST_UPD"::text
    from "PATMAST" p left join "PROVMST" gp on gp."PROV_NO" = p."PCP_NO" left join "DEPT" fac on fac."DEPT_CD" = p."FAC_CD"
    where p."FAC_CD" = $1 and p."PT_NO" = $2 and p."DEL_FLG" is distinct from 'Y' and p."MRG_NO" is null`,
};

/** Parameters: facility, number. */
export const ADDRESSES: HandStatement = {
  name: 'addresses',
  text: `select a."ADDR_TYP"::text, a."ADDR_LN1", a."ADDR_LN2", a."CITY", a."ST_CD"::text, a."ZIP", a."FROM_DT"::text, a."TO_DT"::text
    from "PATADDR" a where a."FAC_CD" = $1 and a."PT_NO" = $2 order by a."SEQ"`,
};

/** The link read of our own store: the persons of the members asked for. Parameters: branches and keys, as arrays. */
export const LINKS: HandStatement = {
  name: 'links',
  text: `select m.person, m.branch, m.key, m.is_primary, m.identifiers, m.candidates from fascia.person_member m where m.person in (
      select hit.person from unnest($1::text[], $2::text[]) as asked (branch, key) join fascia.person_member hit using (branch, key)
    ) order by m.person, m.position`,
};
