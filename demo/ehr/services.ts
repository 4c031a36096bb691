import type { RowTexts, TableDefinition } from '../load/table.ts';
import type { Service } from '../model/services.ts';

export const SVCMST: TableDefinition = {
  name: 'SVCMST',
  meaning: 'Services of departments, to which people are sent; codes in use may be missing',
  key: ['SVC_CD'],
  columns: [
    ['SVC_CD', 'varchar(8)', 'Code'],
    ['SVC_NM', 'varchar(60)', 'Name'],
    ['DEPT_CD', 'varchar(8)', 'Offered by, DEPT.DEPT_CD; may lead nowhere'],
    ['CAT_CD', 'char(2)', 'SP specialist, CO counselling, MH mental health, ED emergency, GP general, HO hospital'],
    ['SPEC_CD', 'varchar(6)', 'Specialty, as PROVROLE.SPEC_CD'],
    ['LOC_CD', 'varchar(10)', 'Where, LOCMST.LOC_CD; may lead to a deleted one'],
    ['SVC_PH', 'varchar(24)', 'Telephone'],
    ['APPT_FLG', 'char(1)', '+ by appointment only, - without; null: not said'],
    ['OPEN_MSK', 'char(7)', 'Days from Monday to Sunday: 1 open, 0 closed'],
    ['OPEN_TM', 'varchar(5)', 'Opens HH:MM, local; null: not said'],
    ['CLOSE_TM', 'varchar(5)', 'Closes HH:MM, local; null: not said'],
    ['RMK_TXT', 'varchar(120)', 'Remark'],
    ['ACTV_FLG', 'char(1)', 'Y offered, N no longer; null: not said'],
    ['DEL_CNT', 'smallint', 'Counts deletions and returns: odd: deleted, must not be shown; even: live'],
  ],
  indexes: [],
};

/** The row of SVCMST. */
export function serviceRow(service: Service): RowTexts {
  return [
    ...[service.code, service.name, service.department, service.category, service.specialty, service.location],
    ...[service.phone, service.appointment, service.openDays],
    service.damage === 'unreadable-opening-time' ? '8am' : service.opens,
    ...[service.closes, service.remark, service.active, String(service.deletions)],
  ];
}
