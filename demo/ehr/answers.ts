import type { TableDefinition } from '../load/table.ts';
import type { Answer } from '../model/answers.ts';
import { stamp } from './patients.ts';
import type { Put } from './project.ts';

export const QSTANS: TableDefinition = {
  name: 'QSTANS',
  meaning: 'Answers of questionnaires: one row for each answer, whatever the question',
  key: ['ANS_NO'],
  columns: [
    ['ANS_NO', 'bigint', 'Answer number'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['ANS_TS', 'timestamp(0)', 'Answered at, local time of the hospital'],
    [
      'Q_CD',
      'varchar(8)',
      'Question: SMK smoking, PRG pregnancy, OCC occupation, ALC alcohol, ECOG, DSTAT course of a cancer, STAGE of a tumour; others occur',
    ],
    [
      'ANS_VAL',
      'varchar(80)',
      'Answer: words for OCC, ALC and others, a code for the rest; blank: asked, but not answered',
    ],
    ['ANS_ST', 'char(1)', 'F final, E entered in error'],
    ['ACTV', 'smallint', '1 live, 0 deleted'],
  ],
  indexes: [
    { name: 'QSTANS_PT', on: '"FAC_CD", "PT_NO", "ANS_TS", "ANS_NO"' },
    { name: 'QSTANS_TS', on: '"ANS_TS", "ANS_NO"' },
    { name: 'QSTANS_Q', on: '"Q_CD", "ANS_VAL"' },
  ],
};

export function projectAnswers(answers: readonly Answer[], put: Put): void {
  for (const { number, patient, at, question, answer, statusCode, active, damage } of answers) {
    const status = damage === 'unknown-answer-status' ? 'W' : statusCode;
    put('QSTANS', [number, patient.facility, patient.number, stamp(at), question, answer, status, active ? '1' : '0']);
  }
}
