import { char, integer, table, text } from 'fascia/mapping';

export const PRBLST = table('PRBLST', {
  PRB_NO: integer(),
  REC_TYP: char(2),
  FAC_CD: char(2),
  PT_NO: char(10),
  STAY_NO: integer(),
  CODES: text(),
  ALR_CD: char(4),
  DESC_TXT: text(),
  CLIN_ST: char(1),
  VER_ST: char(1),
  CAT_CD: char(1),
  CRIT_CD: char(1),
  RCT_CD: char(4),
  RCT_SEV: char(1),
  ONS_DT: text(),
  ABT_DT: text(),
  REC_DT: integer(),
  REC_BY: text(),
  SENS_CD: char(3),
  VOID_DT: text(),
});
