import type { Resource } from '@medplum/fhirtypes';
import type { Folding } from '../oracle/index.ts';

/** What the demo site declares about strings and codes, told to the oracle in words of its own. */
const FOLDED_IN_THE_EHR: ReadonlySet<string> = new Set([
  'Patient.name',
  'Patient.family',
  'Patient.given',
  'Practitioner.name',
  'Practitioner.family',
  'Practitioner.given',
]);

const CODE_SYSTEM: Readonly<Record<string, string>> = {
  'Patient.gender': 'http://hl7.org/fhir/administrative-gender',
  'Observation.status': 'http://hl7.org/fhir/observation-status',
  'MedicationDispense.status': 'http://terminology.hl7.org/CodeSystem/medicationdispense-status',
};

export function foldingOf(type: string, code: string, resource: Resource): Folding {
  const isEhr = resource.meta?.source === 'urn:fascia:system:meridian-ehr';
  return isEhr && FOLDED_IN_THE_EHR.has(`${type}.${code}`) ? 'unaccent-upper' : 'lower';
}

export function codeSystemOf(type: string, code: string): string | undefined {
  return CODE_SYSTEM[`${type}.${code}`];
}
