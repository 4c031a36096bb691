import type { Patient } from '@medplum/fhirtypes';
import { documents, drugs, listed, orders, vitalSigns, type Addition } from './clinical-additions.ts';

/**
 * Adds a few rows to the legacy tables, at places all over their orders, some without the keys that pages are sorted by. To the rows of
 * other types nothing is added. No two calls may have the same turn: their rows would have the same keys.
 */
export const additions: Readonly<Record<string, (turn: number) => readonly Addition[]>> = {
  Patient: (turn) => [
    [
      'ehr',
      `insert into "PATMAST" ("FAC_CD", "PT_NO", "PT_NM", "PT_NM_SRCH", "SEX_CD", "DOB", "DEL_FLG", "LAST_UPD")
       select case when n % 2 = 0 then 'MG' else 'MW' end, lpad((${turn} * 7919 + n * 104729 + 100003)::text, 10, n::text), chr(65 + n) || 'ADDED^${turn}',
         chr(65 + n) || 'ADDED^${turn}', '1', case n % 3 when 0 then null when 1 then 0 else 19500101 + n * 50000 end, 'N',
         timestamp '2020-01-01' + n * interval '200 days' from generate_series(0, 8) n`,
    ],
    [
      'pharmacy',
      `insert into customer (cust_no, first_name, last_name, birth_date, gender, active)
       select ${turn} * 10 + n + 5000000 * (n % 2), 'A', chr(65 + n * 3) || 'added', case n % 3 when 0 then null else date '1950-01-01' + n * 3000 end, 'M', true
       from generate_series(0, 8) n on conflict do nothing`,
    ],
  ],
  Practitioner: (turn) => [
    [
      'ehr',
      `insert into "PROVMST" ("PROV_NO", "PROV_NM", "PROV_NM_SRCH", "ACTV_FLG") select chr(48 + n * 5) || 'X${turn}', chr(65 + n) || 'A^B', chr(65 + n) || 'A^B', 'Y' from generate_series(0, 8) n`,
    ],
    [
      'pharmacy',
      `insert into prescriber (prescriber_no, first_name, last_name, active) select ${turn} * 10 + n + 700000 * (n % 2), 'A', chr(65 + n), true from generate_series(0, 8) n on conflict do nothing`,
    ],
  ],
  Organization: (turn) => [
    [
      'ehr',
      `insert into "DEPT" ("DEPT_CD", "DEPT_NM", "DEPT_TYP", "ACTV_FLG") select chr(48 + n * 5) || 'X${turn}', case when n % 3 = 0 then null else chr(65 + n * 3) end, 'D', 'Y' from generate_series(0, 8) n`,
    ],
    [
      'pharmacy',
      `insert into store (store_no, name) select ${turn} * 10 + n, chr(65 + n * 3) from generate_series(0, 8) n on conflict do nothing`,
    ],
  ],
  Observation: (turn) => [
    resultsLike(`p."PT_NO" ~ '^[0-9]{10}$' and r."TEST_CD" = 'GLU'`, turn),
    [
      'ehr',
      `insert into "LABEAV" ("ORD_NO", "SEQ", "ATTR_CD", "ATTR_VAL") select g."ORD_NO", g."SEQ" + 100 + ${turn}, g."ATTR_CD", g."ATTR_VAL" from "LABEAV" g
       where (g."ORD_NO", g."SEQ") in (select v."ORD_NO", v."SEQ" from "LABEAV" v where v."ATTR_CD" = 'VALUE' and v."ATTR_VAL" ~ '^[0-9.]+$' order by 1 limit 5)
       and g."ATTR_CD" <> 'TIME' on conflict do nothing`,
    ],
    vitalSigns(turn),
  ],
  DiagnosticReport: (turn) => [documents(turn)],
  DocumentReference: (turn) => [documents(turn)],
  Condition: (turn) => [listed('PR', turn)],
  AllergyIntolerance: (turn) => [listed('AL', turn)],
  Flag: (turn) => [listed('AT', turn)],
  MedicationRequest: orders,
  Medication: drugs,
  MedicationDispense: (turn) => [dispensesLike('true', turn)],
};

/** Rows of one patient alone, in every registration that the patient has, at places all over the orders of their pages. */
export function additionsOf(person: Patient): (turn: number) => readonly Addition[] {
  const valuesOf = (system: string): readonly string[] =>
    (person.identifier ?? []).flatMap(({ system: of, value }) => (of?.endsWith(system) === true ? [value ?? ''] : []));
  const registrations = valuesOf('/sid/mrn').map((value) => `'${value}'`);
  const customers = valuesOf('/sid/customer');
  return (turn) => [
    resultsLike(`"FAC_CD" || '-' || "PT_NO" in (${registrations.join()})`, turn),
    ...customers.map((customer) => dispensesLike(`d.cust_no = ${customer}`, turn)),
  ];
}

/** Results with the keys of one turn, made from final ones that fit a condition. */
function resultsLike(condition: string, turn: number): Addition {
  return [
    'ehr',
    `insert into "LABRSLT" ("RSLT_SEQ", "ORD_NO", "FAC_CD", "PT_NO", "TEST_CD", "RSLT_TXT", "STAT_CD", "DRAW_DT", "DRAW_TM", "LOAD_TS")
     select (${turn} * 11 + n) * case when n % 2 = 0 then 1 else 900000001 end, "ORD_NO", "FAC_CD", "PT_NO", "TEST_CD", '5.' || n, 'F',
       case n % 4 when 0 then null when 1 then 0 else "DRAW_DT" end, "DRAW_TM", "LOAD_TS" - n * interval '100 days'
     from (select r.*, row_number() over () as n from "LABRSLT" r join "PATMAST" p using ("FAC_CD", "PT_NO")
           where r."STAT_CD" = 'F' and ${condition} limit 9) r on conflict do nothing`,
  ];
}

/** Dispenses with the keys of one turn, made from completed ones that fit a condition. */
function dispensesLike(condition: string, turn: number): Addition {
  return [
    'pharmacy',
    `insert into dispense (disp_id, cust_no, drug, status, handed_over_at, voided)
     select ${turn} * 10 + n + 1000000007::bigint * (n % 2), cust_no, 'Added', 'C', case when n % 3 = 0 then null else handed_over_at - n * interval '90 days' end, false
     from (select d.*, row_number() over () as n from dispense d where d.status = 'C' and ${condition} limit 9) d on conflict do nothing`,
  ];
}
