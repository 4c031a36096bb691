/** A laboratory test as the hospital's local catalogue (LABCD) describes it, and how its results behave. */
export interface LabTest {
  readonly code: string;
  /** Absent: the code is in use, but missing from the catalogue. */
  readonly description?: string;
  readonly specimen: string;
  readonly defaultUnit: string | null;
  /** How the unit is written, with the commonest first. */
  readonly units: readonly string[];
  readonly number?: {
    readonly mean: number;
    readonly spread: number;
    readonly decimals: number;
    /** Detection limits: beyond them the result is `<floor` or `>=ceiling`. */
    readonly floor?: number;
    readonly ceiling?: number;
    readonly signed?: boolean;
  };
  readonly words?: readonly string[];
  readonly low?: string;
  readonly high?: string;
}

const MG_DL = ['MG/DL', 'MG/DL', 'mg/dl', 'mg/dL'];
const MMOL = ['MMOL/L', 'MMOL/L', 'mmol/L', 'MEQ/L'];
const U_L = ['U/L', 'U/L', 'IU/L'];
const K_UL = ['K/UL', 'K/UL', '10*3/uL', 'X10E3'];
const PRESENCE = ['NEG', 'NEG', 'NEG', 'POSITIVE', 'TRACE', 'Negative'];

const TESTS: readonly LabTest[] = [
  { code: 'GLU', description: 'GLUCOSE', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 98, spread: 14, decimals: 0 }, low: '70', high: '99' },
  { code: 'GLUC', description: 'GLUCOSE, WEST CLINIC', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 97, spread: 13, decimals: 1 }, low: '70', high: '99' },
  { code: 'NA', description: 'SODIUM', specimen: 'SER', defaultUnit: 'MMOL/L', units: MMOL, number: { mean: 139, spread: 3, decimals: 0 }, low: '135', high: '145' },
  { code: 'K', description: 'POTASSIUM', specimen: 'SER', defaultUnit: 'MMOL/L', units: MMOL, number: { mean: 4.2, spread: 0.5, decimals: 1 }, low: '3.5', high: '5.1' },
  { code: 'CL', description: 'CHLORIDE', specimen: 'SER', defaultUnit: 'MMOL/L', units: MMOL, number: { mean: 103, spread: 3, decimals: 0 }, low: '98', high: '107' },
  { code: 'CO2', description: 'CARBON DIOXIDE, TOTAL', specimen: 'SER', defaultUnit: 'MMOL/L', units: MMOL, number: { mean: 25, spread: 2.5, decimals: 0 }, low: '22', high: '29' },
  { code: 'BUN', description: 'UREA NITROGEN', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 15, spread: 5, decimals: 0 }, low: '7', high: '20' },
  { code: 'CREA', description: 'CREATININE', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 0.95, spread: 0.25, decimals: 2 }, low: '0.60', high: '1.30' },
  { code: 'CA', description: 'CALCIUM', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 9.4, spread: 0.4, decimals: 1 }, low: '8.5', high: '10.2' },
  { code: 'EGFR', description: 'GFR ESTIMATE (CKD-EPI)', specimen: 'SER', defaultUnit: 'ML/MIN', units: ['ML/MIN/1.73M2', 'ML/MIN'], number: { mean: 75, spread: 25, decimals: 0, ceiling: 90 }, low: '60' },
  { code: 'ALT', description: 'ALT', specimen: 'SER', defaultUnit: 'U/L', units: U_L, number: { mean: 26, spread: 12, decimals: 0, floor: 5 }, low: '7', high: '56' },
  { code: 'AST', description: 'AST', specimen: 'SER', defaultUnit: 'U/L', units: U_L, number: { mean: 24, spread: 9, decimals: 0, floor: 5 }, low: '10', high: '40' },
  { code: 'ALP', description: 'ALKALINE PHOSPHATASE', specimen: 'SER', defaultUnit: 'U/L', units: U_L, number: { mean: 78, spread: 22, decimals: 0 }, low: '44', high: '147' },
  { code: 'TBIL', description: 'BILIRUBIN, TOTAL', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 0.7, spread: 0.3, decimals: 1, floor: 0.2 }, low: '0.1', high: '1.2' },
  { code: 'ALB', description: 'ALBUMIN', specimen: 'SER', defaultUnit: 'G/DL', units: ['G/DL', 'g/dL'], number: { mean: 4.2, spread: 0.4, decimals: 1 }, low: '3.4', high: '5.4' },
  { code: 'WBC', description: 'LEUKOCYTES', specimen: 'BLD', defaultUnit: 'K/UL', units: K_UL, number: { mean: 7.1, spread: 2, decimals: 1 }, low: '4.0', high: '11.0' },
  { code: 'RBC', description: 'ERYTHROCYTES', specimen: 'BLD', defaultUnit: 'M/UL', units: ['M/UL', '10*6/uL'], number: { mean: 4.7, spread: 0.5, decimals: 2 }, low: '4.10', high: '5.60' },
  { code: 'HGB', description: 'HEMOGLOBIN', specimen: 'BLD', defaultUnit: 'G/DL', units: ['G/DL', 'g/dL'], number: { mean: 13.8, spread: 1.5, decimals: 1 }, low: '12.0', high: '16.0' },
  { code: 'HCT', description: 'HEMATOCRIT', specimen: 'BLD', defaultUnit: '%', units: ['%', 'PCT'], number: { mean: 41, spread: 4, decimals: 1 }, low: '36.0', high: '48.0' },
  { code: 'PLT', description: 'PLATELETS', specimen: 'BLD', defaultUnit: 'K/UL', units: K_UL, number: { mean: 245, spread: 60, decimals: 0 }, low: '150', high: '400' },
  { code: 'A1C', description: 'HEMOGLOBIN A1C', specimen: 'BLD', defaultUnit: '%', units: ['%', 'PCT', '% HGB'], number: { mean: 5.5, spread: 0.4, decimals: 1 }, low: '4.0', high: '5.6' },
  { code: 'A1CI', description: 'HEMOGLOBIN A1C (IFCC)', specimen: 'BLD', defaultUnit: 'MMOL/MOL', units: ['MMOL/MOL', 'mmol/mol'], number: { mean: 37, spread: 4, decimals: 0 }, low: '20', high: '38' },
  { code: 'CHOL', description: 'CHOLESTEROL', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 188, spread: 35, decimals: 0 }, high: '200' },
  { code: 'TRIG', description: 'TRIGLYCERIDES', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 130, spread: 60, decimals: 0, floor: 30 }, high: '150' },
  { code: 'HDL', description: 'HDL CHOLESTEROL', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 54, spread: 14, decimals: 0 }, low: '40' },
  { code: 'LDL', description: 'LDL CHOLESTEROL, CALCULATED', specimen: 'SER', defaultUnit: 'MG/DL', units: MG_DL, number: { mean: 112, spread: 30, decimals: 0 }, high: '100' },
  { code: 'TSH', description: 'THYROTROPIN', specimen: 'SER', defaultUnit: 'UIU/ML', units: ['UIU/ML', 'MIU/L'], number: { mean: 2.1, spread: 1.3, decimals: 2, floor: 0.01 }, low: '0.40', high: '4.50' },
  { code: 'CRP', description: 'C REACTIVE PROTEIN', specimen: 'SER', defaultUnit: 'MG/L', units: ['MG/L', 'mg/L'], number: { mean: 3, spread: 45, decimals: 1, floor: 0.5, ceiling: 100 }, high: '5.0' },
  { code: 'TROP', description: 'TROPONIN I', specimen: 'PLAS', defaultUnit: 'NG/ML', units: ['NG/ML', 'ng/mL'], number: { mean: 0.01, spread: 0.02, decimals: 2, floor: 0.01 }, high: '0.04' },
  { code: 'INR', description: 'INR', specimen: 'PLAS', defaultUnit: null, units: ['', '', 'INR'], number: { mean: 1.6, spread: 0.8, decimals: 1 }, low: '0.9', high: '1.1' },
  { code: 'PSA', description: 'PROSTATE SPECIFIC AG', specimen: 'SER', defaultUnit: 'NG/ML', units: ['NG/ML', 'ng/mL'], number: { mean: 1.2, spread: 1, decimals: 2, floor: 0.1 }, high: '4.00' },
  { code: 'FERR', description: 'FERRITIN', specimen: 'SER', defaultUnit: 'NG/ML', units: ['NG/ML', 'ng/mL'], number: { mean: 110, spread: 80, decimals: 0, floor: 5 }, low: '15', high: '300' },
  { code: 'MERX', description: 'MERIDIAN RESEARCH MARKER', specimen: 'SER', defaultUnit: 'UNITS', units: ['UNITS', ''], number: { mean: 40, spread: 12, decimals: 2 } },
  { code: 'ZXR1', specimen: 'SER', defaultUnit: null, units: ['UNITS'], number: { mean: 8, spread: 3, decimals: 1 } },
  { code: 'UGLU', description: 'GLUCOSE, URINE STRIP', specimen: 'UR', defaultUnit: null, units: [''], words: PRESENCE, low: 'NEG' },
  { code: 'UPRO', description: 'PROTEIN, URINE STRIP', specimen: 'UR', defaultUnit: null, units: [''], words: PRESENCE, low: 'NEG' },
  { code: 'UKET', description: 'KETONES, URINE STRIP', specimen: 'UR', defaultUnit: null, units: [''], words: PRESENCE, low: 'NEG' },
  { code: 'HCGQ', description: 'HCG, URINE QUALITATIVE', specimen: 'UR', defaultUnit: null, units: [''], words: ['NEG', 'NEG', 'POSITIVE', 'SEE COMMENT: 50% DILUTION'] },
];

/** Tests of the bedside devices and of microbiology, which write to LABEAV. */
const DEVICE_TESTS: readonly LabTest[] = [
  { code: 'GLUP', description: 'GLUCOSE, FINGERSTICK', specimen: 'BLD', defaultUnit: 'MG/DL', units: ['MG/DL', 'mg/dL'], number: { mean: 118, spread: 35, decimals: 0, floor: 20, ceiling: 600 }, low: '70', high: '140' },
  { code: 'PH', description: 'PH, ARTERIAL', specimen: 'ABG', defaultUnit: 'PH', units: ['PH', ''], number: { mean: 7.4, spread: 0.05, decimals: 2 }, low: '7.35', high: '7.45' },
  { code: 'PCO2', description: 'PCO2, ARTERIAL', specimen: 'ABG', defaultUnit: 'MMHG', units: ['MMHG', 'mm[Hg]'], number: { mean: 40, spread: 6, decimals: 0 }, low: '35', high: '45' },
  { code: 'PO2', description: 'PO2, ARTERIAL', specimen: 'ABG', defaultUnit: 'MMHG', units: ['MMHG', 'mm[Hg]'], number: { mean: 88, spread: 12, decimals: 0 }, low: '80', high: '100' },
  { code: 'BE', description: 'BASE EXCESS, ARTERIAL', specimen: 'ABG', defaultUnit: 'MMOL/L', units: ['MMOL/L'], number: { mean: 0, spread: 2.4, decimals: 1, signed: true }, low: '-2.0', high: '2.0' },
  { code: 'BCX', description: 'BLOOD CULTURE', specimen: 'BLD', defaultUnit: null, units: [''], words: ['NO GROWTH 5 DAYS', 'NO GROWTH 5 DAYS', 'Escherichia coli', 'Staphylococcus aureus'] },
  { code: 'UCX', description: 'URINE CULTURE', specimen: 'UR', defaultUnit: null, units: [''], words: ['NO GROWTH', 'Escherichia coli >100,000 CFU/ML', 'MIXED FLORA'] },
  { code: 'COVA', description: 'SARS-COV-2 AG RAPID', specimen: 'NAS', defaultUnit: null, units: [''], words: ['NOT DETECTED', 'NOT DETECTED', 'DETECTED'] },
];

export const LAB_TESTS: ReadonlyMap<string, LabTest> = new Map([...TESTS, ...DEVICE_TESTS].map((test) => [test.code, test]));

export interface Panel {
  /** As ordered; null: a single test. */
  readonly code: string | null;
  readonly tests: readonly string[];
  readonly department: string;
}

export const PANELS = {
  metabolic: { code: 'BMP', tests: ['GLU', 'NA', 'K', 'CL', 'CO2', 'BUN', 'CREA', 'CA', 'EGFR'], department: 'MGCHEM' },
  blood: { code: 'CBC', tests: ['WBC', 'RBC', 'HGB', 'HCT', 'PLT'], department: 'MGHEM' },
  lipid: { code: 'LIPID', tests: ['CHOL', 'TRIG', 'HDL', 'LDL'], department: 'MGCHEM' },
  liver: { code: 'LFT', tests: ['ALT', 'AST', 'ALP', 'TBIL', 'ALB'], department: 'MGCHEM' },
  urine: { code: 'UA', tests: ['UGLU', 'UPRO', 'UKET'], department: 'MGCHEM' },
  diabetes: { code: 'DMFU', tests: ['A1C', 'GLU', 'CREA'], department: 'MGCHEM' },
  gases: { code: 'ABG', tests: ['PH', 'PCO2', 'PO2', 'BE'], department: 'MGPOC' },
} as const satisfies Record<string, Panel>;

export const SINGLES: readonly string[] = ['TSH', 'CRP', 'TROP', 'INR', 'MERX', 'ZXR1', 'HCGQ', 'CRP'];
export const SEND_OUTS: readonly string[] = ['PSA', 'FERR'];
export const DEVICE_SINGLES: readonly string[] = ['GLUP', 'GLUP', 'COVA', 'BCX', 'UCX'];
