import type { Meaning } from './codes.ts';

type Table = Readonly<Record<string, string>>;
type Meanings = Readonly<Record<string, Meaning>>;

/** The systems of drugs, their orders and doses. */
export const DRUG_SYSTEMS = {
  medicationOrder: 'https://meridian.example/sid/medication-order',
  statementCategory: 'http://terminology.hl7.org/CodeSystem/medication-statement-category',
  localListSource: 'https://meridian.example/cs/home-list-source',
  localDrug: 'https://meridian.example/cs/drug',
  localRoute: 'https://meridian.example/cs/route',
  localFrequency: 'https://meridian.example/cs/frequency',
  localSetting: 'https://meridian.example/cs/order-setting',
  localOrderReason: 'https://meridian.example/cs/order-change-reason',
  requestCategory: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category',
  requestReason: 'http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason',
  gtsAbbreviation: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
  administration: 'https://meridian.example/sid/administration',
  localNotAdministered: 'https://meridian.example/cs/not-administered-reason',
  localInjectionSite: 'https://meridian.example/cs/injection-site',
  localDrugForm: 'https://meridian.example/cs/drug-form',
  administrationCategory: 'http://terminology.hl7.org/CodeSystem/medication-admin-category',
} as const;

export const ORDER_STATUS: Table = {
  DR: 'draft',
  AC: 'active',
  HO: 'on-hold',
  DC: 'stopped',
  CM: 'completed',
  CX: 'cancelled',
  ER: 'entered-in-error',
};
export const ORDER_INTENT: Table = { O: 'order', P: 'plan' };
export const ORDER_SETTING: Meanings = {
  I: { code: 'inpatient', display: 'Inpatient' },
  D: { code: 'discharge', display: 'Discharge' },
  C: { code: 'community', display: 'Community' },
  O: { code: 'outpatient', display: 'Outpatient' },
};
export const ORDER_REASON: Meanings = {
  HA: { code: 'hospadm', display: 'Admission to hospital' },
  AL: { code: 'salg', display: 'Allergy' },
  IN: { code: 'sddi', display: 'Drug interacts with another drug' },
  DU: { code: 'sdupther', display: 'Duplicate therapy' },
  SE: { code: 'sintol', display: 'Suspected intolerance' },
  SU: { code: 'surg', display: 'Patient scheduled for surgery.' },
  LV: { code: 'drughigh', display: 'Drug level too high' },
};
export const ROUTE: Meanings = {
  PO: { code: '26643006', display: 'Oral route' },
  IV: { code: '47625008', display: 'Intravenous route' },
  SC: { code: '34206005', display: 'Subcutaneous route' },
  NG: { code: '127492001', display: 'Nasogastric route' },
};
export const RHYTHM: Meanings = {
  QD: { code: 'QD', display: 'QD' },
  QAM: { code: 'AM', display: 'AM' },
  QHS: { code: 'BED', display: 'at bedtime' },
  BID: { code: 'BID', display: 'BID' },
  TID: { code: 'TID', display: 'TID' },
  QID: { code: 'QID', display: 'QID' },
  QOD: { code: 'QOD', display: 'QOD' },
  Q6H: { code: 'Q6H', display: 'Q6H' },
  Q8H: { code: 'Q8H', display: 'every 8 hours' },
  QWK: { code: 'WK', display: 'weekly' },
};
export const PERIOD_UNIT: Table = { D: 'd', H: 'h', W: 'wk' };
export const DOSE_UNIT: Table = { TAB: '{tbl}', CAP: '{capsule}', MG: 'mg', GM: 'g', ML: 'mL' };
export const ADMINISTRATION_STATUS: Table = {
  G: 'completed',
  P: 'in-progress',
  H: 'not-done',
  R: 'not-done',
  M: 'not-done',
  S: 'stopped',
  E: 'entered-in-error',
};
export const DRUG_STATUS: Table = { A: 'active', I: 'inactive' };
export const DRUG_FORM: Meanings = {
  TAB: { code: '385055001', display: 'Tablet' },
  CAP: { code: '385049006', display: 'Capsule' },
};
export const AMOUNT_UNIT: Table = { MG: 'mg', GM: 'g', MEQ: 'meq', ML: 'mL', VIAL: '{vial}' };
export const TAKING: Table = {
  T: 'active',
  N: 'not-taken',
  S: 'stopped',
  H: 'on-hold',
  U: 'unknown',
  E: 'entered-in-error',
};
export const LIST_SOURCE: Meanings = {
  P: { code: 'patientspecified', display: 'Patient Specified' },
  R: { code: 'patientspecified', display: 'Patient Specified' },
  C: { code: 'community', display: 'Community' },
};
