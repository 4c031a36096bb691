import type { ScratchKind } from './scratch.ts';

/** Rows that are added to one database, by SQL. */
export type Addition = readonly [ScratchKind, string];

/** New keys all over a table, whatever was added before: one after the last key of each part, so far behind it. */
function keysIn(
  table: string,
  key: string,
  { parts = 9, behind }: { readonly parts?: number; readonly behind: number },
): string {
  return `(select n, max(key) + ${behind} as key
           from (select "${key}" as key, ntile(${parts}) over (order by "${key}") as n from "${table}") t group by n) k`;
}

/** Numbered registrations that are not deleted: others at each turn. */
function patientsAt(turn: number): string {
  return `(select "FAC_CD", "PT_NO", row_number() over (order by md5("PT_NO" || '${turn}')) as n from "PATMAST"
           where "DEL_FLG" is distinct from 'Y' and "PT_NO" ~ '^[0-9]{10}$') p`;
}

/** Rows of which each is an Observation for each of its signs, some without a time. */
export function vitalSigns(turn: number): Addition {
  return [
    'ehr',
    `insert into "VITALS" ("VIT_NO", "FAC_CD", "PT_NO", "MEAS_TS", "PULSE", "RESP", "TEMP", "TEMP_U", "SPO2", "SYST", "DIAST", "WGT", "WGT_U", "ERR_FLG")
     select key, "FAC_CD", "PT_NO", case n % 3 when 0 then null else timestamp '2023-01-15 10:00' + n * interval '150 days' + ${turn} * interval '1 hour' end,
       60 + n, case n % 2 when 0 then null else 16 end, 37.1, 'C', 98, 120 + n, case n % 2 when 0 then null else 80 end, 70, 'kg', case n % 2 when 0 then 'N' end
     from ${keysIn('VITALS', 'VIT_NO', { parts: 5, behind: 1200 })} join ${patientsAt(turn)} using (n)
     on conflict do nothing`,
  ];
}

/** Entries of one kind in the list that problems, allergies and alerts share, and one of each other kind. */
export function listed(kind: 'PR' | 'AL' | 'AT', turn: number): Addition {
  return [
    'ehr',
    `insert into "PRBLST" ("PRB_NO", "REC_TYP", "FAC_CD", "PT_NO", "CODES", "ALR_CD", "DESC_TXT", "CLIN_ST", "VER_ST", "ONS_DT", "REC_DT")
     select key, kind, "FAC_CD", "PT_NO", case kind when 'PR' then 'ICD10:I10;SNOMED:38341003' when 'AL' then 'RXN:7980' end,
       case kind when 'AT' then 'FALL' end, 'Added ' || n, case n % 3 when 0 then 'I' else 'A' end, case n % 4 when 0 then 'P' else 'C' end,
       case n % 3 when 0 then null when 1 then '0000-00-00' else to_char(date '2020-01-01' + n::int * 250 + ${turn}, 'YYYY-MM-DD') end,
       case n % 4 when 0 then null when 1 then 0 else 20140101 + n * 10000 end
     from (select *, case n when 7 then 'PR' when 8 then 'NK' when 9 then 'AT' else '${kind}' end as kind
           from ${keysIn('PRBLST', 'PRB_NO', { behind: 30 })}) k join ${patientsAt(turn)} using (n)
     on conflict do nothing`,
  ];
}

/** Orders with several changes of status or none, some without a code or a time, and changes that leave other orders as they are. */
export function orders(turn: number): readonly Addition[] {
  return [
    [
      'ehr',
      `with added as (
         insert into "MEDORD" ("ORD_NO", "FAC_CD", "PT_NO", "SET_CD", "INT_CD", "RPT_FLG", "DRUG_CD", "DRUG_TXT", "DOSE_TXT", "DOSE_U", "FRQ_CD", "ORD_TS", "ROW_END")
         select key, "FAC_CD", "PT_NO", case n % 3 when 0 then 'I' when 1 then 'C' else 'D' end, case n % 4 when 0 then 'P' else 'O' end, 'N',
           case n % 3 when 0 then null when 1 then 'LIS10' else 'MET500' end, 'Added', '1', 'TAB', 'QD',
           case n % 4 when 1 then null else to_char(timestamp '2021-03-20 09:00' + n * interval '200 days' + ${turn} * interval '1 minute', 'YYYYMMDDHH24MISS') end,
           99999999
         from ${keysIn('MEDORD', 'ORD_NO', { behind: 60 })} join ${patientsAt(turn)} using (n)
         on conflict do nothing returning "ORD_NO")
       insert into "MEDSTAT" ("ORD_NO", "CHG_SEQ", "CHG_KIND", "CHG_TS", "ST_CD")
       select "ORD_NO", seq, case seq when 4 then 'V' else 'S' end, timestamp '2026-01-01', (array['DR', 'AC', 'HO', null])[seq]
       from added cross join generate_series(1, 4) seq where "ORD_NO" % 5 >= seq`,
    ],
    [
      'ehr',
      `insert into "MEDSTAT" ("ORD_NO", "CHG_SEQ", "CHG_KIND", "CHG_TS", "ST_CD", "RSN_CD")
       select "ORD_NO", "CHG_SEQ" + 1, case when "ORD_NO" % 2 = 0 then 'V' else 'S' end, "CHG_TS", "ST_CD", "RSN_CD"
       from (select distinct on ("ORD_NO") * from "MEDSTAT" order by "ORD_NO", "CHG_SEQ" desc) newest
       where "CHG_KIND" = 'S' order by md5("ORD_NO"::text || '${turn}') limit 9`,
    ],
  ];
}

/** Documents with their text, some in two versions, some without a time or a signature. */
export function documents(turn: number): Addition {
  return [
    'ehr',
    `with added as (
       insert into "DOCHDR" ("DOC_NO", "ACC_NO", "VER_NO", "FAC_CD", "PT_NO", "SECT_CD", "EXM_CD", "TTL_TXT", "STAT_CD", "EXM_DTM", "SIGN_TS")
       select key + version, 'A' || key, version, "FAC_CD", "PT_NO", case n % 2 when 0 then 'NOT' else 'RAD' end, case n % 2 when 0 then 'DSUM' else 'CXR2' end,
         'Added', case version when 2 then 'C' else 'F' end,
         case n % 4 when 0 then null when 1 then '000000000000' else to_char(timestamp '2026-03-20 09:00' + n * interval '30 days' - ${turn} * interval '1 hour', 'YYYYMMDDHH24MI') end,
         case n % 3 when 0 then null else timestamp '2022-03-20 09:00' + n * interval '180 days' + ${turn} * interval '1 minute' end
       from ${keysIn('DOCHDR', 'DOC_NO', { behind: 4 })} join ${patientsAt(turn)} using (n) cross join generate_series(1, 2) version
       where version = 1 or n % 3 > 0
       on conflict do nothing returning "DOC_NO")
     insert into "DOCLN" ("DOC_NO", "LN_NO", "LN_TXT") select "DOC_NO", 10, 'Added.' from added`,
  ];
}

/** Drugs of up to three versions, of some of which the newest was withdrawn; and versions that leave other drugs as they are. */
export function drugs(turn: number): readonly Addition[] {
  return [
    [
      'ehr',
      `insert into "DRUGMST" ("DRUG_CD", "VER_NO", "DRUG_NM", "RXN_CD", "FORM_CD", "STK_CD", "WDR_FLG")
       select chr(62 + n * 3) || 'N' || ${turn}, version, 'Added ' || version, case n % 3 when 0 then null else (6800 + n)::text end,
         case n % 2 when 0 then null else 'TAB' end, case n % 3 when 1 then null else 'A' end, case when n % 2 = 0 and version = 2 then 'Y' end
       from generate_series(1, 9) n cross join generate_series(1, 3) version where version = 1 or n % 3 + 1 >= version`,
    ],
    [
      'ehr',
      `insert into "DRUGMST" ("DRUG_CD", "VER_NO", "DRUG_NM", "RXN_CD", "FORM_CD", "STK_CD", "WDR_FLG", "SENS_CD")
       select d."DRUG_CD", newest."VER_NO" + 1, d."DRUG_NM", d."RXN_CD", d."FORM_CD", d."STK_CD", case when md5(d."DRUG_CD" || '${turn}') > '8' then 'Y' end, d."SENS_CD"
       from (select distinct on ("DRUG_CD") * from "DRUGMST" where "WDR_FLG" is distinct from 'Y' order by "DRUG_CD", "VER_NO" desc) d
       join (select "DRUG_CD", max("VER_NO") as "VER_NO" from "DRUGMST" group by "DRUG_CD") newest using ("DRUG_CD")
       order by md5('${turn}' || d."DRUG_CD") limit 9`,
    ],
  ];
}
