import { alias, char, decimal, integer, table, text } from 'fascia/mapping';

const PATMAST = table('PATMAST', { PT_NO: char(10), PT_NM: text(), SEX_CD: char(1), DOB: integer() });
const LABRSLT = table('LABRSLT', { RSLT_SEQ: integer(), PT_NO: char(10), TEST_CD: char(8), STAT_CD: char(1), RSLT: decimal(), RSLT_TXT: text() });
const PATADDR = table('PATADDR', { PT_NO: char(10), SEQ: integer(), CITY: text() });

export const p = alias('p', PATMAST);
export const r = alias('r', LABRSLT);
export const a = alias('a', PATADDR);
