import { char, coded, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const LOCMST = table('LOCMST', {
  LOC_CD: text(),
  LOC_NM: text(),
  LOC_TYP: char(1),
  FN_CD: text(),
  PAR_LOC: text(),
  DEPT_CD: text(),
  LOC_PH: text(),
  BED_ST: char(3),
  CLS_DT: text(),
  DEL_TS: localTimestamp(HOSPITAL_ZONE),
});

export const STAYTYP = table('STAYTYP', { TYP_CD: text(), VLD_TO: integer(), TYP_DESC: text() });

export const STAY = table('STAY', {
  STAY_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  CLS_CD: coded(char(1), ['I', 'E', 'O', 'V', 'B']),
  TYP_CD: text(),
  DEPT_CD: text(),
  ARR_DT: integer(),
  ARR_TM: integer(),
  SRC_CD: char(2),
  RSN_TXT: text(),
  REC_ST: char(1),
  SENS_CD: char(3),
});

export const STAYSTAT = table(
  'STAYSTAT',
  {
    STAY_NO: integer(),
    CHG_TS: localTimestamp(HOSPITAL_ZONE),
    STAT_CD: char(2),
  },
  { key: ['STAY_NO', 'CHG_TS'] },
);

export const STAYMOVE = table('STAYMOVE', {
  STAY_NO: integer(),
  SEQ: integer(),
  LOC_CD: text(),
  MOVE_TS: localTimestamp(HOSPITAL_ZONE),
  PREV_SEQ: integer(),
});

export const STAYDIS = table('STAYDIS', {
  STAY_NO: integer(),
  DIS_DT: integer(),
  DIS_TM: integer(),
  DISPO_CD: char(3),
});

export const STAYPROV = table('STAYPROV', { STAY_NO: integer(), SEQ: integer(), ROLE_CD: char(3), PROV_NO: text() });
