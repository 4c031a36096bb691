import type { TableDefinition } from '../load/table.ts';

export const DOCHDR: TableDefinition = {
  name: 'DOCHDR',
  meaning: 'Reports of radiology, cardiology, pathology and genomics, and clinical notes: one row per version',
  key: ['DOC_NO'],
  columns: [
    ['DOC_NO', 'bigint', 'Number of the row'],
    ['ACC_NO', 'varchar(14)', 'Number of the document, the same for all its versions'],
    ['VER_NO', 'smallint', 'Version, from 1; only the newest counts'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'STAY.STAY_NO of a note; null: none; may lead to a deleted one'],
    ['SECT_CD', 'char(3)', 'RAD radiology, CAR cardiology, PAT pathology, GEN genomics, NOT note'],
    [
      'EXM_CD',
      'varchar(8)',
      'What was examined, or the kind of note: CXR2, CTCAP, USAB, OUTS, ECHO, EKG, PATH, NGS, DSUM, CONS, MEMO',
    ],
    ['TTL_TXT', 'varchar(60)', 'Title, as typed'],
    [
      'STAT_CD',
      'char(1)',
      'P preliminary, F final, C corrected, A amended, E entered in error, X taken back: must not be shown',
    ],
    ['EXM_DTM', 'char(12)', 'Time of the examination YYYYMMDDhhmm, local; null, blank, zeros: unknown'],
    ['SIGN_TS', 'timestamp(0)', 'Signed, local time of the hospital; null: not yet'],
    ['AUTH_NO', 'varchar(6)', 'Written by, PROVMST.PROV_NO; may lead nowhere'],
    ['SIGN_NO', 'varchar(6)', 'Signed by, PROVMST.PROV_NO; may lead nowhere'],
    ['DEPT_CD', 'varchar(8)', 'Department, DEPT.DEPT_CD; may lead nowhere'],
    ['CONCL', 'varchar(200)', 'Conclusion; null: the text alone'],
  ],
  indexes: [
    { name: 'DOCHDR_ACC', on: '"ACC_NO", "VER_NO"', unique: true },
    { name: 'DOCHDR_PT', on: '"FAC_CD", "PT_NO", "EXM_DTM" collate "C", "DOC_NO"' },
    { name: 'DOCHDR_DTM', on: '"EXM_DTM" collate "C", "DOC_NO"' },
    { name: 'DOCHDR_SIGN', on: '"SIGN_TS", "DOC_NO"' },
    { name: 'DOCHDR_EXM', on: '"EXM_CD", "DOC_NO"' },
    { name: 'DOCHDR_STAY', on: '"STAY_NO"' },
    { name: 'DOCHDR_AUTH', on: '"AUTH_NO"' },
  ],
};

export const DOCLN: TableDefinition = {
  name: 'DOCLN',
  meaning: 'Texts of reports and notes, line by line',
  key: ['DOC_NO', 'LN_NO'],
  columns: [
    ['DOC_NO', 'bigint', 'DOCHDR.DOC_NO'],
    ['LN_NO', 'smallint', 'Order of the lines, from 10 in steps of 10'],
    ['LN_TXT', 'varchar(80)', 'Line; null, blank: an empty line; blanks at its end mean nothing'],
  ],
  indexes: [],
};

export const DOCPDF: TableDefinition = {
  name: 'DOCPDF',
  meaning: 'Reports as they were printed',
  key: ['DOC_NO'],
  columns: [
    ['DOC_NO', 'bigint', 'DOCHDR.DOC_NO'],
    ['CONT', 'bytea', 'The PDF'],
  ],
  indexes: [],
};
