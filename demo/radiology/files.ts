import { compactOf, type Day } from '../model/calendar.ts';
import { EXAMS } from '../model/radiology.ts';
import type { RadiologyAppointment, RadiologyRecord } from '../model/types.ts';
import { americanDate, encoded, quoted, timeText } from './line.ts';
import { seriesFile, studiesFile } from './study-files.ts';

/** The files of one night, by name, in the department's encoding. */
export type Extract = ReadonlyMap<string, Buffer>;

const PATIENT_WIDTH = 90;
const APPOINTMENT_HEADER = [
  'APPT_ID',
  'RAD_NO',
  'EXAM',
  'EXAM_TEXT',
  'STATUS',
  'START',
  'END',
  'ROOM',
  'REMARK',
  'BOOKED',
];

/** The names of the files of a night: patients, appointments, studies, and the series of these. */
export function namesOf(day: Day): readonly [string, string, string, string] {
  const date = compactOf(day);
  return [`RADPAT_${date}.TXT`, `RADAPPT_${date}.CSV`, `RADSTUDY_${date}.CSV`, `RADSER_${date}.TXT`];
}

/** What radiology's system writes for the night before a day: files of fixed width with its patients and series, delimited ones with appointments and studies. */
export function extractOf(list: Iterable<RadiologyRecord>, day: Day): Extract {
  const records = [...list];
  const patients: string[] = [];
  const appointments: string[] = [APPOINTMENT_HEADER.join(';')];
  for (const record of records) {
    patients.push(patientLine(record));
    for (const appointment of record.appointments) appointments.push(appointmentLine(record, appointment));
  }
  const date = compactOf(day);
  patients.push(`ENDE${String(patients.length).padStart(8, '0')}${date}`.padEnd(PATIENT_WIDTH));
  appointments.push(`*END;${String(appointments.length - 1)};${date}`);
  const [patientsName, appointmentsName, studiesName, seriesName] = namesOf(day);
  return new Map([
    [patientsName, encoded(patients)],
    [appointmentsName, encoded(appointments)],
    [studiesName, encoded(studiesFile(records, day))],
    [seriesName, encoded(seriesFile(records, day))],
  ]);
}

function patientLine({ number, lastName, firstName, birth, sexCode, hospital }: RadiologyRecord): string {
  const hospitalNumber = hospital === undefined ? '' : `${hospital.facility}-${hospital.number.replace(/^0+/, '')}`;
  return (
    number.padEnd(10) +
    lastName.slice(0, 30).padEnd(30) +
    firstName.slice(0, 20).padEnd(20) +
    compactOf(birth) +
    sexCode +
    hospitalNumber.padEnd(PATIENT_WIDTH - 69)
  );
}

function appointmentLine(record: RadiologyRecord, appointment: RadiologyAppointment): string {
  const { id, examCode, statusCode, day, seconds, minutes, room, remark, bookedOn, damage, isImpossible } = appointment;
  const exam = EXAMS.find(({ code }) => code === examCode);
  const fields = [
    id,
    damage === 'orphan-appointment' ? `R9${record.number.slice(2)}` : record.number,
    examCode,
    exam?.text ?? '',
    statusCode,
    isImpossible ? '02/30/2026 08:00' : timeText(day, seconds),
    timeText(day, seconds + minutes * 60),
    room,
    remark ?? '-',
    americanDate(bookedOn),
  ];
  return fields.map(quoted).join(';');
}
