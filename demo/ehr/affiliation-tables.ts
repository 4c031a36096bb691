import type { TableDefinition } from '../load/table.ts';

export const PATREL: TableDefinition = {
  name: 'PATREL',
  meaning: 'Relatives and others whom the hospital may call',
  key: ['REL_NO'],
  columns: [
    ['REL_NO', 'bigint', 'Number of the entry'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['REL_CD', 'char(3)', 'SPO spouse, PAR parent, CHI child, FRN friend, GUA guardian; null: not said'],
    ['REL_NM', 'varchar(120)', 'LAST^FIRST^MIDDLE, like PT_NM'],
    ['REL_PH', 'varchar(24)', 'Telephone, as typed'],
    ['ACTV_FLG', 'char(1)', 'Y may be called, N no longer; null: not said'],
    ['FROM_DT', 'integer', 'Since YYYYMMDD; 0, null: not known'],
    ['TO_DT', 'integer', 'Until YYYYMMDD; 0, 99999999, null: open'],
    ['DEL_FLG', 'char(1)', 'Y: deleted, must not be shown'],
  ],
  indexes: [
    { name: 'PATREL_PT', on: '"FAC_CD", "PT_NO", "REL_NO"' },
    { name: 'PATREL_NM', on: 'lower("REL_NM") collate "C"' },
    { name: 'PATREL_PH', on: '"REL_PH"' },
  ],
};

export const PAYER: TableDefinition = {
  name: 'PAYER',
  meaning: 'Health insurers',
  key: ['PAY_CD'],
  columns: [
    ['PAY_CD', 'varchar(8)', 'Code'],
    ['PAY_NM', 'varchar(60)', 'Name'],
    ['PAY_PH', 'varchar(24)', 'Telephone'],
    ['ACTV_FLG', 'char(1)', 'Y active, N closed'],
  ],
  indexes: [],
};

export const PATINS: TableDefinition = {
  name: 'PATINS',
  meaning: 'Insurances of patients',
  key: ['INS_NO'],
  columns: [
    ['INS_NO', 'bigint', 'Number of the entry'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['PAY_CD', 'varchar(8)', 'PAYER.PAY_CD; may lead nowhere'],
    ['MBR_ID', 'varchar(20)', 'Member number with the insurer'],
    ['REL_CD', 'char(1)', 'The patient is to the subscriber: S self, P spouse, C child; null: not said'],
    ['PLAN_CD', 'char(3)', 'HMO, PPO, PUB'],
    ['INS_ST', 'char(1)', 'A active, C cancelled, D draft, E entered in error'],
    ['EFF_DT', 'integer', 'From YYYYMMDD; 0, null: not known'],
    ['TRM_DT', 'integer', 'To YYYYMMDD; 0, 99999999, null: open'],
    ['GRP_NO', 'varchar(12)', 'Group'],
  ],
  indexes: [
    { name: 'PATINS_PT', on: '"FAC_CD", "PT_NO", "INS_NO"' },
    { name: 'PATINS_MBR', on: '"MBR_ID"' },
    { name: 'PATINS_PAY', on: '"PAY_CD", "INS_NO"' },
  ],
};

export const PROVROLE: TableDefinition = {
  name: 'PROVROLE',
  meaning: 'What providers do in departments',
  key: ['ROLE_NO'],
  columns: [
    ['ROLE_NO', 'integer', 'Number of the role'],
    ['PROV_NO', 'varchar(6)', 'PROVMST.PROV_NO'],
    ['DEPT_CD', 'varchar(8)', 'DEPT.DEPT_CD; may lead nowhere'],
    ['SPEC_CD', 'varchar(6)', 'FM, IM, EM, ENDO, CARD'],
    ['ROLE_PH', 'varchar(24)', 'Telephone, as typed'],
    ['ACTV_FLG', 'char(1)', 'Y active, N no longer'],
    ['FROM_DT', 'integer', 'Since YYYYMMDD'],
    ['TO_DT', 'integer', 'Until YYYYMMDD; 0, 99999999, null: open'],
  ],
  indexes: [
    { name: 'PROVROLE_PROV', on: '"PROV_NO"' },
    { name: 'PROVROLE_DEPT', on: '"DEPT_CD"' },
  ],
};
