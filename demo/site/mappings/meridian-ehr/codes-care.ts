import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';
const SNOMED = 'http://snomed.info/sct';

export const SERVICE_CATEGORY: CodeMap = {
  name: 'service-category',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/service-category',
  codes: {
    SP: { code: '27', display: 'Specialist Medical' },
    CO: { code: '8', display: 'Counselling' },
    MH: { code: '22', display: 'Mental Health' },
    ED: { code: '14', display: 'Emergency Department' },
    GP: { code: '17', display: 'General Practice' },
    HO: { code: '35', display: 'Hospital' },
  },
};

export const REQUEST_KIND: CodeMap = {
  name: 'request-kind',
  version: VERSION,
  system: SNOMED,
  codes: {
    RF: { code: '3457005', display: 'Patient referral' },
    FU: { code: '390906007', display: 'Follow-up encounter' },
    CO: { code: '11429006', display: 'Consultation' },
  },
};

/** What is asked for when somebody is sent to a service. */
export const SERVICE: CodeMap = {
  name: 'service',
  version: VERSION,
  system: SNOMED,
  codes: {
    CARD: { code: '183519002', display: 'Referral to cardiology service' },
    ENDO: { code: '306118006', display: 'Referral to endocrinology service' },
    DIET: { code: '103699006', display: 'Referral to dietitian' },
    PSYC: { code: '183524004', display: 'Referral to psychiatry service' },
  },
};
