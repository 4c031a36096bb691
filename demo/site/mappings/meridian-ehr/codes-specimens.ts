import type { CodeMap } from 'fascia/mapping';

const VERSION = '2026-11';
const SNOMED = 'http://snomed.info/sct';

export const SPECIMEN_TYPE: CodeMap = {
  name: 'specimen-type',
  version: VERSION,
  system: SNOMED,
  codes: {
    SER: { code: '119364003', display: 'Serum specimen' },
    PLAS: { code: '119361006', display: 'Plasma specimen' },
    BLD: { code: '119297000', display: 'Blood specimen' },
    ABG: { code: '122552005', display: 'Arterial blood specimen' },
    UR: { code: '122575003', display: 'Urine specimen' },
    NAS: { code: '445297001', display: 'Swab of internal nose' },
    BX: { code: '258415003', display: 'Biopsy specimen' },
    BLK: { code: '441652008', display: 'Formalin-fixed paraffin-embedded tissue specimen' },
  },
};

/** The table of HL7 v2 lacks swabs of the nose and blocks. */
export const SPECIMEN_TYPE_V2: CodeMap = {
  name: 'specimen-type-v2',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v2-0487',
  codes: {
    SER: { code: 'SER', display: 'Serum' },
    PLAS: { code: 'PLAS', display: 'Plasma' },
    BLD: { code: 'BLD', display: 'Whole blood' },
    ABG: { code: 'BLDA', display: 'Blood arterial' },
    UR: { code: 'UR', display: 'Urine' },
    BX: { code: 'BX', display: 'Biopsy' },
  },
};

/** Which bend of an arm is not said in a code of SNOMED CT. */
export const SPECIMEN_SITE: CodeMap = {
  name: 'specimen-site',
  version: VERSION,
  system: SNOMED,
  codes: {
    RUL: { code: '42400003', display: 'Structure of upper lobe of right lung' },
    NOS: { code: '53342003', display: 'Internal nose structure' },
  },
};

export const SPECIMEN_CONDITION: CodeMap = {
  name: 'specimen-condition',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v2-0493',
  codes: {
    HM: { code: 'HEM', display: 'Hemolyzed' },
    CL: { code: 'CLOT', display: 'Clotted' },
    CO: { code: 'COOL', display: 'Cool' },
  },
};
