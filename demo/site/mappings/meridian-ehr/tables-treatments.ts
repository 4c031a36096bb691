import { boolean, char, decimal, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const IMMHST = table('IMMHST', {
  IMM_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  CVX_CD: text(),
  VAC_TXT: text(),
  STAT_CD: char(1),
  RSN_CD: char(2),
  GIV_DT: char(8),
  OWN_FLG: char(1),
  LOT_NO: text(),
  EXP_DT: char(8),
  SITE_CD: char(2),
  DOSE_ML: decimal(),
  GIV_BY: text(),
  LOC_CD: text(),
  ARC_FLG: integer(),
});

export const PROCCD = table('PROCCD', { PROC_CD: text(), PROC_DESC: text(), SENS_CD: char(3) });

export const PROCLOG = table('PROCLOG', {
  PRC_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  STAY_NO: integer(),
  PROC_CD: text(),
  STAT_CD: char(1),
  BEG_TS: localTimestamp(HOSPITAL_ZONE),
  END_TS: localTimestamp(HOSPITAL_ZONE),
  DONE_BY: text(),
  OUT_TXT: text(),
  RMK_TXT: text(),
  CAN_FLG: boolean(),
});
