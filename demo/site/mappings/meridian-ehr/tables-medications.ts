import { char, decimal, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const DRUGMST = table(
  'DRUGMST',
  {
    DRUG_CD: text(),
    VER_NO: integer(),
    DRUG_NM: text(),
    RXN_CD: text(),
    FORM_CD: char(3),
    STK_CD: char(1),
    WDR_FLG: char(1),
    SENS_CD: char(3),
  },
  { key: ['DRUG_CD', 'VER_NO'] },
);

export const DRUGING = table('DRUGING', {
  DRUG_CD: text(),
  SEQ: integer(),
  ING_NM: text(),
  RXN_CD: text(),
  ACT_FLG: char(1),
  AMT_N: decimal(),
  AMT_U: char(4),
  VOL_N: decimal(),
  VOL_U: char(4),
});

export const FRQMST = table('FRQMST', {
  FRQ_CD: text(),
  FRQ_NM: text(),
  TM_CNT: integer(),
  PER_CNT: integer(),
  PER_U: char(1),
});

export const MEDORD = table('MEDORD', {
  ORD_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  STAY_NO: integer(),
  SET_CD: char(1),
  INT_CD: char(1),
  RPT_FLG: char(1),
  DRUG_CD: text(),
  DRUG_TXT: text(),
  DOSE_TXT: text(),
  DOSE_U: char(5),
  RTE_CD: char(3),
  FRQ_CD: text(),
  PRN_FLG: char(1),
  SIG_TXT: text(),
  IND_TXT: text(),
  ORD_TS: char(14),
  STRT_DT: integer(),
  STOP_DT: text(),
  PROV_NO: text(),
  REPL_NO: integer(),
  RFL_CNT: integer(),
  QTY_N: decimal(),
  SUP_DAYS: integer(),
  NOTE_TXT: text(),
  ROW_END: integer(),
});

export const MEDSTAT = table(
  'MEDSTAT',
  {
    ORD_NO: integer(),
    CHG_SEQ: integer(),
    CHG_KIND: char(1),
    ST_CD: char(2),
    RSN_CD: char(2),
  },
  { key: ['ORD_NO', 'CHG_SEQ'] },
);

export const MEDADM = table('MEDADM', {
  ADM_NO: integer(),
  ORD_NO: integer(),
  SCAN_CD: text(),
  DRUG_TXT: text(),
  ADM_TS: localTimestamp(HOSPITAL_ZONE),
  ADM_CD: char(1),
  RSN_CD: char(5),
  DOSE_TXT: text(),
  DOSE_U: char(5),
  RTE_CD: char(3),
  SITE_CD: char(3),
  NRS_NO: text(),
  NOTE_TXT: text(),
  UNDO_NO: integer(),
});

export const HOMELST = table('HOMELST', {
  LST_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  STAY_NO: integer(),
  ASK_TS: localTimestamp(HOSPITAL_ZONE),
  SRC_CD: char(1),
  REL_NO: integer(),
  REPL_NO: integer(),
});

export const HOMELN = table('HOMELN', {
  LST_NO: integer(),
  LN_NO: integer(),
  CODES: text(),
  DRUG_TXT: text(),
  TAK_CD: char(1),
  WHY_TXT: text(),
  DOSE_TXT: text(),
  DOSE_U: char(5),
  RTE_CD: char(3),
  FRQ_CD: text(),
  PRN_FLG: char(1),
  SIG_TXT: text(),
  SINCE_DT: char(8),
  UNTIL_DT: char(8),
  PURP_TXT: text(),
  NOTE_TXT: text(),
  SENS_CD: char(3),
});
