import { SYSTEMS, type Meaning } from './codes.ts';

type Table = Readonly<Record<string, string>>;

/** Code systems by the labels of packed codes; OLD means nothing any more. */
export const PACKED_SYSTEM: Table = { ICD10: SYSTEMS.icd10cm, SNOMED: SYSTEMS.snomed, RXN: SYSTEMS.rxnorm };
export const SENSITIVITY: Readonly<Record<string, Meaning>> = {
  PSY: { code: 'PSY', display: 'psychiatry disorder information sensitivity' },
  HIV: { code: 'HIV', display: 'HIV/AIDS information sensitivity' },
  SUB: { code: 'SUD', display: 'substance use disorder information sensitivity' },
  ADO: { code: 'ADOL', display: 'adolescent information sensitivity' },
};
export const CLINICAL_STATUS: Table = { A: 'active', C: 'recurrence', I: 'inactive', R: 'resolved' };
export const ALLERGY_STATUS: Table = { A: 'active', C: 'active', I: 'inactive', R: 'resolved' };
export const VERIFICATION: Table = {
  C: 'confirmed',
  P: 'provisional',
  D: 'differential',
  U: 'unconfirmed',
  R: 'refuted',
  E: 'entered-in-error',
};
export const ALLERGY_VERIFICATION: Table = {
  C: 'confirmed',
  P: 'unconfirmed',
  D: 'unconfirmed',
  U: 'unconfirmed',
  R: 'refuted',
  E: 'entered-in-error',
};
export const ALLERGY_CATEGORY: Table = { M: 'medication', F: 'food', E: 'environment' };
export const CRITICALITY: Table = { H: 'high', L: 'low', U: 'unable-to-assess' };
export const SEVERITY: Table = { M: 'mild', O: 'moderate', S: 'severe' };
export const REACTION: Readonly<Record<string, Meaning>> = {
  HIVE: { code: '126485001', display: 'Urticaria' },
  ANAP: { code: '39579001', display: 'Anaphylaxis' },
  NAUS: { code: '422587007', display: 'Nausea' },
  RASH: { code: '271807003', display: 'Eruption of skin' },
};
/** Of which kind no allergy is known; no kind: none at all. */
export const NO_ALLERGY: Readonly<Record<string, Meaning>> = {
  '': { code: '716186003', display: 'No known allergy' },
  M: { code: '409137002', display: 'No known drug allergy' },
  F: { code: '429625007', display: 'No known food allergy' },
};
export const ALERT: Readonly<Record<string, Meaning>> = {
  FALL: { code: '129839007', display: 'At increased risk for falls' },
};
