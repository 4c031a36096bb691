import { char, localTimestamp, table, text } from 'fascia/mapping';
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
