import type { TableDefinition } from '../load/table.ts';

/** Where patients are: sites, wards, rooms and beds. */
export const LOCMST: TableDefinition = {
  name: 'LOCMST',
  meaning: 'Location master',
  key: ['LOC_CD'],
  columns: [
    ['LOC_CD', 'varchar(10)', 'Location code'],
    ['LOC_NM', 'varchar(60)', 'Name; null: it has none'],
    ['LOC_TYP', 'char(1)', 'S site, W ward, R room, B bed, X anything else'],
    ['FN_CD', 'varchar(6)', 'Function: INP, ICU, ED, CARD, PSY, PED, OPD'],
    ['PAR_LOC', 'varchar(10)', 'The location around it, LOCMST.LOC_CD; may lead nowhere'],
    ['DEPT_CD', 'varchar(8)', 'Department that runs it, DEPT.DEPT_CD; may lead nowhere'],
    ['LOC_PH', 'varchar(24)', 'Telephone, as typed'],
    ['BED_ST', 'char(3)', 'Beds: OCC, FRE, CLN (being cleaned), ISO, CLO; blank: no bed'],
    ['CLS_DT', 'varchar(10)', 'Closed since YYYY-MM-DD; 0000-00-00 and null: open'],
    ['DEL_TS', 'timestamp(0)', 'Deleted at, local time of the hospital; null: live'],
  ],
  indexes: [
    { name: 'LOCMST_NM', on: 'lower("LOC_NM") collate "C"' },
    { name: 'LOCMST_PAR', on: '"PAR_LOC"' },
  ],
};

export const STAYTYP: TableDefinition = {
  name: 'STAYTYP',
  meaning: 'Kinds of stays; a code may have been used for something else before',
  key: ['TYP_CD', 'VLD_FROM'],
  columns: [
    ['TYP_CD', 'varchar(6)', 'Code'],
    ['VLD_FROM', 'integer', 'First day of this meaning YYYYMMDD'],
    ['VLD_TO', 'integer', 'Last day of this meaning; 99999999: the meaning that counts; at most one per code'],
    ['TYP_DESC', 'varchar(60)', 'Description'],
  ],
  indexes: [],
};

export const STAY: TableDefinition = {
  name: 'STAY',
  meaning: 'Stays in the hospital, emergency calls and visits: one row each, written on arrival and never changed',
  key: ['STAY_NO'],
  columns: [
    ['STAY_NO', 'bigint', 'Stay number'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['CLS_CD', 'char(1)', 'I in-patient, E emergency, O out-patient, V by video, B observation'],
    ['TYP_CD', 'varchar(6)', 'Kind of stay, STAYTYP.TYP_CD; null: not said'],
    ['DEPT_CD', 'varchar(8)', 'Department, DEPT.DEPT_CD; may lead nowhere'],
    ['ARR_DT', 'integer', 'Date of arrival YYYYMMDD'],
    ['ARR_TM', 'integer', 'Time of arrival HHMMSS, local'],
    ['SRC_CD', 'char(2)', 'Came from: ER, GP, HT, NH, WI'],
    ['RSN_TXT', 'varchar(120)', 'Reason, as typed'],
    ['REC_ST', 'char(1)', 'State of the row: A active, Z deleted'],
    ['SENS_CD', 'char(3)', 'Sensitivity like PRBLST.SENS_CD; null: as any other'],
  ],
  indexes: [
    { name: 'STAY_PT', on: '"FAC_CD", "PT_NO", "ARR_DT", "ARR_TM", "STAY_NO"' },
    { name: 'STAY_ARR', on: '"ARR_DT", "ARR_TM", "STAY_NO"' },
    { name: 'STAY_CLS', on: '"CLS_CD", "STAY_NO"' },
    { name: 'STAY_TYP', on: '"TYP_CD", "STAY_NO"' },
    { name: 'STAY_DEPT', on: '"DEPT_CD", "STAY_NO"' },
  ],
};

export const STAYSTAT: TableDefinition = {
  name: 'STAYSTAT',
  meaning: 'History of the status of stays; the newest row counts',
  key: ['STAY_NO', 'CHG_TS'],
  columns: [
    ['STAY_NO', 'bigint', 'STAY.STAY_NO'],
    ['CHG_TS', 'timestamp(0)', 'Since when, local time of the hospital'],
    ['STAT_CD', 'char(2)', 'AR arrived, IN in progress, LV on leave, FI finished, CX cancelled'],
  ],
  indexes: [{ name: 'STAYSTAT_ST', on: '"STAT_CD", "STAY_NO", "CHG_TS"' }],
};

export const STAYMOVE: TableDefinition = {
  name: 'STAYMOVE',
  meaning: 'Movements of stays from place to place',
  key: ['STAY_NO', 'SEQ'],
  columns: [
    ['STAY_NO', 'bigint', 'STAY.STAY_NO'],
    ['SEQ', 'smallint', 'Order of the movements, from 1'],
    ['MOVE_TYP', 'char(1)', 'A admission, T transfer, D discharge'],
    ['LOC_CD', 'varchar(10)', 'Where to, LOCMST.LOC_CD; null with D; may lead nowhere'],
    ['MOVE_TS', 'timestamp(0)', 'When, local time of the hospital'],
    ['PREV_SEQ', 'smallint', 'SEQ of the movement that this one ended; null: the first'],
  ],
  indexes: [
    { name: 'STAYMOVE_PREV', on: '"STAY_NO", "PREV_SEQ"', unique: true },
    { name: 'STAYMOVE_LOC', on: '"LOC_CD", "STAY_NO"' },
  ],
};

export const STAYDIS: TableDefinition = {
  name: 'STAYDIS',
  meaning: 'Discharges: one row when the patient has left',
  key: ['STAY_NO'],
  columns: [
    ['STAY_NO', 'bigint', 'STAY.STAY_NO'],
    ['DIS_DT', 'integer', 'Date YYYYMMDD'],
    ['DIS_TM', 'integer', 'Time HHMMSS, local'],
    ['DISPO_CD', 'char(3)', 'Where to: HOM, SNF, RHB, AMA, EXP, OTH; null: not said'],
  ],
  indexes: [{ name: 'STAYDIS_DT', on: '"DIS_DT", "DIS_TM", "STAY_NO"' }],
};

export const STAYPROV: TableDefinition = {
  name: 'STAYPROV',
  meaning: 'Providers of stays',
  key: ['STAY_NO', 'SEQ'],
  columns: [
    ['STAY_NO', 'bigint', 'STAY.STAY_NO'],
    ['SEQ', 'smallint', 'Order, from 1'],
    ['ROLE_CD', 'char(3)', 'ATT attending, ADM admitting, CON consulting'],
    ['PROV_NO', 'varchar(6)', 'PROVMST.PROV_NO; may lead nowhere'],
  ],
  indexes: [{ name: 'STAYPROV_PROV', on: '"PROV_NO", "STAY_NO"' }],
};
