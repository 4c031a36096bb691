import { ucum, type CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

export const ORDER_SETTING: CodeMap = {
  name: 'order-setting',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category',
  codes: {
    I: { code: 'inpatient', display: 'Inpatient' },
    D: { code: 'discharge', display: 'Discharge' },
    C: { code: 'community', display: 'Community' },
    O: { code: 'outpatient', display: 'Outpatient' },
  },
};

export const ORDER_REASON: CodeMap = {
  name: 'order-change-reason',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason',
  codes: {
    HA: { code: 'hospadm', display: 'Admission to hospital' },
    AL: { code: 'salg', display: 'Allergy' },
    IN: { code: 'sddi', display: 'Drug interacts with another drug' },
    DU: { code: 'sdupther', display: 'Duplicate therapy' },
    SE: { code: 'sintol', display: 'Suspected intolerance' },
    SU: { code: 'surg', display: 'Patient scheduled for surgery.' },
    LV: { code: 'drughigh', display: 'Drug level too high' },
  },
};

export const ROUTE: CodeMap = {
  name: 'route',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    PO: { code: '26643006', display: 'Oral route' },
    IV: { code: '47625008', display: 'Intravenous route' },
    SC: { code: '34206005', display: 'Subcutaneous route' },
    NG: { code: '127492001', display: 'Nasogastric route' },
  },
};

export const FREQUENCY: CodeMap = {
  name: 'frequency',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation',
  codes: {
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
  },
};

/** The house counts heparin in units of its own: UNT has no code. */
export const DOSE_UNITS = {
  TAB: ucum('{tbl}', 'TAB'),
  CAP: ucum('{capsule}', 'CAP'),
  MG: ucum('mg', 'MG'),
  GM: ucum('g', 'GM'),
  ML: ucum('mL', 'ML'),
};

/** What the recipes of mixtures are written in. */
export const AMOUNT_UNITS = { MG: ucum('mg', 'MG'), GM: ucum('g', 'GM'), MEQ: ucum('meq', 'MEQ') };
export const VOLUME_UNITS = { ML: ucum('mL', 'ML'), VIAL: ucum('{vial}', 'VIAL') };

export const DRUG_FORM: CodeMap = {
  name: 'drug-form',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    TAB: { code: '385055001', display: 'Tablet' },
    CAP: { code: '385049006', display: 'Capsule' },
  },
};

export const PATIENT_OBJECTION = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'PATOBJ',
  display: 'patient objection',
} as const;

export const LIST_SOURCE: CodeMap = {
  name: 'home-list-source',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/medication-statement-category',
  codes: {
    P: { code: 'patientspecified', display: 'Patient Specified' },
    R: { code: 'patientspecified', display: 'Patient Specified' },
    C: { code: 'community', display: 'Community' },
  },
};
