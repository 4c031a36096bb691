import { ucum, type CodeMap, type Unit } from 'fascia/mapping';

const VERSION = '2026-11';

export const MARITAL_STATUS: CodeMap = {
  name: 'marital-status',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus',
  codes: { S: 'S', M: 'M', D: 'D', W: 'W', P: 'T' },
};

export const LANGUAGE: CodeMap = {
  name: 'language',
  version: VERSION,
  system: 'urn:ietf:bcp:47',
  codes: { EN: 'en', ES: 'es', ZH: 'zh', RU: 'ru', GR: 'el', AR: 'ar' },
};

export const DEPARTMENT_TYPE: CodeMap = {
  name: 'department-type',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/organization-type',
  codes: { H: { code: 'prov', display: 'Healthcare Provider' }, D: { code: 'dept', display: 'Hospital Department' } },
};

export const ABNORMAL_FLAG: CodeMap = {
  name: 'abnormal-flag',
  version: VERSION,
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  codes: { L: 'L', H: 'H', LL: 'LL', HH: 'HH', A: 'A', N: 'N' },
};

/** LOINC of the laboratory's own tests; the research marker MERX and ZXR1 have none. */
export const LAB_TEST: CodeMap = {
  name: 'lab-test',
  version: VERSION,
  system: 'http://loinc.org',
  codes: {
    ...{ GLU: '2345-7', GLUC: '2345-7', NA: '2951-2', K: '2823-3', CL: '2075-0', CO2: '2028-9', BUN: '3094-0' },
    ...{ CREA: '2160-0', CA: '17861-6', EGFR: '62238-1', ALT: '1742-6', AST: '1920-8', ALP: '6768-6' },
    ...{ TBIL: '1975-2', ALB: '1751-7', WBC: '6690-2', RBC: '789-8', HGB: '718-7', HCT: '4544-3', PLT: '777-3' },
    ...{ A1C: '4548-4', A1CI: '59261-8', CHOL: '2093-3', TRIG: '2571-8', HDL: '2085-9', LDL: '13457-7' },
    ...{ TSH: '3016-3', CRP: '1988-5', TROP: '10839-9', INR: '6301-6', PSA: '2857-1', FERR: '2276-4' },
    ...{ CEA: '2039-6', CEAI: '83085-1', NSE: '15060-7', HIVS: '56888-1', UOPI: '3879-4' },
    ...{ UGLU: '25428-4', UPRO: '20454-5', UKET: '2514-8', HCGQ: '2106-3', GLUP: '41653-7', PH: '2744-1' },
    ...{ PCO2: '2019-8', PO2: '2703-7', BE: '1925-7', BCX: '600-7', UCX: '630-4', COVA: '94558-4' },
    ...{ HIVP: '80387-4' },
  },
};

/** UCUM by the spellings of the analysers; people still read what the analyser wrote. */
const spelled = (code: string, ...spellings: readonly string[]): Readonly<Record<string, Unit>> =>
  Object.fromEntries(spellings.map((spelling) => [spelling, ucum(code, spelling)]));

export const LAB_UNITS: Readonly<Record<string, Unit>> = {
  ...spelled('mg/dL', 'MG/DL', 'mg/dl', 'mg/dL'),
  ...spelled('mmol/L', 'MMOL/L', 'mmol/L'),
  ...spelled('meq/L', 'MEQ/L'),
  ...spelled('U/L', 'U/L'),
  ...spelled('[IU]/L', 'IU/L'),
  ...spelled('g/dL', 'G/DL', 'g/dL'),
  ...spelled('10*3/uL', 'K/UL', '10*3/uL'),
  ...spelled('10*6/uL', 'M/UL', '10*6/uL'),
  ...spelled('%', '%', 'PCT', '% HGB'),
  ...spelled('mmol/mol', 'MMOL/MOL', 'mmol/mol'),
  ...spelled('mL/min/{1.73_m2}', 'ML/MIN/1.73M2'),
  ...spelled('u[IU]/mL', 'UIU/ML'),
  ...spelled('m[IU]/L', 'MIU/L'),
  ...spelled('mg/L', 'MG/L', 'mg/L'),
  ...spelled('ng/mL', 'NG/ML', 'ng/mL'),
  ...spelled('ug/L', 'UG/L', 'ug/L'),
  ...spelled('{INR}', 'INR'),
  ...spelled('[pH]', 'PH'),
  ...spelled('mm[Hg]', 'MMHG', 'mm[Hg]'),
};
