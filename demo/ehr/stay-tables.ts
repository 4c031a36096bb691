import type { TableDefinition } from '../load/table.ts';

/** Where patients are: sites, wards, rooms and beds. */
export const LOCMST: TableDefinition = {
  name: 'LOCMST',
  meaning: 'Location master',
  key: ['LOC_CD'],
  columns: [
    ['LOC_CD', 'varchar(10)', 'Location code'],
    ['LOC_NM', 'varchar(60)', 'Name; null: it has none'],
    ['LOC_TYP', 'char(1)', 'S site, W ward, R room, B bed, X anything else'],
    ['FN_CD', 'varchar(6)', 'Function: INP, ICU, ED, CARD, PSY, PED, OPD'],
    ['PAR_LOC', 'varchar(10)', 'The location around it, LOCMST.LOC_CD; may lead nowhere'],
    ['DEPT_CD', 'varchar(8)', 'Department that runs it, DEPT.DEPT_CD; may lead nowhere'],
    ['LOC_PH', 'varchar(24)', 'Telephone, as typed'],
    ['BED_ST', 'char(3)', 'Beds: OCC, FRE, CLN (being cleaned), ISO, CLO; blank: no bed'],
    ['CLS_DT', 'varchar(10)', 'Closed since YYYY-MM-DD; 0000-00-00 and null: open'],
    ['DEL_TS', 'timestamp(0)', 'Deleted at, local time of the hospital; null: live'],
  ],
  indexes: [
    { name: 'LOCMST_NM', on: 'lower("LOC_NM") collate "C"' },
    { name: 'LOCMST_PAR', on: '"PAR_LOC"' },
  ],
};
