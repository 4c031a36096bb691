import { char, date, decimal, instant, integer, table, text } from 'fascia/mapping';

/** The tables as the system has them: only columns that are read need to be named. */
export const patient = table('patient', {
  id: integer(),
  record_no: text(),
  last_name: text(),
  first_name: text(),
  born: date(),
  sex: char(1),
  city: text(),
});

export const result = table('result', {
  id: integer(),
  patient_id: integer(),
  test: text(),
  value: decimal(),
  unit: text(),
  status: char(1),
  taken_at: instant(),
});
