import { civilOf, zonedOf } from '../model/calendar.ts';
import { EXAMS } from '../model/radiology.ts';
import type { Person, RadiologyAppointment, RadiologyRecord } from '../model/types.ts';
import { APPOINTMENT_STATUS, RADIOLOGY_SEX, SYSTEMS } from './codes.ts';
import type { Demographics } from './persons.ts';
import { plain, referenceTo } from './resources.ts';
import type { TruthRow } from './rows.ts';
import type { Native, TruthMember, TruthResource } from './types.ts';

function patientNative({ number }: RadiologyRecord): Native {
  return { table: 'patient', key: [number] };
}

export function radiologyMember(record: RadiologyRecord): TruthMember {
  return {
    native: patientNative(record),
    identifier: { use: 'secondary', system: SYSTEMS.radiologyPatient, value: record.number },
  };
}

/** The Patient of somebody whom the department cannot find in the hospital. */
export function radiologyDemographics(record: RadiologyRecord): Demographics {
  return {
    ...radiologyMember(record),
    active: true,
    family: record.lastName,
    given: [record.firstName],
    gender: RADIOLOGY_SEX[record.sexCode] ?? 'unknown',
    birthDate: civilOf(record.birth),
    addresses: [],
    telecom: [],
  };
}

/** The lines of the file of appointments that are about a person. */
export function radiologyRows({ radiology }: Person): readonly TruthRow[] {
  if (radiology === undefined) return [];
  return radiology.appointments.map((appointment) => {
    const native: Native = { table: 'appointment', key: [appointment.id] };
    return {
      native,
      about: { radiology: radiology.number },
      damage: appointment.damage,
      hidden: appointment.isImpossible ? 'line-rejected' : undefined,
      resource: () => appointmentTruth(native, radiology, appointment),
    };
  });
}

function appointmentTruth(native: Native, record: RadiologyRecord, appointment: RadiologyAppointment): TruthResource {
  const { id, examCode, statusCode, day, seconds, minutes, remark, bookedOn } = appointment;
  const display = EXAMS.find(({ code }) => code === examCode)?.text ?? '';
  return plain(native, 'Appointment', {
    meta: {
      extension: [
        { url: 'http://hl7.org/fhir/StructureDefinition/lastSourceSync', valueDateTime: civilOf(record.extract) },
      ],
    },
    identifier: [{ system: SYSTEMS.radiologyAppointment, value: id }],
    status: APPOINTMENT_STATUS[statusCode],
    serviceType: [{ coding: [{ system: SYSTEMS.radiologyExam, code: examCode, display }], text: display }],
    start: zonedOf(day, seconds),
    end: zonedOf(day, seconds + minutes * 60),
    created: civilOf(bookedOn),
    comment: remark ?? undefined,
    participant: [{ actor: referenceTo('Patient', patientNative(record)), status: 'accepted' }],
  });
}
