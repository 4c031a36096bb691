import type { TableDefinition } from '../load/table.ts';

export const PRBLST: TableDefinition = {
  name: 'PRBLST',
  meaning:
    'Problem and alert list: problems, allergies, statements that there are none, alerts and reminders in one table',
  key: ['PRB_NO'],
  columns: [
    ['PRB_NO', 'bigint', 'Number of the entry'],
    ['REC_TYP', 'char(2)', 'PR problem, AL allergy, NK none known, AT alert, RM reminder'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['STAY_NO', 'bigint', 'Stay in which it was noted, STAY.STAY_NO; null: none; may lead nowhere'],
    [
      'CODES',
      'varchar(120)',
      'PR, AL: LABEL:code;LABEL:code, blanks mean nothing; ICD10, SNOMED, RXN; OLD: the former list, no meaning',
    ],
    ['ALR_CD', 'char(4)', 'AT: FALL, ISOL, VIOL; null: text alone'],
    ['DESC_TXT', 'varchar(120)', 'Description, as typed'],
    ['CLIN_ST', 'char(1)', 'A active, C come back, I inactive, R resolved'],
    ['VER_ST', 'char(1)', 'C confirmed, P provisional, D differential, U unconfirmed, R refuted, E entered in error'],
    [
      'CAT_CD',
      'char(1)',
      'AL: M medication, F food, E environment; NK: M no drug allergy, F no food allergy, null: none at all',
    ],
    ['CRIT_CD', 'char(1)', 'AL: H high, L low, U cannot be told'],
    ['RCT_CD', 'char(4)', 'AL: reaction; HIVE, ANAP, NAUS, RASH'],
    ['RCT_SEV', 'char(1)', 'AL: M mild, O moderate, S severe; only with a reaction'],
    ['ONS_DT', 'varchar(10)', 'Began YYYY-MM-DD; 0000-00-00, null: unknown'],
    ['ABT_DT', 'varchar(10)', 'Over since YYYY-MM-DD; 0000-00-00, null: not over, or not known when'],
    ['REC_DT', 'integer', 'Noted on YYYYMMDD; 0, null: unknown'],
    ['REC_BY', 'varchar(6)', 'Noted by, PROVMST.PROV_NO; may lead nowhere'],
    ['SENS_CD', 'char(3)', 'PSY psychiatry, HIV, SUB substance use, ADO adolescents, others: ask; null: ordinary'],
    ['VOID_DT', 'varchar(10)', 'Taken off the list YYYY-MM-DD: must not be shown; 0000-00-00, null: live'],
  ],
  indexes: [
    { name: 'PRBLST_PT', on: '"FAC_CD", "PT_NO", "REC_TYP", "PRB_NO"' },
    { name: 'PRBLST_TYP', on: '"REC_TYP", "PRB_NO"' },
    { name: 'PRBLST_ONS', on: '"REC_TYP", "ONS_DT" collate "C", "PRB_NO"' },
    { name: 'PRBLST_REC', on: '"REC_TYP", "REC_DT", "PRB_NO"' },
    { name: 'PRBLST_STAY', on: '"STAY_NO"' },
  ],
};
