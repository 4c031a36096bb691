import type { TableDefinition } from '../load/table.ts';
import { QSTANS } from './answers.ts';
import { PATINS, PATREL, PAYER, PROVROLE } from './affiliation-tables.ts';
import { CONSNT, PARTNER } from './consent-tables.ts';
import { DOCHDR, DOCLN, DOCPDF } from './document-tables.ts';
import { PRBLST } from './problem-tables.ts';
import { CARLIN, CARPLN, CARTEAM, CARTMBR } from './care-tables.ts';
import { IMPLDEL, IMPLNT } from './implants.ts';
import { SPECMN } from './specimens.ts';
import { REFHST, REFREQ } from './referral-tables.ts';
import { SVCMST } from './services.ts';
import { DRUGING, DRUGMST, FRQMST, HOMELN, HOMELST, MEDADM, MEDORD, MEDSTAT } from './medication-tables.ts';
import { IMMHST, PROCCD, PROCLOG } from './treatment-tables.ts';
import { ROSTER, ROSTMEM } from './roster-tables.ts';
import { LOCMST, STAY, STAYDIS, STAYMOVE, STAYPROV, STAYSTAT, STAYTYP } from './stay-tables.ts';
import { VITALS } from './vital-tables.ts';

/** Patients. A row is a registration: a person may have several, merged or not. */
export const PATMAST: TableDefinition = {
  name: 'PATMAST',
  meaning: 'Patient master: one row per registration',
  key: ['FAC_CD', 'PT_NO'],
  columns: [
    ['FAC_CD', 'char(2)', 'Facility that gave the number: MG, MW'],
    ['PT_NO', 'char(10)', 'Patient number, ten digits with leading zeros; unique within the facility only'],
    ['PT_NM', 'varchar(120)', 'LAST^FIRST^MIDDLE; trailing parts may be missing; blanks around the parts mean nothing'],
    ['PT_NM_SRCH', 'varchar(160)', 'PT_NM without accents, in capitals (NFD, marks removed, upper case)'],
    ['SEX_CD', 'char(1)', '1 male, 2 female, 9 other; anything else and null: unknown'],
    ['DOB', 'integer', 'Date of birth YYYYMMDD; 0, 99999999, null: unknown; MM or DD 00: that part is unknown'],
    ['DOD', 'integer', 'Date of death YYYYMMDD, written like DOB; 0, 99999999, null: not known to be dead'],
    ['DEL_FLG', 'char(1)', 'Y: deleted, must never be shown; anything else: live'],
    ['MRG_FAC', 'char(2)', 'With MRG_NO: the registration that this one was merged into; null: not merged'],
    ['MRG_NO', 'char(10)', 'See MRG_FAC; merges may form chains'],
    ['HOME_PH', 'varchar(24)', 'Telephone at home, as typed; blank: none'],
    ['CELL_PH', 'varchar(24)', 'Mobile telephone, as typed; blank: none'],
    ['EMAIL', 'varchar(80)', 'E-mail address'],
    ['MARITAL', 'char(1)', 'Marital status: S, M, D, W, P'],
    ['LANG', 'char(2)', 'Language: EN, ES, ZH, RU, GR (Greek), AR'],
    ['LAST_UPD', 'timestamp(0)', 'Last change of the row, local time of the hospital'],
    ['PCP_NO', 'varchar(6)', 'Primary care provider, PROVMST.PROV_NO; may lead nowhere'],
  ],
  indexes: [
    { name: 'PATMAST_NM', on: '"PT_NM_SRCH" collate "C"' },
    { name: 'PATMAST_DOB', on: '"DOB", "FAC_CD", "PT_NO"' },
    { name: 'PATMAST_UPD', on: '"LAST_UPD", "FAC_CD", "PT_NO"' },
    { name: 'PATMAST_MRG', on: '"MRG_FAC", "MRG_NO"', where: '"MRG_NO" is not null' },
    { name: 'PATMAST_PCP', on: '"PCP_NO"' },
  ],
};

export const PATADDR: TableDefinition = {
  name: 'PATADDR',
  meaning: 'Addresses of registrations',
  key: ['FAC_CD', 'PT_NO', 'SEQ'],
  columns: [
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['SEQ', 'smallint', 'Order of the addresses, from 1'],
    ['ADDR_TYP', 'char(1)', 'H home, W work, T temporary, B billing, O old'],
    ['ADDR_LN1', 'varchar(60)', 'First line'],
    ['ADDR_LN2', 'varchar(60)', 'Second line'],
    ['CITY', 'varchar(40)', 'City'],
    ['ST_CD', 'char(2)', 'State'],
    ['ZIP', 'varchar(10)', 'Postal code, five digits or five-four'],
    ['FROM_DT', 'integer', 'First day YYYYMMDD; 0, null: not known'],
    ['TO_DT', 'integer', 'Last day YYYYMMDD; 0, 99999999, null: open'],
  ],
  indexes: [
    { name: 'PATADDR_CITY', on: '"CITY" collate "C"' },
    { name: 'PATADDR_ZIP', on: '"ZIP" collate "C"' },
  ],
};

export const PROVMST: TableDefinition = {
  name: 'PROVMST',
  meaning: 'Provider master',
  key: ['PROV_NO'],
  columns: [
    ['PROV_NO', 'varchar(6)', 'Provider number'],
    ['NPI', 'char(10)', 'National Provider Identifier; null for some'],
    ['PROV_NM', 'varchar(120)', 'LAST^FIRST^MIDDLE, like PT_NM'],
    ['PROV_NM_SRCH', 'varchar(160)', 'Like PT_NM_SRCH'],
    ['SPEC_CD', 'varchar(6)', 'Specialty (not served yet)'],
    ['ACTV_FLG', 'char(1)', 'Y active, N no longer'],
  ],
  indexes: [
    { name: 'PROVMST_NPI', on: '"NPI"' },
    { name: 'PROVMST_NM', on: '"PROV_NM_SRCH" collate "C"' },
  ],
};

export const DEPT: TableDefinition = {
  name: 'DEPT',
  meaning: 'The hospital, its facilities and their departments',
  key: ['DEPT_CD'],
  columns: [
    ['DEPT_CD', 'varchar(8)', 'Department code'],
    ['FAC_CD', 'char(2)', 'Facility; null for the hospital itself'],
    ['DEPT_NM', 'varchar(60)', 'Name'],
    ['PAR_DEPT', 'varchar(8)', 'The department above; may lead nowhere'],
    ['DEPT_TYP', 'char(1)', 'H hospital or facility, D department'],
    ['DEPT_PH', 'varchar(24)', 'Telephone'],
    ['ACTV_FLG', 'char(1)', 'Y active, N closed'],
  ],
  indexes: [],
};

export const LABCD: TableDefinition = {
  name: 'LABCD',
  meaning: 'Catalogue of laboratory tests; codes in use may be missing',
  key: ['TEST_CD'],
  columns: [
    ['TEST_CD', 'varchar(8)', 'Test code'],
    ['TEST_DESC', 'varchar(60)', 'Description'],
    ['SPEC_CD', 'varchar(6)', 'Usual specimen'],
    ['DEF_UNIT', 'varchar(14)', 'Unit that the order screen shows; says nothing about a result'],
    ['SENS_CD', 'char(3)', 'Sensitivity of all its results, like PRBLST.SENS_CD; null: as any other'],
  ],
  indexes: [],
};

export const LABORD: TableDefinition = {
  name: 'LABORD',
  meaning: 'Laboratory orders',
  key: ['ORD_NO'],
  columns: [
    ['ORD_NO', 'bigint', 'Order number; numbers of devices and of the reference laboratory lie beyond 2^53'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['PROV_NO', 'varchar(6)', 'Ordering provider (not served yet)'],
    ['DEPT_CD', 'varchar(8)', 'Department that carries the order out'],
    ['PNL_CD', 'varchar(8)', 'Panel: BMP, CBC, LIPID, LFT, UA, ABG, DMFU, TUMR; null: a single test'],
    ['ORD_DT', 'integer', 'Order date YYYYMMDD (not served yet)'],
    ['ORD_TM', 'smallint', 'Order time HHMM (not served yet)'],
    ['COL_DT', 'integer', 'Collection date YYYYMMDD; 0, null: not collected'],
    ['COL_TM', 'smallint', 'Collection time HHMM, local; null: unknown'],
    ['STAT_CD', 'char(2)', 'CM completed, IP in progress; what is sent away stays IP'],
  ],
  indexes: [
    { name: 'LABORD_PT', on: '"FAC_CD", "PT_NO", "COL_DT", coalesce("COL_TM", -1), "ORD_NO"' },
    { name: 'LABORD_COL', on: '"COL_DT", coalesce("COL_TM", -1), "ORD_NO"' },
    { name: 'LABORD_PNL', on: '"PNL_CD", "ORD_NO"' },
    { name: 'LABORD_IP', on: '"ORD_NO"', where: `"STAT_CD" = 'IP'` },
  ],
};

export const LABRSLT: TableDefinition = {
  name: 'LABRSLT',
  meaning: 'Laboratory results, first habit: one row per result, everything is text',
  key: ['RSLT_SEQ'],
  columns: [
    ['RSLT_SEQ', 'bigint', 'Result number; may lie beyond 2^53'],
    ['ORD_NO', 'bigint', 'LABORD.ORD_NO'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['TEST_CD', 'varchar(8)', 'Test, LABCD.TEST_CD'],
    ['RSLT_TXT', 'varchar(80)', 'Result: 7.4, 7,4, <0.5, NEG; blank or null: none'],
    ['UNIT_CD', 'char(14)', 'Unit as the analyser writes it; blank: none'],
    ['REF_LO', 'varchar(20)', 'Lower limit, a number or a word; blank: none'],
    ['REF_HI', 'varchar(20)', 'Upper limit, a number; blank: none'],
    ['ABN_FLG', 'char(2)', 'L, H, LL, HH, A, N; blank: not judged'],
    ['STAT_CD', 'char(1)', 'F final, P preliminary, C corrected, X entered in error, I in process'],
    ['DRAW_DT', 'integer', 'Date drawn YYYYMMDD; 0, null: unknown'],
    ['DRAW_TM', 'smallint', 'Time drawn HHMM, local; null: unknown'],
    ['SUPR_FLG', 'char(1)', 'Y: replaced by a correction, must not be shown; anything else: current'],
    ['CORR_SEQ', 'bigint', 'RSLT_SEQ of the row that this one replaces'],
    ['PERF_DEPT', 'varchar(8)', 'Performing department, DEPT.DEPT_CD; may lead nowhere'],
    ['VERIF_NO', 'varchar(6)', 'Provider who verified it, PROVMST.PROV_NO; may lead nowhere'],
    ['LOAD_TS', 'timestamp(0)', 'Released to the record, local time of the hospital'],
    ['SPC_NO', 'char(16)', 'Specimen, SPECMN.SPC_NO; null: not said; may lead nowhere'],
  ],
  indexes: [
    { name: 'LABRSLT_PT_TEST', on: '"FAC_CD", "PT_NO", "TEST_CD", "DRAW_DT", "DRAW_TM", "RSLT_SEQ"' },
    { name: 'LABRSLT_PT_DT', on: '"FAC_CD", "PT_NO", "DRAW_DT", "DRAW_TM", "RSLT_SEQ"' },
    { name: 'LABRSLT_TEST_DT', on: '"TEST_CD", "DRAW_DT", coalesce("DRAW_TM", -1), "RSLT_SEQ"' },
    { name: 'LABRSLT_DT', on: '"DRAW_DT", coalesce("DRAW_TM", -1), "RSLT_SEQ"' },
    { name: 'LABRSLT_ORD', on: '"ORD_NO"' },
    { name: 'LABRSLT_SPC', on: '"SPC_NO"' },
  ],
};

export const LABEAV: TableDefinition = {
  name: 'LABEAV',
  meaning: 'Laboratory results, second habit: bedside devices and microbiology, one row per attribute',
  key: ['ORD_NO', 'SEQ', 'ATTR_CD'],
  columns: [
    ['ORD_NO', 'bigint', 'LABORD.ORD_NO; with SEQ: one result'],
    ['SEQ', 'smallint', 'Result within the order, from 1'],
    [
      'ATTR_CD',
      'varchar(8)',
      'TEST, VALUE, UNIT, STATUS, TIME, LOW, HIGH, SPEC, COMMENT; a group without TEST is no result',
    ],
    [
      'ATTR_VAL',
      'varchar(200)',
      'TIME: YYYYMMDDHHMMSS, local; STATUS: FINAL, PRELIM, CORR, ERROR; SPEC: SPECMN.SPC_NO',
    ],
  ],
  indexes: [{ name: 'LABEAV_VAL', on: '"ATTR_CD", "ATTR_VAL", "ORD_NO", "SEQ"' }],
};

export const EHR_TABLES: readonly TableDefinition[] = [
  ...[PATMAST, PATADDR, PROVMST, DEPT, LABCD, LABORD, LABRSLT, LABEAV],
  ...[LOCMST, STAYTYP, STAY, STAYSTAT, STAYMOVE, STAYDIS, STAYPROV],
  VITALS,
  QSTANS,
  ...[PRBLST, IMMHST, PROCCD, PROCLOG],
  ...[PATREL, PAYER, PATINS, PROVROLE],
  ...[DOCHDR, DOCLN, DOCPDF],
  ...[SVCMST, REFREQ, REFHST],
  ...[PARTNER, CONSNT, ROSTER, ROSTMEM],
  ...[CARTEAM, CARTMBR, CARPLN, CARLIN],
  ...[DRUGMST, DRUGING, FRQMST, MEDORD, MEDSTAT, MEDADM, HOMELST, HOMELN],
  ...[IMPLNT, IMPLDEL],
  SPECMN,
];
