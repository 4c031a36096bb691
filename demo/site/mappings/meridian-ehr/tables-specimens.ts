import { alias, char, integer, isFlag, localTimestamp, not, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const SPECMN = table('SPECMN', {
  SPC_NO: char(16),
  ACC_NO: text(),
  ORD_NO: integer(),
  PAR_NO: char(16),
  FAC_CD: char(2),
  PT_NO: char(10),
  TYP_CD: text(),
  SITE_CD: text(),
  TUBE_CD: text(),
  COL_DT: integer(),
  COL_TM: integer(),
  COL_NO: text(),
  RCV_TS: localTimestamp(HOSPITAL_ZONE),
  COND_CD: char(3),
  ST_CD: char(1),
  NOTE_TXT: text(),
  LIFE_N: integer(),
});

/** Specimens that were not struck out. */
export const specimenAlias = (name: string) => alias(name, SPECMN, { live: (row) => not(isFlag(row.LIFE_N, '-1')) });
