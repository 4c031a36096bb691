import {
  alias,
  booleanOf,
  civilDate,
  code,
  contactPoint,
  defineBranch,
  equals,
  identifier,
  isNotNull,
  join,
  string,
} from 'fascia/mapping';
import { customer, customerReference } from './tables.ts';

const c = alias('c', customer);
const confirmed = alias('xc', customerReference);
const possible = alias('xp', customerReference);

/** Customers whom nobody confirmed to be patients of the hospital; the others are members of the hospital's patients. */
export const patient = defineBranch('Patient', {
  prefix: 'pc',
  from: c,
  joins: [
    join(confirmed, [[confirmed.cust_no, c.cust_no]], equals(confirmed.status, 'C')),
    join(possible, [[possible.cust_no, c.cust_no]], equals(possible.status, 'P')),
  ],
  key: [c.cust_no],
  maskKey: true,
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'],
  person: {
    secondary: isNotNull(confirmed.mrn_norm),
    sameAs: [{ branch: 'mp', key: [confirmed.facility, confirmed.mrn_norm] }],
    candidates: [{ branch: 'mp', key: [possible.facility, possible.mrn_norm] }],
  },
  absentInSource: ['telecom.use', 'address.line', 'address.city', 'address.state', 'communication.language'],
  elements: {
    identifier: [
      identifier({ system: 'https://corner-pharmacy.example/sid/customer', value: c.cust_no, use: 'secondary' }),
    ],
    active: booleanOf(c.active),
    name: [{ family: string(c.last_name), given: [string(c.first_name)] }],
    telecom: [contactPoint({ system: 'phone', value: c.phone })],
    gender: code(
      c.gender,
      { M: 'male', F: 'female', X: 'other' },
      { unmapped: { fallback: 'unknown' }, system: 'http://hl7.org/fhir/administrative-gender' },
    ),
    birthDate: civilDate(c.birth_date),
    address: [{ postalCode: string(c.postcode) }],
  },
});
