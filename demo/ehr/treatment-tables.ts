import type { TableDefinition } from '../load/table.ts';

export const IMMHST: TableDefinition = {
  name: 'IMMHST',
  meaning: 'Vaccinations, given here or told by others',
  key: ['IMM_NO'],
  columns: [
    ['IMM_NO', 'bigint', 'Number of the entry'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['CVX_CD', 'varchar(3)', 'Vaccine, CVX; null: text alone'],
    ['VAC_TXT', 'varchar(60)', 'Vaccine, as typed'],
    ['STAT_CD', 'char(1)', 'C completed, N not done, E entered in error'],
    ['RSN_CD', 'char(2)', 'Why not done: PO objection, IM immune, OS out of stock'],
    ['GIV_DT', 'char(8)', 'Given YYYYMMDD; MM or DD 00: that part is unknown; null: unknown'],
    ['OWN_FLG', 'char(1)', 'Y from our own record, N told by others; null: not known'],
    ['LOT_NO', 'varchar(20)', 'Lot'],
    ['EXP_DT', 'char(8)', 'Lot expires YYYYMMDD'],
    ['SITE_CD', 'char(2)', 'Site: LA, RA'],
    ['DOSE_ML', 'numeric(6,3)', 'Dose in mL'],
    ['GIV_BY', 'varchar(6)', 'Given by, PROVMST.PROV_NO; may lead nowhere'],
    ['LOC_CD', 'varchar(10)', 'Given where, LOCMST.LOC_CD; may lead nowhere'],
    ['ARC_FLG', 'smallint', '1: archived as a double, must not be shown; 0: live'],
  ],
  indexes: [
    { name: 'IMMHST_PT', on: '"FAC_CD", "PT_NO", "GIV_DT" collate "C", "IMM_NO"' },
    { name: 'IMMHST_DT', on: '"GIV_DT" collate "C", "IMM_NO"' },
    { name: 'IMMHST_CVX', on: '"CVX_CD", "IMM_NO"' },
    { name: 'IMMHST_LOT', on: 'lower("LOT_NO") collate "C"' },
  ],
};

export const PROCCD: TableDefinition = {
  name: 'PROCCD',
  meaning: 'Catalogue of procedures; codes in use may be missing',
  key: ['PROC_CD'],
  columns: [
    ['PROC_CD', 'varchar(8)', 'Code'],
    ['PROC_DESC', 'varchar(60)', 'Description'],
    ['SENS_CD', 'char(3)', 'Sensitivity, like PRBLST.SENS_CD; null: ordinary'],
  ],
  indexes: [],
};

export const PROCLOG: TableDefinition = {
  name: 'PROCLOG',
  meaning: 'Procedures',
  key: ['PRC_NO'],
  columns: [
    ['PRC_NO', 'bigint', 'Number of the entry'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'STAY.STAY_NO; null: none; may lead to a deleted one'],
    ['PROC_CD', 'varchar(8)', 'Procedure, PROCCD.PROC_CD'],
    [
      'STAT_CD',
      'char(1)',
      'P preparation, I in progress, C completed, S stopped, N not done, X entered in error; null: not known',
    ],
    ['BEG_TS', 'timestamp(0)', 'Begin, local time of the hospital; null: unknown'],
    ['END_TS', 'timestamp(0)', 'End, local time of the hospital; null: unknown, or not over'],
    ['DONE_BY', 'varchar(6)', 'PROVMST.PROV_NO; may lead nowhere'],
    ['OUT_TXT', 'varchar(80)', 'Outcome, as typed'],
    ['RMK_TXT', 'varchar(200)', 'Remark, as typed'],
    ['CAN_FLG', 'boolean', 'True: never booked, must not be shown'],
  ],
  indexes: [
    { name: 'PROCLOG_PT', on: '"FAC_CD", "PT_NO", "BEG_TS", "PRC_NO"' },
    { name: 'PROCLOG_BEG', on: '"BEG_TS", "PRC_NO"' },
    { name: 'PROCLOG_CD', on: '"PROC_CD", "PRC_NO"' },
    { name: 'PROCLOG_STAY', on: '"STAY_NO"' },
  ],
};
