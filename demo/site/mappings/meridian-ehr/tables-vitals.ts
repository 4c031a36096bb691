import { char, decimal, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const VITALS = table('VITALS', {
  VIT_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  MEAS_TS: localTimestamp(HOSPITAL_ZONE),
  PULSE: integer(),
  RESP: integer(),
  TEMP: decimal(),
  TEMP_U: char(1),
  SPO2: integer(),
  SYST: integer(),
  DIAST: integer(),
  WGT: decimal(),
  WGT_U: text(),
  HGT: decimal(),
  HGT_U: text(),
  BMI: decimal(),
  ENT_NO: text(),
  ERR_FLG: char(1),
  VOID_BY: text(),
});
