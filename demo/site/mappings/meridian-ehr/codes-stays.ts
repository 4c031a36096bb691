import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';

export const PHYSICAL_TYPE: CodeMap = {
  name: 'location-type',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/location-physical-type',
  codes: {
    S: { code: 'bu', display: 'Building' },
    W: { code: 'wa', display: 'Ward' },
    R: { code: 'ro', display: 'Room' },
    B: { code: 'bd', display: 'Bed' },
  },
};

export const BED_STATE: CodeMap = {
  name: 'bed-state',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v2-0116',
  codes: {
    OCC: { code: 'O', display: 'Occupied' },
    FRE: { code: 'U', display: 'Unoccupied' },
    CLN: { code: 'H', display: 'Housekeeping' },
    ISO: { code: 'I', display: 'Isolated' },
    CLO: { code: 'C', display: 'Closed' },
  },
};

export const LOCATION_FUNCTION: CodeMap = {
  name: 'location-function',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  codes: {
    INP: { code: 'HU', display: 'Hospital unit' },
    ICU: { code: 'ICU', display: 'Intensive care unit' },
    ED: { code: 'ER', display: 'Emergency room' },
    CARD: { code: 'CCU', display: 'Coronary care unit' },
    PSY: { code: 'PHU', display: 'Psychiatric hospital unit' },
    PED: { code: 'PEDU', display: 'Pediatric unit' },
    OPD: { code: 'OF', display: 'Outpatient facility' },
  },
};

export const STAY_CLASS: CodeMap = {
  name: 'stay-class',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  codes: {
    I: { code: 'IMP', display: 'inpatient encounter' },
    E: { code: 'EMER', display: 'emergency' },
    O: { code: 'AMB', display: 'ambulatory' },
    V: { code: 'VR', display: 'virtual' },
    B: { code: 'OBSENC', display: 'observation encounter' },
  },
};

export const STAY_TYPE: CodeMap = {
  name: 'stay-type',
  version: VERSION,
  system: 'http://snomed.info/sct',
  codes: {
    CHK: { code: '185349003', display: 'Encounter for check up' },
    FUP: { code: '390906007', display: 'Follow-up encounter' },
    PRB: { code: '185347001', display: 'Encounter for problem' },
    EMR: { code: '4525004', display: 'Emergency department patient visit' },
    ADM: { code: '32485007', display: 'Hospital admission' },
    EAD: { code: '183452005', display: 'Emergency hospital admission' },
  },
};

export const PROVIDER_ROLE: CodeMap = {
  name: 'provider-role',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  codes: {
    ATT: { code: 'ATND', display: 'attender' },
    ADM: { code: 'ADM', display: 'admitter' },
    CON: { code: 'CON', display: 'consultant' },
  },
};

export const ADMIT_SOURCE: CodeMap = {
  name: 'admit-source',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/admit-source',
  codes: {
    ER: { code: 'emd', display: 'From accident/emergency department' },
    GP: { code: 'gp', display: 'General Practitioner referral' },
    HT: { code: 'hosp-trans', display: 'Transferred from other hospital' },
    NH: { code: 'nursing', display: 'From nursing home' },
  },
};

export const DISPOSITION: CodeMap = {
  name: 'discharge-disposition',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
  codes: {
    HOM: { code: 'home', display: 'Home' },
    SNF: { code: 'snf', display: 'Skilled nursing facility' },
    RHB: { code: 'rehab', display: 'Rehabilitation' },
    AMA: { code: 'aadvice', display: 'Left against advice' },
    EXP: { code: 'exp', display: 'Expired' },
    OTH: { code: 'oth', display: 'Other' },
  },
};
