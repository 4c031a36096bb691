import type { Meaning } from './codes.ts';

export const COVERAGE_STATUS: Readonly<Record<string, string>> = {
  A: 'active',
  C: 'cancelled',
  D: 'draft',
  E: 'entered-in-error',
};
export const RELATION: Readonly<Record<string, Meaning>> = {
  SPO: { code: 'SPS', display: 'spouse' },
  PAR: { code: 'PRN', display: 'parent' },
  CHI: { code: 'CHILD', display: 'child' },
  FRN: { code: 'FRND', display: 'unrelated friend' },
  GUA: { code: 'GUARD', display: 'guardian' },
};
export const INSURANCE_PLAN: Readonly<Record<string, Meaning>> = {
  HMO: { code: 'HMO', display: 'health maintenance organization policy' },
  PPO: { code: 'PPO', display: 'preferred provider organization policy' },
  PUB: { code: 'PUBLICPOL', display: 'public healthcare' },
};
export const SUBSCRIBER_RELATION: Readonly<Record<string, Meaning>> = {
  S: { code: 'self', display: 'Self' },
  P: { code: 'spouse', display: 'Spouse' },
  C: { code: 'child', display: 'Child' },
};
export const SPECIALTY: Readonly<Record<string, Meaning>> = {
  FM: { code: '207Q00000X', display: 'Family Medicine Physician' },
  IM: { code: '207R00000X', display: 'Internal Medicine Physician' },
  EM: { code: '207P00000X', display: 'Emergency Medicine Physician' },
  ENDO: { code: '207RE0101X', display: 'Endocrinology, Diabetes & Metabolism Physician' },
  CARD: { code: '207RC0000X', display: 'Cardiovascular Disease Physician' },
};
