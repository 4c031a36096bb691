import { char, integer, localTimestamp, optional, table, text, type Folding } from 'fascia/mapping';

export const HOSPITAL_ZONE = 'America/New_York';

/** How the hospital fills its search columns: without accents, in capitals. */
const searchForm = (column: string): Folding => ({
  by: 'column',
  column,
  letters: 'upper',
  fold: (value) => value.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase(),
});

export const PATMAST = table('PATMAST', {
  FAC_CD: char(2),
  PT_NO: char(10),
  PT_NM: text({ folding: searchForm('PT_NM_SRCH') }),
  PT_NM_SRCH: text(),
  SEX_CD: char(1),
  DOB: integer(),
  DOD: integer(),
  DEL_FLG: char(1),
  MRG_FAC: char(2),
  MRG_NO: char(10),
  HOME_PH: text(),
  CELL_PH: text(),
  EMAIL: optional(text()),
  MARITAL: char(1),
  LANG: char(2),
  LAST_UPD: localTimestamp(HOSPITAL_ZONE),
  PCP_NO: text(),
});

export const PATADDR = table('PATADDR', {
  FAC_CD: char(2),
  PT_NO: char(10),
  SEQ: integer(),
  ADDR_TYP: char(1),
  ADDR_LN1: text(),
  ADDR_LN2: text(),
  CITY: text(),
  ST_CD: char(2),
  ZIP: text(),
  FROM_DT: integer(),
  TO_DT: integer(),
});

export const PROVMST = table('PROVMST', {
  PROV_NO: text(),
  NPI: char(10),
  PROV_NM: text({ folding: searchForm('PROV_NM_SRCH') }),
  PROV_NM_SRCH: text(),
  ACTV_FLG: char(1),
});

export const DEPT = table('DEPT', {
  DEPT_CD: text(),
  DEPT_NM: text(),
  PAR_DEPT: text(),
  DEPT_TYP: char(1),
  DEPT_PH: text(),
  ACTV_FLG: char(1),
});

export const LABCD = table('LABCD', { TEST_CD: text(), TEST_DESC: text(), SENS_CD: char(3) });

export const LABORD = table('LABORD', {
  ORD_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  DEPT_CD: text(),
  PNL_CD: text(),
  COL_DT: integer(),
  COL_TM: integer(),
  STAT_CD: char(2),
});

export const LABRSLT = table(
  'LABRSLT',
  {
    RSLT_SEQ: integer(),
    ORD_NO: integer(),
    FAC_CD: char(2),
    PT_NO: char(10),
    TEST_CD: text(),
    RSLT_TXT: text(),
    UNIT_CD: char(14),
    REF_LO: text(),
    REF_HI: text(),
    ABN_FLG: char(2),
    STAT_CD: char(1),
    DRAW_DT: integer(),
    DRAW_TM: integer(),
    SUPR_FLG: char(1),
    PERF_DEPT: text(),
    VERIF_NO: text(),
    LOAD_TS: localTimestamp(HOSPITAL_ZONE),
    SPC_NO: char(16),
  },
  { key: ['RSLT_SEQ'] },
);

export const LABEAV = table('LABEAV', { ORD_NO: integer(), SEQ: integer(), ATTR_CD: text(), ATTR_VAL: text() });
