import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

export const NOT_GIVEN: CodeMap = {
  name: 'not-given-reason',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  codes: {
    PO: { code: 'PATOBJ', display: 'patient objection' },
    IM: { code: 'IMMUNE', display: 'immunity' },
    OS: { code: 'OSTOCK', display: 'product out of stock' },
  },
};

export const VACCINATION_SITE: CodeMap = {
  name: 'vaccination-site',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActSite',
  codes: {
    LA: { code: 'LA', display: 'left arm' },
    RA: { code: 'RA', display: 'right arm' },
  },
};

export const TREATMENT: CodeMap = {
  name: 'procedure',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    COLO: { code: '73761001', display: 'Colonoscopy' },
    APPY: { code: '80146002', display: 'Appendectomy' },
    ECHO: { code: '40701008', display: 'Echocardiography' },
    CATH: { code: '41976001', display: 'Cardiac catheterization' },
  },
};
