import type { TableDefinition } from '../load/table.ts';

export const DRUGMST: TableDefinition = {
  name: 'DRUGMST',
  meaning: 'Formulary: versions of what a drug code means; the newest that was not withdrawn counts',
  key: ['DRUG_CD', 'VER_NO'],
  columns: [
    ['DRUG_CD', 'varchar(8)', 'Drug code'],
    ['VER_NO', 'smallint', 'Version, from 1'],
    ['DRUG_NM', 'varchar(80)', 'Name'],
    ['RXN_CD', 'varchar(12)', 'RxNorm; null: none'],
    ['FORM_CD', 'char(3)', 'TAB, CAP, INJ, SOL, BAG; null: not said'],
    ['STK_CD', 'char(1)', 'A on the shelf, I no longer; null: not said'],
    ['WDR_FLG', 'char(1)', 'Y: this version was withdrawn; anything else: it was not'],
    ['SENS_CD', 'char(3)', 'Sensitivity, like PRBLST.SENS_CD; null: ordinary'],
  ],
  indexes: [{ name: 'DRUGMST_RXN', on: '"RXN_CD"' }],
};

export const DRUGING: TableDefinition = {
  name: 'DRUGING',
  meaning: 'What mixtures are made of',
  key: ['DRUG_CD', 'SEQ'],
  columns: [
    ['DRUG_CD', 'varchar(8)', 'DRUGMST.DRUG_CD'],
    ['SEQ', 'smallint', 'Order of the ingredients, from 1'],
    ['ING_NM', 'varchar(40)', 'Name'],
    ['RXN_CD', 'varchar(12)', 'RxNorm; null: none'],
    ['ACT_FLG', 'char(1)', 'Y works, N carries; null: not said'],
    ['AMT_N', 'numeric(10,3)', 'So much of it; null: the recipe does not say'],
    ['AMT_U', 'char(4)', 'MG, GM, MEQ'],
    ['VOL_N', 'numeric(10,3)', 'in so much'],
    ['VOL_U', 'char(4)', 'ML, VIAL'],
  ],
  indexes: [{ name: 'DRUGING_RXN', on: '"RXN_CD", "DRUG_CD"' }],
};

export const FRQMST: TableDefinition = {
  name: 'FRQMST',
  meaning: 'How often: the abbreviations of the house; some in use may be missing',
  key: ['FRQ_CD'],
  columns: [
    ['FRQ_CD', 'varchar(6)', 'Abbreviation'],
    ['FRQ_NM', 'varchar(40)', 'In words'],
    ['TM_CNT', 'smallint', 'So many times; null: it cannot be counted'],
    ['PER_CNT', 'smallint', 'in so many'],
    ['PER_U', 'char(1)', 'D days, H hours, W weeks'],
  ],
  indexes: [],
};

export const MEDORD: TableDefinition = {
  name: 'MEDORD',
  meaning: 'Orders of drugs, in the ward and for home: written once; what becomes of them stands in MEDSTAT',
  key: ['ORD_NO'],
  columns: [
    ['ORD_NO', 'bigint', 'Order number'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'Stay, STAY.STAY_NO; null: in none'],
    ['SET_CD', 'char(1)', 'I in the ward, D at the discharge, C for home, O as an out-patient'],
    ['INT_CD', 'char(1)', 'O an order, P what somebody takes and nobody here ordered'],
    ['RPT_FLG', 'char(1)', 'Y told by the patient or others, N by the prescriber; null: not said'],
    ['DRUG_CD', 'varchar(8)', 'DRUGMST.DRUG_CD; null: text alone'],
    ['DRUG_TXT', 'varchar(80)', 'Drug, as typed; null: the code says it'],
    ['DOSE_TXT', 'varchar(12)', 'Dose, as typed: 1, 0,5, 1-2; null: none'],
    ['DOSE_U', 'char(5)', 'TAB, CAP, MG, GM, ML, UNT; blank: none'],
    ['RTE_CD', 'char(3)', 'PO, IV, SC, NG, SWS; others occur'],
    ['FRQ_CD', 'varchar(6)', 'How often, FRQMST.FRQ_CD; may lead nowhere'],
    ['PRN_FLG', 'char(1)', 'Y as needed, N regularly; blank: not said'],
    ['SIG_TXT', 'varchar(80)', 'Directions in abbreviations, as typed'],
    ['IND_TXT', 'varchar(60)', 'What it is for, as typed'],
    ['ORD_TS', 'char(14)', 'Ordered at, YYYYMMDDHHMMSS, local'],
    ['STRT_DT', 'integer', 'First day YYYYMMDD; 99999999: not said'],
    ['STOP_DT', 'varchar(10)', 'Last day YYYY-MM-DD; 0000-00-00, blank, null: none'],
    ['PROV_NO', 'varchar(6)', 'Ordered by, PROVMST.PROV_NO; may lead nowhere'],
    ['REPL_NO', 'bigint', 'The order that this one takes the place of, MEDORD.ORD_NO'],
    ['RFL_CNT', 'smallint', 'Refills that are allowed'],
    ['QTY_N', 'numeric(10,3)', 'To be handed out at a time'],
    ['SUP_DAYS', 'smallint', 'Days that it should last'],
    ['NOTE_TXT', 'varchar(120)', 'Remark'],
    ['ROW_END', 'integer', '99999999: live; a date YYYYMMDD: taken back on that day, must not be shown'],
  ],
  indexes: [
    { name: 'MEDORD_PT', on: '"FAC_CD", "PT_NO", "ORD_TS", "ORD_NO"' },
    { name: 'MEDORD_TS', on: '"ORD_TS", "ORD_NO"' },
    { name: 'MEDORD_DRUG', on: '"DRUG_CD", "ORD_NO"' },
    { name: 'MEDORD_STAY', on: '"STAY_NO", "ORD_NO"' },
    { name: 'MEDORD_SET', on: '"SET_CD", "ORD_NO"' },
    { name: 'MEDORD_INT', on: '"INT_CD", "ORD_NO"' },
    { name: 'MEDORD_PROV', on: '"PROV_NO", "ORD_NO"' },
  ],
};

export const MEDSTAT: TableDefinition = {
  name: 'MEDSTAT',
  meaning: 'What became of orders of drugs: of the changes of status the one with the highest number counts',
  key: ['ORD_NO', 'CHG_SEQ'],
  columns: [
    ['ORD_NO', 'bigint', 'MEDORD.ORD_NO'],
    ['CHG_SEQ', 'smallint', 'Order of the changes, from 1'],
    ['CHG_KIND', 'char(1)', 'S a change of status, V looked at by the pharmacist: no change'],
    ['CHG_TS', 'timestamp(0)', 'When, local time of the hospital (not served)'],
    [
      'ST_CD',
      'char(2)',
      'DR draft, AC active, HO on hold, DC stopped, CM completed, CX cancelled, ER entered in error',
    ],
    ['RSN_CD', 'char(2)', 'Why: HA, AL, IN, DU, SE, SU, LV, TX; null: not said'],
  ],
  indexes: [{ name: 'MEDSTAT_ST', on: '"ST_CD", "ORD_NO", "CHG_SEQ"' }],
};

export const MEDADM: TableDefinition = {
  name: 'MEDADM',
  meaning: 'The chart of the ward: doses that were given, held, refused or missed; the patient is that of the order',
  key: ['ADM_NO'],
  columns: [
    ['ADM_NO', 'bigint', 'Number of the entry'],
    ['ORD_NO', 'bigint', 'MEDORD.ORD_NO'],
    ['SCAN_CD', 'varchar(8)', 'Product that was scanned, DRUGMST.DRUG_CD; null: none'],
    ['DRUG_TXT', 'varchar(80)', 'Drug, as typed where nothing was scanned'],
    ['ADM_TS', 'timestamp(0)', 'When, local time of the hospital; null: not charted'],
    [
      'ADM_CD',
      'char(1)',
      'G given, P running, H held, R refused, M missed, S broken off, E charted in error; null: not said',
    ],
    ['RSN_CD', 'char(5)', 'Why not: NPO, LOWBP, AWAY, NAUS; blank: not said'],
    ['DOSE_TXT', 'varchar(12)', 'Dose, as typed'],
    ['DOSE_U', 'char(5)', 'Like MEDORD.DOSE_U'],
    ['RTE_CD', 'char(3)', 'Like MEDORD.RTE_CD'],
    ['SITE_CD', 'char(3)', 'LA left arm, RA right arm; others occur'],
    ['NRS_NO', 'varchar(6)', 'Charted by, PROVMST.PROV_NO; may lead nowhere'],
    ['NOTE_TXT', 'varchar(120)', 'Remark'],
    ['UNDO_NO', 'bigint', 'The entry of the log that undid this one: must not be shown; null: live'],
  ],
  indexes: [
    { name: 'MEDADM_ORD', on: '"ORD_NO", "ADM_TS", "ADM_NO"' },
    { name: 'MEDADM_TS', on: '"ADM_TS", "ADM_NO"' },
    { name: 'MEDADM_SCAN', on: '"SCAN_CD", "ADM_NO"' },
    { name: 'MEDADM_CD', on: '"ADM_CD", "ADM_NO"' },
    { name: 'MEDADM_NRS', on: '"NRS_NO", "ADM_NO"' },
  ],
};

export const HOMELST: TableDefinition = {
  name: 'HOMELST',
  meaning: 'What is said on arrival that a patient takes: a list; its lines stand in HOMELN',
  key: ['LST_NO'],
  columns: [
    ['LST_NO', 'bigint', 'Number of the list'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'Stay, STAY.STAY_NO'],
    ['ASK_TS', 'timestamp(0)', 'Asked at, local time of the hospital'],
    ['SRC_CD', 'char(1)', 'P the patient said it, R a relative, C the pharmacy or the practice; null: not noted'],
    ['REL_NO', 'bigint', 'With R: PATREL.REL_NO; may lead nowhere'],
    ['REPL_NO', 'bigint', 'The list that this one takes the place of, which must not be shown any more'],
  ],
  indexes: [
    { name: 'HOMELST_PT', on: '"FAC_CD", "PT_NO", "ASK_TS", "LST_NO"' },
    { name: 'HOMELST_REPL', on: '"REPL_NO"', unique: true },
    { name: 'HOMELST_STAY', on: '"STAY_NO", "LST_NO"' },
    { name: 'HOMELST_REL', on: '"REL_NO", "LST_NO"' },
  ],
};

export const HOMELN: TableDefinition = {
  name: 'HOMELN',
  meaning: 'Lines of the lists of HOMELST',
  key: ['LST_NO', 'LN_NO'],
  columns: [
    ['LST_NO', 'bigint', 'HOMELST.LST_NO'],
    ['LN_NO', 'smallint', 'Order of the lines, from 1'],
    [
      'CODES',
      'varchar(120)',
      'LABEL:code;LABEL:code; RXN RxNorm, NDC, LOC our own; other labels occur; null: words alone',
    ],
    ['DRUG_TXT', 'varchar(80)', 'Drug, as said'],
    [
      'TAK_CD',
      'char(1)',
      'T takes it, N does not, S has stopped, H pauses, U nobody knows, E noted in error; null: not asked',
    ],
    ['WHY_TXT', 'varchar(60)', 'Why not, as said'],
    ['DOSE_TXT', 'varchar(12)', 'Dose, as said'],
    ['DOSE_U', 'char(5)', 'Like MEDORD.DOSE_U'],
    ['RTE_CD', 'char(3)', 'Like MEDORD.RTE_CD'],
    ['FRQ_CD', 'varchar(6)', 'Like MEDORD.FRQ_CD'],
    ['PRN_FLG', 'char(1)', 'Y as needed; blank: not said'],
    ['SIG_TXT', 'varchar(80)', 'Directions in abbreviations'],
    ['SINCE_DT', 'char(8)', 'Since YYYYMMDD; MM or DD 00: that part is unknown; null: unknown'],
    ['UNTIL_DT', 'char(8)', 'Until YYYYMMDD; null: it goes on, or nobody knows'],
    ['PURP_TXT', 'varchar(60)', 'What it is for, as said'],
    ['NOTE_TXT', 'varchar(120)', 'Remark'],
    ['SENS_CD', 'char(3)', 'Sensitivity of the drug, like PRBLST.SENS_CD; null: ordinary'],
  ],
  indexes: [{ name: 'HOMELN_TAK', on: '"TAK_CD", "LST_NO", "LN_NO"' }],
};
