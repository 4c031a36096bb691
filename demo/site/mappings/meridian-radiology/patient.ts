import { alias, civilDate, code, constant, defineBranch, identifier, isNotNull, string } from 'fascia/mapping';
import { patient as table } from './tables.ts';

const p = alias('rp', table);

/** Whom the department photographs. Most say their number at the hospital: they are members of the hospital's patients. */
export const patient = defineBranch('Patient', {
  prefix: 'rp',
  from: p,
  key: [p.number],
  maskKey: true,
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'],
  asOf: string(p.as_of),
  person: {
    secondary: isNotNull(p.hospital_number),
    sameAs: [{ branch: 'mp', key: [p.facility, p.hospital_number] }],
  },
  absentInSource: ['telecom.system', 'telecom.value', 'telecom.use', 'address', 'communication.language'],
  elements: {
    identifier: [
      identifier({ system: 'https://meridian.example/sid/radiology-patient', value: p.number, use: 'secondary' }),
    ],
    active: constant(true),
    name: [{ family: string(p.last_name), given: [string(p.first_name)] }],
    gender: code(
      p.sex,
      { M: 'male', F: 'female', U: 'unknown' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/administrative-gender' },
    ),
    birthDate: civilDate(p.born),
  },
});
