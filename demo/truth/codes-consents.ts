import type { Meaning } from './codes.ts';

type Meanings = Readonly<Record<string, Meaning>>;

export const PARTNER_TYPE: Meanings = {
  H: { code: 'prov', display: 'Healthcare Provider' },
  S: { code: 'crs', display: 'Clinical Research Sponsor' },
};
export const CONSENT_STATUS: Readonly<Record<string, string>> = {
  D: 'draft',
  P: 'proposed',
  A: 'active',
  R: 'rejected',
  E: 'entered-in-error',
};
export const CONSENT_SCOPE: Meanings = {
  SH: { code: 'patient-privacy', display: 'Privacy Consent' },
  RS: { code: 'research', display: 'Research' },
  TR: { code: 'treatment', display: 'Treatment' },
};
export const CONSENT_CATEGORY: Meanings = {
  SH: { code: 'IDSCL', display: 'information disclosure' },
  RS: { code: 'RESEARCH', display: 'research information access' },
};
export const CONSENT_ACTION: Meanings = {
  SH: { code: 'disclose', display: 'Disclose' },
  RS: { code: 'use', display: 'Use' },
};
export const CONSENT_POLICY: Meanings = {
  HA: { code: 'hipaa-auth', display: 'HIPAA Authorization' },
  HR: { code: 'hipaa-research', display: 'HIPAA Research Authorization' },
};
export const PURPOSE: Meanings = {
  TR: { code: 'TREAT', display: 'treatment' },
  CM: { code: 'CAREMGT', display: 'care management' },
  RS: { code: 'HRESCH', display: 'healthcare research' },
};
