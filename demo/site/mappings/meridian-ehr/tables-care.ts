import { char, integer, table, text } from 'fascia/mapping';

export const SVCMST = table('SVCMST', {
  SVC_CD: text(),
  SVC_NM: text(),
  DEPT_CD: text(),
  CAT_CD: char(2),
  SPEC_CD: text(),
  LOC_CD: text(),
  SVC_PH: text(),
  APPT_FLG: char(1),
  OPEN_MSK: char(7),
  OPEN_TM: text(),
  CLOSE_TM: text(),
  RMK_TXT: text(),
  ACTV_FLG: char(1),
  DEL_CNT: integer(),
});

export const REFREQ = table('REFREQ', {
  REF_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  STAY_NO: integer(),
  KIND_CD: char(2),
  INT_CD: char(1),
  SVC_CD: text(),
  PRI_CD: integer(),
  RSN_TXT: text(),
  RSN_CODES: text(),
  REQ_NO: text(),
  REQ_DT: char(10),
  TO_DEPT: text(),
  TO_NO: text(),
  WISH_DT: char(10),
  NOTE_TXT: text(),
  SENS_CD: char(3),
  REM_RSN: text(),
});

export const REFHST = table(
  'REFHST',
  { REF_NO: integer(), SEQ: integer(), ST_CD: char(2) },
  { key: ['REF_NO', 'SEQ'] },
);
