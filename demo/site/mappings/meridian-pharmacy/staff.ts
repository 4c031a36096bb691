import { alias, booleanOf, contactPoint, defineBranch, identifier, string } from 'fascia/mapping';
import { prescriber, store } from './tables.ts';

const pr = alias('pr', prescriber);
const s = alias('s', store);

export const practitioner = defineBranch('Practitioner', {
  prefix: 'pr',
  from: pr,
  key: [pr.prescriber_no],
  profiles: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-practitioner'],
  absentInSource: ['telecom', 'address'],
  elements: {
    identifier: [
      identifier({ system: 'https://corner-pharmacy.example/sid/prescriber', value: pr.prescriber_no }),
      identifier({ system: 'http://hl7.org/fhir/sid/us-npi', value: pr.npi }),
    ],
    active: booleanOf(pr.active),
    name: [{ family: string(pr.last_name), given: [string(pr.first_name)] }],
  },
});

/** Stores say nothing about being active, which US Core requires: they claim no profile. */
export const organization = defineBranch('Organization', {
  prefix: 'ps',
  from: s,
  key: [s.store_no],
  elements: {
    identifier: [identifier({ system: 'https://corner-pharmacy.example/sid/store', value: s.store_no })],
    name: string(s.name),
    telecom: [contactPoint({ system: 'phone', value: s.phone })],
    address: [{ postalCode: string(s.postcode) }],
  },
});
