import { DEVICE_TESTS, LABORATORY_TESTS } from './lab-tests.ts';

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
  /** What its results say of a person is not for everybody. */
  readonly sensitivity?: 'HIV' | 'SUB';
  /** Of whom it is asked; absent: of everybody. */
  readonly only?: { readonly female: boolean; readonly from: number; readonly to: number };
}

/** All tests by their codes. */
export const LAB_TESTS: ReadonlyMap<string, LabTest> = new Map(
  [...LABORATORY_TESTS, ...DEVICE_TESTS].map((test) => [test.code, test]),
);

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
  markers: { code: 'TUMR', tests: ['CEA', 'NSE'], department: 'MGCHEM' },
  markersElsewhere: { code: 'TUMR', tests: ['CEAI'], department: 'MGSEND' },
  gases: { code: 'ABG', tests: ['PH', 'PCO2', 'PO2', 'BE'], department: 'MGPOC' },
} as const satisfies Record<string, Panel>;

export const SINGLES: readonly string[] = ['TSH', 'CRP', 'TROP', 'INR', 'MERX', 'ZXR1', 'HCGQ', 'CRP', 'HIVS', 'UOPI'];
export const SEND_OUTS: readonly string[] = ['PSA', 'FERR'];
/** What is still under way when people go home. */
export const SLOW_TESTS: readonly string[] = ['FERR', 'TSH', 'CEA'];
export const DEVICE_SINGLES: readonly string[] = ['GLUP', 'GLUP', 'COVA', 'BCX', 'UCX', 'HIVP'];

/** Those of the tests that are asked of a person of this age in years. */
export function askedOf(
  { female }: { readonly female: boolean },
  age: number,
  codes: readonly string[],
): readonly string[] {
  return codes.filter((code) => {
    const only = LAB_TESTS.get(code)?.only;
    return only === undefined || (only.female === female && age >= only.from && age <= only.to);
  });
}
