import type { LabTest } from './lab-catalogue.ts';

const MG_DL = ['MG/DL', 'MG/DL', 'mg/dl', 'mg/dL'];
const MMOL = ['MMOL/L', 'MMOL/L', 'mmol/L', 'MEQ/L'];
const U_L = ['U/L', 'U/L', 'IU/L'];
const K_UL = ['K/UL', 'K/UL', '10*3/uL', 'X10E3'];
const G_DL = ['G/DL', 'g/dL'];
const NG_ML = ['NG/ML', 'ng/mL'];
const MM_HG = ['MMHG', 'mm[Hg]'];
const PRESENCE = ['NEG', 'NEG', 'NEG', 'POSITIVE', 'TRACE', 'Negative'];

type Limits = { readonly floor?: number; readonly ceiling?: number; readonly signed?: boolean };

function numeric(
  code: string,
  description: string | null,
  specimen: string,
  defaultUnit: string | null,
  units: readonly string[],
  [mean, spread, decimals]: readonly [mean: number, spread: number, decimals: number],
  [low, high]: readonly [low: string | null, high: string | null],
  limits: Limits = {},
): LabTest {
  return {
    code,
    ...(description === null ? {} : { description }),
    specimen,
    defaultUnit,
    units,
    number: { mean, spread, decimals, ...limits },
    ...(low === null ? {} : { low }),
    ...(high === null ? {} : { high }),
  };
}

function worded(code: string, description: string, specimen: string, words: readonly string[], low?: string): LabTest {
  return { code, description, specimen, defaultUnit: null, units: [''], words, ...(low === undefined ? {} : { low }) };
}

/** Tests of the laboratories, which write to LABRSLT. */
export const LABORATORY_TESTS: readonly LabTest[] = [
  numeric('GLU', 'GLUCOSE', 'SER', 'MG/DL', MG_DL, [98, 14, 0], ['70', '99']),
  numeric('GLUC', 'GLUCOSE, WEST CLINIC', 'SER', 'MG/DL', MG_DL, [97, 13, 1], ['70', '99']),
  numeric('NA', 'SODIUM', 'SER', 'MMOL/L', MMOL, [139, 3, 0], ['135', '145']),
  numeric('K', 'POTASSIUM', 'SER', 'MMOL/L', MMOL, [4.2, 0.5, 1], ['3.5', '5.1']),
  numeric('CL', 'CHLORIDE', 'SER', 'MMOL/L', MMOL, [103, 3, 0], ['98', '107']),
  numeric('CO2', 'CARBON DIOXIDE, TOTAL', 'SER', 'MMOL/L', MMOL, [25, 2.5, 0], ['22', '29']),
  numeric('BUN', 'UREA NITROGEN', 'SER', 'MG/DL', MG_DL, [15, 5, 0], ['7', '20']),
  numeric('CREA', 'CREATININE', 'SER', 'MG/DL', MG_DL, [0.95, 0.25, 2], ['0.60', '1.30']),
  numeric('CA', 'CALCIUM', 'SER', 'MG/DL', MG_DL, [9.4, 0.4, 1], ['8.5', '10.2']),
  numeric('EGFR', 'GFR ESTIMATE (CKD-EPI)', 'SER', 'ML/MIN', ['ML/MIN/1.73M2', 'ML/MIN'], [75, 25, 0], ['60', null], {
    ceiling: 90,
  }),
  numeric('ALT', 'ALT', 'SER', 'U/L', U_L, [26, 12, 0], ['7', '56'], { floor: 5 }),
  numeric('AST', 'AST', 'SER', 'U/L', U_L, [24, 9, 0], ['10', '40'], { floor: 5 }),
  numeric('ALP', 'ALKALINE PHOSPHATASE', 'SER', 'U/L', U_L, [78, 22, 0], ['44', '147']),
  numeric('TBIL', 'BILIRUBIN, TOTAL', 'SER', 'MG/DL', MG_DL, [0.7, 0.3, 1], ['0.1', '1.2'], { floor: 0.2 }),
  numeric('ALB', 'ALBUMIN', 'SER', 'G/DL', G_DL, [4.2, 0.4, 1], ['3.4', '5.4']),
  numeric('WBC', 'LEUKOCYTES', 'BLD', 'K/UL', K_UL, [7.1, 2, 1], ['4.0', '11.0']),
  numeric('RBC', 'ERYTHROCYTES', 'BLD', 'M/UL', ['M/UL', '10*6/uL'], [4.7, 0.5, 2], ['4.10', '5.60']),
  numeric('HGB', 'HEMOGLOBIN', 'BLD', 'G/DL', G_DL, [13.8, 1.5, 1], ['12.0', '16.0']),
  numeric('HCT', 'HEMATOCRIT', 'BLD', '%', ['%', 'PCT'], [41, 4, 1], ['36.0', '48.0']),
  numeric('PLT', 'PLATELETS', 'BLD', 'K/UL', K_UL, [245, 60, 0], ['150', '400']),
  numeric('A1C', 'HEMOGLOBIN A1C', 'BLD', '%', ['%', 'PCT', '% HGB'], [5.5, 0.4, 1], ['4.0', '5.6']),
  numeric('A1CI', 'HEMOGLOBIN A1C (IFCC)', 'BLD', 'MMOL/MOL', ['MMOL/MOL', 'mmol/mol'], [37, 4, 0], ['20', '38']),
  numeric('CHOL', 'CHOLESTEROL', 'SER', 'MG/DL', MG_DL, [188, 35, 0], [null, '200']),
  numeric('TRIG', 'TRIGLYCERIDES', 'SER', 'MG/DL', MG_DL, [130, 60, 0], [null, '150'], { floor: 30 }),
  numeric('HDL', 'HDL CHOLESTEROL', 'SER', 'MG/DL', MG_DL, [54, 14, 0], ['40', null]),
  numeric('LDL', 'LDL CHOLESTEROL, CALCULATED', 'SER', 'MG/DL', MG_DL, [112, 30, 0], [null, '100']),
  numeric('TSH', 'THYROTROPIN', 'SER', 'UIU/ML', ['UIU/ML', 'MIU/L'], [2.1, 1.3, 2], ['0.40', '4.50'], { floor: 0.01 }),
  numeric('CRP', 'C REACTIVE PROTEIN', 'SER', 'MG/L', ['MG/L', 'mg/L'], [3, 45, 1], [null, '5.0'], {
    floor: 0.5,
    ceiling: 100,
  }),
  numeric('TROP', 'TROPONIN I', 'PLAS', 'NG/ML', NG_ML, [0.01, 0.02, 2], [null, '0.04'], { floor: 0.01 }),
  numeric('INR', 'INR', 'PLAS', null, ['', '', 'INR'], [1.6, 0.8, 1], ['0.9', '1.1']),
  {
    ...numeric('PSA', 'PROSTATE SPECIFIC AG', 'SER', 'NG/ML', NG_ML, [1.2, 1, 2], [null, '4.00'], { floor: 0.1 }),
    only: { female: false, from: 40, to: 80 },
  },
  numeric('FERR', 'FERRITIN', 'SER', 'NG/ML', NG_ML, [110, 80, 0], ['15', '300'], { floor: 5 }),
  numeric('CEA', 'CARCINOEMBRYONIC AG', 'SER', 'NG/ML', NG_ML, [2.1, 0.9, 1], [null, '5.0'], { floor: 0.5 }),
  numeric('CEAI', 'CARCINOEMBRYONIC AG, IMMUNOASSAY', 'SER', 'UG/L', ['UG/L', 'ug/L'], [2.9, 1.2, 1], [null, '6.5'], {
    floor: 0.8,
  }),
  numeric('NSE', 'NEURON SPECIFIC ENOLASE', 'SER', 'NG/ML', NG_ML, [10.5, 2.5, 1], [null, '16.3'], { floor: 1 }),
  numeric('MERX', 'MERIDIAN RESEARCH MARKER', 'SER', 'UNITS', ['UNITS', ''], [40, 12, 2], [null, null]),
  numeric('ZXR1', null, 'SER', null, ['UNITS'], [8, 3, 1], [null, null]),
  worded('UGLU', 'GLUCOSE, URINE STRIP', 'UR', PRESENCE, 'NEG'),
  worded('UPRO', 'PROTEIN, URINE STRIP', 'UR', PRESENCE, 'NEG'),
  worded('UKET', 'KETONES, URINE STRIP', 'UR', PRESENCE, 'NEG'),
  {
    ...worded('HIVS', 'HIV 1+2 AG/AB SCREEN', 'SER', ['NON-REACTIVE', 'NON-REACTIVE', 'NON-REACTIVE', 'REACTIVE']),
    sensitivity: 'HIV',
  },
  { ...worded('UOPI', 'OPIATES, URINE SCREEN', 'UR', ['NEG', 'NEG', 'POSITIVE']), sensitivity: 'SUB' },
  {
    ...worded('HCGQ', 'HCG, URINE QUALITATIVE', 'UR', ['NEG', 'NEG', 'POSITIVE', 'SEE COMMENT: 50% DILUTION']),
    only: { female: true, from: 18, to: 50 },
  },
];

/** Tests of the bedside devices and of microbiology, which write to LABEAV. */
export const DEVICE_TESTS: readonly LabTest[] = [
  numeric('GLUP', 'GLUCOSE, FINGERSTICK', 'BLD', 'MG/DL', ['MG/DL', 'mg/dL'], [118, 35, 0], ['70', '140'], {
    floor: 20,
    ceiling: 600,
  }),
  numeric('PH', 'PH, ARTERIAL', 'ABG', 'PH', ['PH', ''], [7.4, 0.05, 2], ['7.35', '7.45']),
  numeric('PCO2', 'PCO2, ARTERIAL', 'ABG', 'MMHG', MM_HG, [40, 6, 0], ['35', '45']),
  numeric('PO2', 'PO2, ARTERIAL', 'ABG', 'MMHG', MM_HG, [88, 12, 0], ['80', '100']),
  numeric('BE', 'BASE EXCESS, ARTERIAL', 'ABG', 'MMOL/L', ['MMOL/L'], [0, 2.4, 1], ['-2.0', '2.0'], { signed: true }),
  worded('BCX', 'BLOOD CULTURE', 'BLD', [
    'NO GROWTH 5 DAYS',
    'NO GROWTH 5 DAYS',
    'Escherichia coli',
    'Staphylococcus aureus',
  ]),
  worded('UCX', 'URINE CULTURE', 'UR', ['NO GROWTH', 'Escherichia coli >100,000 CFU/ML', 'MIXED FLORA']),
  {
    ...worded('HIVP', 'HIV 1+2 AB, RAPID', 'BLD', ['NON-REACTIVE', 'NON-REACTIVE', 'REACTIVE'], 'NON-REACTIVE'),
    sensitivity: 'HIV',
  },
  worded('COVA', 'SARS-COV-2 AG RAPID', 'NAS', ['NOT DETECTED', 'NOT DETECTED', 'DETECTED'], 'NOT DETECTED'),
];
