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
