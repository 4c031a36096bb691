import { char, coded, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const PARTNER = table('PARTNER', {
  PRT_CD: text(),
  PRT_NM: text(),
  PRT_TYP: char(1),
  PRT_PH: text(),
  ADDR_LN: text(),
  CITY: text(),
  ST_CD: char(2),
  ZIP: text(),
  ACTV_FLG: char(1),
});

export const CONSNT = table('CONSNT', {
  CON_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  CON_TYP: char(2),
  ST_CD: char(1),
  DEC_CD: coded(char(1), ['Y', 'N']),
  PRT_CD: text(),
  SGN_TS: localTimestamp(HOSPITAL_ZONE),
  EFF_DT: integer(),
  EXP_DT: integer(),
  REV_DT: integer(),
  POL_CD: char(2),
  PUR_CD: char(2),
  SENS_CD: char(3),
  REL_NO: integer(),
  DEPT_CD: text(),
  VOID_TS: localTimestamp(HOSPITAL_ZONE),
});
