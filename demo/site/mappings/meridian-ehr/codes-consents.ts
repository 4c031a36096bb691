import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

export const PARTNER_TYPE: CodeMap = {
  name: 'partner-type',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/organization-type',
  codes: {
    H: { code: 'prov', display: 'Healthcare Provider' },
    S: { code: 'crs', display: 'Clinical Research Sponsor' },
  },
};

export const CONSENT_SCOPE: CodeMap = {
  name: 'consent-scope',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/consentscope',
  codes: {
    SH: { code: 'patient-privacy', display: 'Privacy Consent' },
    RS: { code: 'research', display: 'Research' },
    TR: { code: 'treatment', display: 'Treatment' },
  },
};

export const CONSENT_CATEGORY: CodeMap = {
  name: 'consent-category',
  version: VERSION,
  system: ACT_CODE,
  codes: {
    SH: { code: 'IDSCL', display: 'information disclosure' },
    RS: { code: 'RESEARCH', display: 'research information access' },
  },
};

export const CONSENT_ACTION: CodeMap = {
  name: 'consent-action',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/consentaction',
  codes: { SH: { code: 'disclose', display: 'Disclose' }, RS: { code: 'use', display: 'Use' } },
};

export const CONSENT_POLICY: CodeMap = {
  name: 'consent-policy',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/consentpolicycodes',
  codes: {
    HA: { code: 'hipaa-auth', display: 'HIPAA Authorization' },
    HR: { code: 'hipaa-research', display: 'HIPAA Research Authorization' },
  },
};

export const PURPOSE: CodeMap = {
  name: 'purpose-of-use',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  codes: {
    TR: { code: 'TREAT', display: 'treatment' },
    CM: { code: 'CAREMGT', display: 'care management' },
    RS: { code: 'HRESCH', display: 'healthcare research' },
  },
};
