import type { TableDefinition } from '../load/table.ts';

export const REFREQ: TableDefinition = {
  name: 'REFREQ',
  meaning: 'Referrals and requests of consults; what became of them is in REFHST',
  key: ['REF_NO'],
  columns: [
    ['REF_NO', 'bigint', 'Number of the request'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'Stay in which it was asked for, STAY.STAY_NO; null: none; may lead to a deleted one'],
    [
      'KIND_CD',
      'char(2)',
      'RF referral, CO consult in the house, FU to be seen again after a discharge; null: not said',
    ],
    ['INT_CD', 'char(1)', 'O ordered, P proposed, L planned'],
    ['SVC_CD', 'varchar(8)', 'What is asked for, SVCMST.SVC_CD; codes in use may be missing there'],
    ['PRI_CD', 'smallint', '1 at once, 2 urgent, 3 routine; other numbers mean nothing'],
    ['RSN_TXT', 'varchar(200)', 'Reason, as typed'],
    ['RSN_CODES', 'varchar(120)', 'Reason, coded: LABEL:code;LABEL:code as in PRBLST.CODES'],
    ['REQ_NO', 'varchar(6)', 'Who asks, PROVMST.PROV_NO; may lead nowhere'],
    ['REQ_DT', 'char(10)', 'Asked on DD.MM.YYYY'],
    ['TO_DEPT', 'varchar(8)', 'The department that is asked, DEPT.DEPT_CD; may lead nowhere'],
    ['TO_NO', 'varchar(6)', 'The provider who is asked by name, PROVMST.PROV_NO'],
    ['WISH_DT', 'char(10)', 'Wanted on DD.MM.YYYY; 00.00.0000, blank, null: no day'],
    ['NOTE_TXT', 'varchar(200)', 'Note, as typed'],
    ['SENS_CD', 'char(3)', 'As PRBLST.SENS_CD'],
    ['REM_RSN', 'varchar(40)', 'Why it was taken back: it must not be shown; blank, null: it stands'],
  ],
  indexes: [
    { name: 'REFREQ_PT', on: '"FAC_CD", "PT_NO", "REF_NO"' },
    {
      name: 'REFREQ_REQ_DT',
      on: '(substr("REQ_DT", 7, 4) || substr("REQ_DT", 4, 2) || substr("REQ_DT", 1, 2)) collate "C", "REF_NO"',
    },
    {
      name: 'REFREQ_WISH_DT',
      on: '(substr("WISH_DT", 7, 4) || substr("WISH_DT", 4, 2) || substr("WISH_DT", 1, 2)) collate "C"',
    },
    { name: 'REFREQ_SVC', on: '"SVC_CD", "REF_NO"' },
    { name: 'REFREQ_STAY', on: '"STAY_NO"' },
    { name: 'REFREQ_REQ', on: '"REQ_NO"' },
    { name: 'REFREQ_DEPT', on: '"TO_DEPT"' },
    { name: 'REFREQ_TO', on: '"TO_NO"' },
  ],
};

export const REFHST: TableDefinition = {
  name: 'REFHST',
  meaning: 'What became of requests: one row for each change, never changed itself',
  key: ['REF_NO', 'SEQ'],
  columns: [
    ['REF_NO', 'bigint', 'REFREQ.REF_NO'],
    ['SEQ', 'smallint', 'Order of the changes, from 1; the highest counts'],
    ['ST_CD', 'char(2)', 'OP open, AC accepted, HD put off, RJ refused, AN answered, ER asked for in error'],
    ['CHG_JD', 'integer', 'Changed on YYYYDDD, the day of the year (not served)'],
  ],
  indexes: [{ name: 'REFHST_ST', on: '"ST_CD", "REF_NO"' }],
};
