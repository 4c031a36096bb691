import type { TableDefinition } from '../load/table.ts';

/** Vital signs: everything that was measured at one time in one row. */
export const VITALS: TableDefinition = {
  name: 'VITALS',
  meaning: 'Vital signs: one row for each time of measurement, one column for each sign; null: not measured',
  key: ['VIT_NO'],
  columns: [
    ['VIT_NO', 'bigint', 'Row number'],
    ['FAC_CD', 'char(2)', 'PATMAST.FAC_CD'],
    ['PT_NO', 'char(10)', 'PATMAST.PT_NO'],
    ['MEAS_TS', 'timestamp(0)', 'Measured at, local time of the hospital; null: the clock of the device was not set'],
    ['PULSE', 'smallint', 'Pulse per minute; 0: not measured'],
    ['RESP', 'smallint', 'Respirations per minute'],
    ['TEMP', 'numeric(5,1)', 'Body temperature; 0: not measured'],
    ['TEMP_U', 'char(1)', 'Unit of TEMP by the device: C, F'],
    ['SPO2', 'smallint', 'Oxygen saturation by pulse oximetry, per cent'],
    ['SYST', 'smallint', 'Systolic blood pressure, mm Hg'],
    ['DIAST', 'smallint', 'Diastolic blood pressure, mm Hg'],
    ['WGT', 'numeric(6,2)', 'Body weight'],
    ['WGT_U', 'varchar(4)', 'Unit of WGT by the scales: kg, KG, lb, LBS'],
    ['HGT', 'numeric(5,1)', 'Body height'],
    ['HGT_U', 'varchar(4)', 'Unit of HGT: cm, CM, in'],
    ['BMI', 'numeric(4,1)', 'Body mass index as the scales state it, kg/m2'],
    ['ENT_NO', 'varchar(6)', 'Entered by, PROVMST.PROV_NO; null: by the device; may lead nowhere'],
    ['ERR_FLG', 'char(1)', 'E entered in error, U not confirmed; N, blank, null: sound'],
    ['VOID_BY', 'varchar(6)', 'Deleted by; null, blank: live'],
  ],
  indexes: [
    { name: 'VITALS_PT', on: '"FAC_CD", "PT_NO", "MEAS_TS", "VIT_NO"' },
    { name: 'VITALS_TS', on: '"MEAS_TS", "VIT_NO"' },
    { name: 'VITALS_ENT', on: '"ENT_NO"' },
  ],
};
