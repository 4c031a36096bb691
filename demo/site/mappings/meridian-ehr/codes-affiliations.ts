import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

export const RELATION: CodeMap = {
  name: 'relation',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  codes: {
    SPO: { code: 'SPS', display: 'spouse' },
    PAR: { code: 'PRN', display: 'parent' },
    CHI: { code: 'CHILD', display: 'child' },
    FRN: { code: 'FRND', display: 'unrelated friend' },
    GUA: { code: 'GUARD', display: 'guardian' },
  },
};

export const INSURANCE_PLAN: CodeMap = {
  name: 'insurance-plan',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  codes: {
    HMO: { code: 'HMO', display: 'health maintenance organization policy' },
    PPO: { code: 'PPO', display: 'preferred provider organization policy' },
    PUB: { code: 'PUBLICPOL', display: 'public healthcare' },
  },
};

export const SUBSCRIBER_RELATION: CodeMap = {
  name: 'subscriber-relation',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/subscriber-relationship',
  codes: {
    S: { code: 'self', display: 'Self' },
    P: { code: 'spouse', display: 'Spouse' },
    C: { code: 'child', display: 'Child' },
  },
};

export const SPECIALTY: CodeMap = {
  name: 'specialty',
  version: VERSION,
  system: 'http://nucc.org/provider-taxonomy',
  codes: {
    FM: { code: '207Q00000X', display: 'Family Medicine Physician' },
    IM: { code: '207R00000X', display: 'Internal Medicine Physician' },
    EM: { code: '207P00000X', display: 'Emergency Medicine Physician' },
    ENDO: { code: '207RE0101X', display: 'Endocrinology, Diabetes & Metabolism Physician' },
    CARD: { code: '207RC0000X', display: 'Cardiovascular Disease Physician' },
  },
};
