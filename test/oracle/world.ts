import type { Resource } from '@medplum/fhirtypes';
import { find, isJson, referenceOf } from './values.ts';

/** The resources that one caller may see. */
export interface World {
  visible(type: string): readonly Resource[];
  at(type: string, id: string): Resource | undefined;
}

/** A restriction to what is about one patient, and to the shared types. */
export interface Reach {
  readonly patient: string;
}

const shared = [
  'Practitioner',
  'PractitionerRole',
  'Organization',
  'Location',
  'HealthcareService',
  'Endpoint',
  'Medication',
];

/** Where a resource names the patient that it is about; a type that is in neither list is nobody's. */
const about: Readonly<Record<string, string>> = {
  Observation: 'subject',
  MedicationDispense: 'subject',
  MedicationRequest: 'subject',
  MedicationAdministration: 'subject',
  MedicationStatement: 'subject',
  RiskAssessment: 'subject',
  Condition: 'subject',
  Encounter: 'subject',
  AllergyIntolerance: 'patient',
  Coverage: 'beneficiary',
  DiagnosticReport: 'subject',
  DocumentReference: 'subject',
  Binary: 'securityContext',
  Consent: 'patient',
  Flag: 'subject',
  Immunization: 'patient',
  Procedure: 'subject',
  RelatedPerson: 'patient',
  ServiceRequest: 'subject',
  CareTeam: 'subject',
  CarePlan: 'subject',
  Goal: 'subject',
  Device: 'patient',
  Specimen: 'subject',
  ImagingStudy: 'subject',
};

export function worldOf(
  resources: ReadonlyMap<string, readonly Resource[]>,
  reach: Reach | undefined,
  baseUrl: string,
): World {
  const byType = new Map<string, Resource[]>();
  const byReference = new Map<string, Resource>();
  // What tells of other resources comes last: under a restriction it is seen exactly if they are.
  const tellsLast = [...resources].sort(([a], [b]) => Number(a === 'Provenance') - Number(b === 'Provenance'));
  const isTold = (resource: Resource): boolean =>
    !reach ||
    resource.resourceType !== 'Provenance' ||
    resource.target.every(
      ({ reference = '' }) => byReference.has(reference) || shared.includes(reference.split('/')[0] ?? ''),
    );
  for (const [type, list] of tellsLast) {
    const seen = list.filter(
      (resource) => !isSecondary(resource) && isReached(resource, reach, baseUrl) && isTold(resource),
    );
    byType.set(type, seen);
    for (const resource of seen) byReference.set(`${type}/${resource.id ?? ''}`, resource);
  }
  return { visible: (type) => byType.get(type) ?? [], at: (type, id) => byReference.get(`${type}/${id}`) };
}

/** A secondary record of a person can only be read: it is inactive and replaced by the person's Patient. */
export function isSecondary(resource: Resource): boolean {
  return (
    resource.resourceType === 'Patient' &&
    resource.active === false &&
    (resource.link ?? []).some((link) => link.type === 'replaced-by')
  );
}

/** Ids of the secondary Patients that a Patient replaces. */
export function secondariesOf(patients: readonly Resource[], patientId: string): string[] {
  return patients.filter(isSecondary).flatMap((patient) => {
    const links = patient.resourceType === 'Patient' ? (patient.link ?? []) : [];
    const isReplaced = links.some((link) => link.other.reference === `Patient/${patientId}`);
    return isReplaced ? (patient.id ?? []) : [];
  });
}

function isReached(resource: Resource, reach: Reach | undefined, baseUrl: string): boolean {
  if (!reach || [...shared, 'Provenance'].includes(resource.resourceType)) return true;
  if (resource.resourceType === 'Patient') return resource.id === reach.patient;
  const path = about[resource.resourceType];
  return (path ? find(path, resource) : []).some((element) => {
    const written = isJson(element) ? element['reference'] : undefined;
    const reference = typeof written === 'string' ? referenceOf(written, baseUrl) : undefined;
    return reference && 'id' in reference && reference.type === 'Patient' && reference.id === reach.patient;
  });
}
