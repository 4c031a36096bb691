import type { ResourceType } from '../contracts/index.ts';

/**
 * How an instance of a type belongs to a patient. `patient`: the search parameter whose target is the patient that the resource is about.
 * `element`: R4 has no such parameter, and the element itself leads to the patient. `shared`: no patient, open to everybody who may search the type.
 * `target`: it tells of another resource, and belongs to whom that one belongs to.
 */
export type PatientPath =
  | { readonly is: 'patient'; readonly code: string }
  | { readonly is: 'element'; readonly element: string }
  | 'shared'
  | 'target';

/** Types that are about a patient through R4's parameter `patient`; each was read to point at the subject, not at a performer or an author. */
const byPatient = [
  ...['Account', 'AllergyIntolerance', 'Appointment', 'AppointmentResponse', 'Basic', 'BodyStructure', 'CarePlan'],
  ...[
    'CareTeam',
    'ChargeItem',
    'Claim',
    'ClaimResponse',
    'ClinicalImpression',
    'Communication',
    'CommunicationRequest',
  ],
  ...['Composition', 'Condition', 'Consent', 'Contract', 'CoverageEligibilityRequest', 'CoverageEligibilityResponse'],
  ...['DetectedIssue', 'Device', 'DeviceRequest', 'DeviceUseStatement', 'DiagnosticReport', 'DocumentManifest'],
  ...['DocumentReference', 'Encounter', 'EnrollmentRequest', 'EpisodeOfCare', 'ExplanationOfBenefit'],
  ...['FamilyMemberHistory', 'Flag', 'Goal', 'GuidanceResponse', 'ImagingStudy', 'Immunization'],
  ...['ImmunizationEvaluation', 'ImmunizationRecommendation', 'Invoice', 'List', 'MeasureReport', 'Media'],
  ...[
    'MedicationAdministration',
    'MedicationDispense',
    'MedicationRequest',
    'MedicationStatement',
    'MolecularSequence',
  ],
  ...['NutritionOrder', 'Observation', 'Person', 'Procedure', 'QuestionnaireResponse', 'RelatedPerson'],
  ...['RequestGroup', 'ResearchSubject', 'RiskAssessment', 'ServiceRequest', 'Specimen', 'SupplyDelivery', 'Task'],
  'VisionPrescription',
] as const satisfies readonly ResourceType[];

/** Types whose patient stands under another parameter. `patient` of AuditEvent would include the acting agent, so its entity counts alone. */
const byOther = {
  AdverseEvent: 'subject',
  AuditEvent: 'entity',
  Coverage: 'beneficiary',
  Patient: '_id',
  Schedule: 'actor',
  SupplyRequest: 'subject',
} as const satisfies Partial<Record<ResourceType, string>>;

/** The proxy by which access to a Binary is decided (https://hl7.org/fhir/R4/binary-definitions.html#Binary.securityContext). */
const byElement = { Binary: 'securityContext' } as const satisfies Partial<Record<ResourceType, string>>;

const sharedTypes = [
  ...['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'HealthcareService', 'Endpoint', 'Medication'],
] as const satisfies readonly ResourceType[];

const paths: ReadonlyMap<string, PatientPath> = new Map<string, PatientPath>([
  ...byPatient.map((type) => [type, { is: 'patient', code: 'patient' }] as const),
  ...Object.entries(byOther).map(([type, code]) => [type, { is: 'patient', code }] as const),
  ...Object.entries(byElement).map(([type, element]) => [type, { is: 'element', element }] as const),
  ...sharedTypes.map((type) => [type, 'shared'] as const),
  ['Provenance', 'target'],
]);

/**
 * The committed compartment table. Undefined: nobody with a patient's access reaches the type, such as Group, whose instances name many patients.
 * Differs on purpose from https://hl7.org/fhir/R4/compartmentdefinition-patient.html, which also lets in performers, authors and asserters.
 */
export function patientPathOf(type: string): PatientPath | undefined {
  return paths.get(type);
}
