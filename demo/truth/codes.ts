import { MRN_SYSTEM } from '../model/stories.ts';

/** What the local codes mean, as the hospital and the pharmacy would tell; the mapping modules have tables of their own. */
export const SYSTEMS = {
  mrn: MRN_SYSTEM,
  provider: 'https://meridian.example/sid/provider',
  department: 'https://meridian.example/sid/department',
  labOrder: 'https://meridian.example/sid/lab-order',
  labResult: 'https://meridian.example/sid/lab-result',
  customer: 'https://corner-pharmacy.example/sid/customer',
  prescriber: 'https://corner-pharmacy.example/sid/prescriber',
  store: 'https://corner-pharmacy.example/sid/store',
  dispense: 'https://corner-pharmacy.example/sid/dispense',
  location: 'https://meridian.example/sid/location',
  stay: 'https://meridian.example/sid/stay',
  localStayType: 'https://meridian.example/cs/stay-type',
  localRole: 'https://meridian.example/cs/provider-role',
  localSource: 'https://meridian.example/cs/admit-source',
  localDisposition: 'https://meridian.example/cs/discharge-disposition',
  radiologyPatient: 'https://meridian.example/sid/radiology-patient',
  radiologyAppointment: 'https://meridian.example/sid/radiology-appointment',
  radiologyStudy: 'https://meridian.example/sid/radiology-study',
  radiologyAccession: 'https://meridian.example/sid/radiology-accession',
  radiologyModality: 'https://meridian.example/cs/radiology-modality',
  radiologyBodyPart: 'https://meridian.example/cs/radiology-body-part',
  dicom: 'http://dicom.nema.org/resources/ontology/DCM',
  radiologyExam: 'https://meridian.example/cs/radiology-exam',
  localReaction: 'https://meridian.example/cs/reaction',
  localAlert: 'https://meridian.example/cs/alert',
  icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  conditionClinical: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  conditionVerification: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  conditionCategory: 'http://terminology.hl7.org/CodeSystem/condition-category',
  allergyClinical: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
  allergyVerification: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  flagCategory: 'http://terminology.hl7.org/CodeSystem/flag-category',
  procedure: 'https://meridian.example/sid/procedure',
  localProcedure: 'https://meridian.example/cs/procedure',
  localNotGiven: 'https://meridian.example/cs/not-given-reason',
  payer: 'https://meridian.example/sid/payer',
  localRelation: 'https://meridian.example/cs/relation',
  localPlan: 'https://meridian.example/cs/insurance-plan',
  localSubscriber: 'https://meridian.example/cs/subscriber-relation',
  localSpecialty: 'https://meridian.example/cs/specialty',
  partner: 'https://meridian.example/sid/partner',
  consent: 'https://meridian.example/sid/consent',
  roster: 'https://meridian.example/sid/roster',
  localRoster: 'https://meridian.example/cs/roster-type',
  localConsent: 'https://meridian.example/cs/consent-type',
  localPolicy: 'https://meridian.example/cs/consent-policy',
  localPurpose: 'https://meridian.example/cs/purpose-of-use',
  localSensitivity: 'https://meridian.example/cs/sensitivity',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  consentAction: 'http://terminology.hl7.org/CodeSystem/consentaction',
  consentPolicy: 'http://terminology.hl7.org/CodeSystem/consentpolicycodes',
  document: 'https://meridian.example/sid/document',
  localSection: 'https://meridian.example/cs/report-section',
  localExam: 'https://meridian.example/cs/exam',
  documentCategory: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  loinc: 'http://loinc.org',
  localPanel: 'https://meridian.example/cs/lab-panel',
  diagnosticService: 'http://terminology.hl7.org/CodeSystem/v2-0074',
  localTest: 'https://meridian.example/cs/lab-test',
  localFlag: 'https://meridian.example/cs/abnormal-flag',
  localMarital: 'https://meridian.example/cs/marital-status',
  marital: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus',
  interpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  organizationType: 'http://terminology.hl7.org/CodeSystem/organization-type',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ndc: 'http://hl7.org/fhir/sid/ndc',
  snomed: 'http://snomed.info/sct',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  participation: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  admitSource: 'http://terminology.hl7.org/CodeSystem/admit-source',
  disposition: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  ucum: 'http://unitsofmeasure.org',
  actReason: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  actSite: 'http://terminology.hl7.org/CodeSystem/v3-ActSite',
  absentReason: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  subscriberRelation: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
  coverageClass: 'http://terminology.hl7.org/CodeSystem/coverage-class',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  nucc: 'http://nucc.org/provider-taxonomy',
  bedStatus: 'http://terminology.hl7.org/CodeSystem/v2-0116',
  roleCode: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  physicalType: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
} as const;

type Table<T extends string = string> = Readonly<Record<string, T>>;

export const SEX: Table<'male' | 'female' | 'other'> = { '1': 'male', '2': 'female', '9': 'other' };
export const CUSTOMER_SEX: Table<'male' | 'female' | 'other'> = { M: 'male', F: 'female', X: 'other' };
export const MARITAL: Table = { S: 'S', M: 'M', D: 'D', W: 'W', P: 'T' };
export const LANGUAGE: Table = { EN: 'en', ES: 'es', ZH: 'zh', RU: 'ru', GR: 'el', AR: 'ar' };
export const ADDRESS_USE: Table = { H: 'home', W: 'work', T: 'temp', B: 'billing', O: 'old' };
export const LAB_STATUS: Table = {
  F: 'final',
  P: 'preliminary',
  C: 'corrected',
  X: 'entered-in-error',
  I: 'registered',
};
export const DEVICE_STATUS: Table = {
  FINAL: 'final',
  PRELIM: 'preliminary',
  CORR: 'corrected',
  ERROR: 'entered-in-error',
};
export const FLAG: Table = { L: 'L', H: 'H', LL: 'LL', HH: 'HH', A: 'A', N: 'N' };
export const ORGANIZATION_TYPE: Table = { H: 'prov', D: 'dept' };
export const DISPENSE_STATUS: Table = {
  P: 'preparation',
  R: 'in-progress',
  C: 'completed',
  X: 'cancelled',
  S: 'stopped',
  H: 'on-hold',
  D: 'declined',
  E: 'entered-in-error',
};

/** UCUM by the spelling of the unit. What is not here has a unit, but no code. */
export const LAB_UNIT: Table = {
  'MG/DL': 'mg/dL',
  'mg/dl': 'mg/dL',
  'mg/dL': 'mg/dL',
  'MMOL/L': 'mmol/L',
  'mmol/L': 'mmol/L',
  'MEQ/L': 'meq/L',
  'U/L': 'U/L',
  'IU/L': '[IU]/L',
  'G/DL': 'g/dL',
  'g/dL': 'g/dL',
  'K/UL': '10*3/uL',
  '10*3/uL': '10*3/uL',
  'M/UL': '10*6/uL',
  '10*6/uL': '10*6/uL',
  '%': '%',
  PCT: '%',
  '% HGB': '%',
  'MMOL/MOL': 'mmol/mol',
  'mmol/mol': 'mmol/mol',
  'ML/MIN/1.73M2': 'mL/min/{1.73_m2}',
  'UIU/ML': 'u[IU]/mL',
  'MIU/L': 'm[IU]/L',
  'MG/L': 'mg/L',
  'mg/L': 'mg/L',
  'NG/ML': 'ng/mL',
  'UG/L': 'ug/L',
  'ug/L': 'ug/L',
  'ng/mL': 'ng/mL',
  INR: '{INR}',
  PH: '[pH]',
  MMHG: 'mm[Hg]',
  'mm[Hg]': 'mm[Hg]',
};

/** A code of a standard system with its name there. */
export interface Meaning {
  readonly code: string;
  readonly display: string;
}

export const PHYSICAL_TYPE: Readonly<Record<string, Meaning>> = {
  S: { code: 'bu', display: 'Building' },
  W: { code: 'wa', display: 'Ward' },
  R: { code: 'ro', display: 'Room' },
  B: { code: 'bd', display: 'Bed' },
};
export const BED_STATE: Readonly<Record<string, Meaning>> = {
  OCC: { code: 'O', display: 'Occupied' },
  FRE: { code: 'U', display: 'Unoccupied' },
  CLN: { code: 'H', display: 'Housekeeping' },
  ISO: { code: 'I', display: 'Isolated' },
  CLO: { code: 'C', display: 'Closed' },
};
export const LOCATION_FUNCTION: Readonly<Record<string, Meaning>> = {
  INP: { code: 'HU', display: 'Hospital unit' },
  ICU: { code: 'ICU', display: 'Intensive care unit' },
  ED: { code: 'ER', display: 'Emergency room' },
  CARD: { code: 'CCU', display: 'Coronary care unit' },
  PSY: { code: 'PHU', display: 'Psychiatric hospital unit' },
  PED: { code: 'PEDU', display: 'Pediatric unit' },
  OPD: { code: 'OF', display: 'Outpatient facility' },
};

export const STAY_STATUS: Table = {
  AR: 'arrived',
  IN: 'in-progress',
  LV: 'onleave',
  FI: 'finished',
  CX: 'cancelled',
};
export const STAY_CLASS: Readonly<Record<string, Meaning>> = {
  I: { code: 'IMP', display: 'inpatient encounter' },
  E: { code: 'EMER', display: 'emergency' },
  O: { code: 'AMB', display: 'ambulatory' },
  V: { code: 'VR', display: 'virtual' },
  B: { code: 'OBSENC', display: 'observation encounter' },
};
export const STAY_TYPE: Readonly<Record<string, Meaning>> = {
  CHK: { code: '185349003', display: 'Encounter for check up' },
  FUP: { code: '390906007', display: 'Follow-up encounter' },
  PRB: { code: '185347001', display: 'Encounter for problem' },
  EMR: { code: '4525004', display: 'Emergency department patient visit' },
  ADM: { code: '32485007', display: 'Hospital admission' },
  EAD: { code: '183452005', display: 'Emergency hospital admission' },
};
export const PROVIDER_ROLE: Readonly<Record<string, Meaning>> = {
  ATT: { code: 'ATND', display: 'attender' },
  ADM: { code: 'ADM', display: 'admitter' },
  CON: { code: 'CON', display: 'consultant' },
};
export const ADMIT_SOURCE: Readonly<Record<string, Meaning>> = {
  ER: { code: 'emd', display: 'From accident/emergency department' },
  GP: { code: 'gp', display: 'General Practitioner referral' },
  HT: { code: 'hosp-trans', display: 'Transferred from other hospital' },
  NH: { code: 'nursing', display: 'From nursing home' },
};
export const DISPOSITION: Readonly<Record<string, Meaning>> = {
  HOM: { code: 'home', display: 'Home' },
  SNF: { code: 'snf', display: 'Skilled nursing facility' },
  RHB: { code: 'rehab', display: 'Rehabilitation' },
  AMA: { code: 'aadvice', display: 'Left against advice' },
  EXP: { code: 'exp', display: 'Expired' },
  OTH: { code: 'oth', display: 'Other' },
};

export const DISPENSE_UNIT: Table = { TAB: '{tbl}', CAP: '{capsule}', ML: 'mL', GM: 'g' };

/** LOINC by local test code; MERX and ZXR1 have none. */
export const LOINC: Table = {
  GLU: '2345-7',
  GLUC: '2345-7',
  NA: '2951-2',
  K: '2823-3',
  CL: '2075-0',
  CO2: '2028-9',
  BUN: '3094-0',
  CREA: '2160-0',
  CA: '17861-6',
  EGFR: '62238-1',
  ALT: '1742-6',
  AST: '1920-8',
  ALP: '6768-6',
  TBIL: '1975-2',
  ALB: '1751-7',
  WBC: '6690-2',
  RBC: '789-8',
  HGB: '718-7',
  HCT: '4544-3',
  PLT: '777-3',
  A1C: '4548-4',
  A1CI: '59261-8',
  CHOL: '2093-3',
  TRIG: '2571-8',
  HDL: '2085-9',
  LDL: '13457-7',
  TSH: '3016-3',
  CRP: '1988-5',
  TROP: '10839-9',
  INR: '6301-6',
  PSA: '2857-1',
  FERR: '2276-4',
  CEA: '2039-6',
  CEAI: '83085-1',
  NSE: '15060-7',
  HIVS: '56888-1',
  UOPI: '3879-4',
  UGLU: '25428-4',
  UPRO: '20454-5',
  UKET: '2514-8',
  HCGQ: '2106-3',
  GLUP: '41653-7',
  PH: '2744-1',
  PCO2: '2019-8',
  PO2: '2703-7',
  BE: '1925-7',
  BCX: '600-7',
  UCX: '630-4',
  COVA: '94558-4',
  HIVP: '80387-4',
};

export const APPOINTMENT_STATUS: Table = {
  B: 'booked',
  A: 'arrived',
  D: 'fulfilled',
  C: 'cancelled',
  N: 'noshow',
  E: 'entered-in-error',
};
export const RADIOLOGY_SEX: Table<'male' | 'female'> = { M: 'male', F: 'female' };
