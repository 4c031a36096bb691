import { char, integer, table, text } from 'fascia/mapping';

export const PATREL = table('PATREL', {
  REL_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  REL_CD: char(3),
  REL_NM: text(),
  REL_PH: text(),
  ACTV_FLG: char(1),
  FROM_DT: integer(),
  TO_DT: integer(),
  DEL_FLG: char(1),
});

export const PAYER = table('PAYER', { PAY_CD: text(), PAY_NM: text(), PAY_PH: text(), ACTV_FLG: char(1) });

export const PATINS = table('PATINS', {
  INS_NO: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  PAY_CD: text(),
  MBR_ID: text(),
  REL_CD: char(1),
  PLAN_CD: char(3),
  INS_ST: char(1),
  EFF_DT: integer(),
  TRM_DT: integer(),
  GRP_NO: text(),
});

export const PROVROLE = table('PROVROLE', {
  ROLE_NO: integer(),
  PROV_NO: text(),
  DEPT_CD: text(),
  SPEC_CD: text(),
  ROLE_PH: text(),
  ACTV_FLG: char(1),
  FROM_DT: integer(),
  TO_DT: integer(),
});
