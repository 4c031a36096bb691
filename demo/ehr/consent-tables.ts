import type { TableDefinition } from '../load/table.ts';

export const PARTNER: TableDefinition = {
  name: 'PARTNER',
  meaning: 'Institutions that the hospital works with',
  key: ['PRT_CD'],
  columns: [
    ['PRT_CD', 'varchar(8)', 'Code'],
    ['PRT_NM', 'varchar(60)', 'Name'],
    ['PRT_TYP', 'char(1)', 'H gives care, S pays for research'],
    ['PRT_PH', 'varchar(24)', 'Telephone'],
    ['ADDR_LN', 'varchar(60)', 'Street'],
    ['CITY', 'varchar(40)', 'City'],
    ['ST_CD', 'char(2)', 'State'],
    ['ZIP', 'varchar(10)', 'Postal code'],
    ['ACTV_FLG', 'char(1)', 'Y active, N closed'],
  ],
  indexes: [],
};

export const CONSNT: TableDefinition = {
  name: 'CONSNT',
  meaning: 'What patients have decided about their data',
  key: ['CON_NO'],
  columns: [
    ['CON_NO', 'bigint', 'Number of the form'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['CON_TYP', 'char(2)', 'SH sharing with partners, RS research, TR treatment'],
    ['ST_CD', 'char(1)', 'D draft, P proposed, A active, R rejected, E entered in error'],
    ['DEC_CD', 'char(1)', 'Y permits, N denies'],
    ['PRT_CD', 'varchar(8)', 'PARTNER.PRT_CD; null: every partner'],
    ['SGN_TS', 'timestamp(0)', 'Signed, local time of the hospital; null: not known'],
    ['EFF_DT', 'integer', 'From YYYYMMDD; 0, null: not known'],
    ['EXP_DT', 'integer', 'To YYYYMMDD; 0, 99999999, null: open'],
    ['REV_DT', 'integer', 'Revoked on YYYYMMDD; 0, null: not revoked'],
    ['POL_CD', 'char(2)', 'Rule behind the form: HA, HR (HIPAA); null: none but the policy of the hospital'],
    ['PUR_CD', 'char(2)', 'Purpose: TR treatment, CM care management, RS research; null: any'],
    ['SENS_CD', 'char(3)', 'Only data of this sensitivity, like PRBLST.SENS_CD; null: all data'],
    ['REL_NO', 'bigint', 'Who decided for the patient, PATREL.REL_NO; null: the patient'],
    ['DEPT_CD', 'varchar(8)', 'Department that took the form, DEPT.DEPT_CD; may lead nowhere'],
    ['VOID_TS', 'timestamp(0)', 'Deleted, must not be shown; null: live'],
  ],
  indexes: [
    { name: 'CONSNT_PT', on: '"FAC_CD", "PT_NO", "CON_NO"' },
    { name: 'CONSNT_PRT', on: '"PRT_CD", "CON_NO"' },
    { name: 'CONSNT_SGN', on: '"SGN_TS", "CON_NO"' },
    { name: 'CONSNT_EFF', on: '"EFF_DT", "CON_NO"' },
    { name: 'CONSNT_REL', on: '"REL_NO"' },
  ],
};
