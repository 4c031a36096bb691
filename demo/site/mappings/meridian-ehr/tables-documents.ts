import { bytes, char, integer, localTimestamp, table, text } from 'fascia/mapping';
import { HOSPITAL_ZONE } from './tables.ts';

export const DOCHDR = table(
  'DOCHDR',
  {
    DOC_NO: integer(),
    ACC_NO: text(),
    VER_NO: integer(),
    FAC_CD: char(2),
    PT_NO: char(10),
    STAY_NO: integer(),
    SECT_CD: char(3),
    EXM_CD: text(),
    TTL_TXT: text(),
    STAT_CD: char(1),
    EXM_DTM: char(12),
    SIGN_TS: localTimestamp(HOSPITAL_ZONE),
    AUTH_NO: text(),
    SIGN_NO: text(),
    DEPT_CD: text(),
    CONCL: text(),
  },
  { key: ['DOC_NO'] },
);

export const DOCLN = table('DOCLN', { DOC_NO: integer(), LN_NO: integer(), LN_TXT: text() });

export const DOCPDF = table('DOCPDF', { DOC_NO: integer(), CONT: bytes() });
