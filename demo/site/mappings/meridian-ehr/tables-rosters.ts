import { char, integer, table, text } from 'fascia/mapping';

export const ROSTER = table('ROSTER', {
  RST_NO: integer(),
  RST_TYP: char(1),
  RST_NM: text(),
  OWN_CD: text(),
  ACTV_FLG: char(1),
});
export const ROSTMEM = table('ROSTMEM', {
  RST_NO: integer(),
  SEQ: integer(),
  FAC_CD: char(2),
  PT_NO: char(10),
  FROM_DT: integer(),
  TO_DT: integer(),
  FRM_FLG: char(1),
  REM_FLG: char(1),
});
