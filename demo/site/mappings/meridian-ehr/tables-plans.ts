import { char, integer, table, text } from 'fascia/mapping';

export const CARTEAM = table('CARTEAM', {
  TEAM_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  TEAM_NM: text(),
  TYP_CD: char(2),
  ST_CD: char(1),
  BEG_JD: integer(),
  END_JD: integer(),
  DEPT_CD: text(),
  TEAM_PH: text(),
  VERS: integer(),
});

export const CARTMBR = table('CARTMBR', {
  TEAM_NO: integer(),
  SEQ: integer(),
  PROV_NO: text(),
  REL_NO: integer(),
  DEPT_CD: text(),
  ROLE_CD: char(3),
  BEG_JD: integer(),
  END_JD: integer(),
});

export const CARPLN = table('CARPLN', {
  PLN_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  TYP_CD: char(2),
  TTL_TXT: text(),
  SUM_TXT: text(),
  ST_CD: char(1),
  BEG_JD: integer(),
  END_JD: integer(),
  CRT_JD: integer(),
  AUT_NO: text(),
  TEAM_NO: integer(),
  PRB_NO: integer(),
  VERS: integer(),
});

export const CARLIN = table('CARLIN', {
  PLN_NO: integer(),
  LIN_NO: integer(),
  TYP_CD: char(1),
  LIN_CD: text(),
  LIN_TXT: text(),
  ST_CD: char(1),
  BEG_JD: integer(),
  DUE_JD: integer(),
  TGT_TXT: text(),
  TGT_UNIT: text(),
  ACH_CD: char(2),
  STRK_FLG: char(1),
});
