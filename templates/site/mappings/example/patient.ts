import { alias, civilDate, code, defineBranch, identifier, string } from 'fascia/mapping';
import * as tables from './tables.ts';

const p = alias('p', tables.patient);

export const patient = defineBranch('Patient', {
  prefix: 'expat',
  from: p,
  key: [p.id],
  elements: {
    identifier: [identifier({ system: 'https://example.org/sid/record', value: p.record_no })],
    name: [{ family: string(p.last_name), given: [string(p.first_name)] }],
    gender: code(
      p.sex,
      { F: 'female', M: 'male' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/administrative-gender' },
    ),
    birthDate: civilDate(p.born),
  },
});
