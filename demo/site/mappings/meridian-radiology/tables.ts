import {
  capitals,
  char,
  date,
  delimited,
  field,
  fileTable,
  fixedWidth,
  localTimestamp,
  table,
  text,
} from 'fascia/mapping';

export const ZONE = 'America/New_York';

/** The hospital sorts names in capitals, and the department's sort among them. */
const name = text({ folding: capitals });

export const patient = table('patient', {
  number: text(),
  last_name: name,
  first_name: name,
  born: date(),
  sex: char(1),
  facility: char(2),
  hospital_number: char(10),
  as_of: text(),
});

/** `MG-70105`, as the wristband says. */
const hospitalNumber = /^(M[GW])-(\d{1,10})$/;

export const patients = fileTable(patient, {
  name: 'RADPAT_{YYYYMMDD}.TXT',
  encoding: 'windows-1252',
  layout: fixedWidth({
    width: 90,
    fields: { NR: [1, 10], LAST: [11, 30], FIRST: [41, 20], DOB: [61, 8], SEX: [69, 1], HOSP: [70, 21] },
  }),
  trailer: { marker: 'ENDE', count: [5, 8], date: [13, 8] },
  columns: {
    number: field('NR'),
    last_name: field('LAST'),
    first_name: field('FIRST'),
    born: field('DOB', { form: 'YYYYMMDD', absent: ['00000000'] }),
    sex: field('SEX'),
    facility: field('HOSP', { take: (value) => hospitalNumber.exec(value)?.[1] }),
    hospital_number: field('HOSP', { take: (value) => hospitalNumber.exec(value)?.[2]?.padStart(10, '0') }),
  },
  key: ['number'],
  indexes: [['last_name'], ['born']],
  asOf: 'as_of',
});

export const appointment = table('appointment', {
  id: text(),
  patient: text(),
  exam: text(),
  exam_text: text(),
  status: text(),
  starts: localTimestamp(ZONE),
  ends: localTimestamp(ZONE),
  remark: text(),
  booked: date(),
  as_of: text(),
});

const AMERICAN_TIME = 'MM/DD/YYYY hh:mm';

export const appointments = fileTable(appointment, {
  name: 'RADAPPT_{YYYYMMDD}.CSV',
  encoding: 'windows-1252',
  layout: delimited({
    delimiter: ';',
    fields: ['APPT_ID', 'RAD_NO', 'EXAM', 'EXAM_TEXT', 'STATUS', 'START', 'END', 'ROOM', 'REMARK', 'BOOKED'],
  }),
  trailer: { marker: '*END', count: 2, date: 3 },
  columns: {
    id: field('APPT_ID'),
    patient: field('RAD_NO'),
    exam: field('EXAM'),
    exam_text: field('EXAM_TEXT'),
    status: field('STATUS'),
    starts: field('START', { form: AMERICAN_TIME, required: true }),
    ends: field('END', { form: AMERICAN_TIME, required: true }),
    remark: field('REMARK', { absent: ['-'] }),
    booked: field('BOOKED', { form: 'MM/DD/YYYY' }),
  },
  key: ['id'],
  indexes: [['patient'], ['starts', 'id']],
  asOf: 'as_of',
});
