import {
  alias,
  civilDate,
  code,
  constant,
  defineBranch,
  identifier,
  join,
  localCode,
  localDateTime,
  reference,
  string,
} from 'fascia/mapping';
import { appointment as table, patient } from './tables.ts';

const a = alias('ra', table);
const who = alias('rq', patient);

const STATUS = {
  B: 'booked',
  A: 'arrived',
  D: 'fulfilled',
  C: 'cancelled',
  N: 'noshow',
  E: 'entered-in-error',
} as const;

export const appointment = defineBranch('Appointment', {
  prefix: 'ra',
  from: a,
  joins: [join(who, [[who.number, a.patient]])],
  key: [a.id],
  asOf: string(a.as_of),
  elements: {
    identifier: [identifier({ system: 'https://meridian.example/sid/radiology-appointment', value: a.id })],
    status: code(a.status, STATUS, { unmapped: 'damaged', system: 'http://hl7.org/fhir/appointmentstatus' }),
    serviceType: [
      localCode({
        column: a.exam,
        system: 'https://meridian.example/cs/radiology-exam',
        display: a.exam_text,
        maps: [],
      }),
    ],
    start: localDateTime(a.starts),
    end: localDateTime(a.ends),
    created: civilDate(a.booked),
    comment: string(a.remark),
    participant: [
      {
        actor: reference('Patient', 'rp', [who.number], { required: true }),
        status: constant('accepted', { system: 'http://hl7.org/fhir/participationstatus' }),
      },
    ],
  },
});
