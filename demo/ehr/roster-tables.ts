import type { TableDefinition } from '../load/table.ts';

export const ROSTER: TableDefinition = {
  name: 'ROSTER',
  meaning: 'Lists of patients: panels of practices, and patients shared with a partner',
  key: ['RST_NO'],
  columns: [
    ['RST_NO', 'integer', 'Number of the list'],
    ['RST_TYP', 'char(1)', 'P panel of a practice, S shared with a partner'],
    ['RST_NM', 'varchar(60)', 'Name; may be missing'],
    ['OWN_CD', 'varchar(8)', 'P: DEPT.DEPT_CD, S: PARTNER.PRT_CD; may lead nowhere'],
    ['ACTV_FLG', 'char(1)', 'Y in use, N no longer'],
  ],
  indexes: [{ name: 'ROSTER_OWN', on: '"RST_TYP", "OWN_CD", "RST_NO"' }],
};

export const ROSTMEM: TableDefinition = {
  name: 'ROSTMEM',
  meaning: 'Patients on the lists',
  key: ['RST_NO', 'SEQ'],
  columns: [
    ['RST_NO', 'integer', 'ROSTER.RST_NO'],
    ['SEQ', 'integer', 'Order on the list'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD; the registration may be gone'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['FROM_DT', 'integer', 'Since YYYYMMDD; 0, null: not known'],
    ['TO_DT', 'integer', 'Until YYYYMMDD; 0, 99999999, null: open'],
    ['FRM_FLG', 'char(1)', 'Y no longer registered, N registered; null: not said'],
    ['REM_FLG', 'char(1)', 'Y: put on the list by mistake, must not be shown'],
  ],
  indexes: [{ name: 'ROSTMEM_PT', on: '"FAC_CD", "PT_NO", "RST_NO"' }],
};
