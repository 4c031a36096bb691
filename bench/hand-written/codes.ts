import {
  ABNORMAL_FLAG,
  LAB_TEST,
  LAB_UNITS,
  LANGUAGE,
  MARITAL_STATUS,
} from '../../demo/site/mappings/meridian-ehr/codes.ts';
import { RESTRICTED, SENSITIVITY } from '../../demo/site/mappings/meridian-ehr/codes-problems.ts';

/** What the two hand-written servers share: the hospital's codes and the grammar of its results, as data. */

export const RESULT_STATUS: Readonly<Record<string, string>> = {
  ...{ F: 'final', P: 'preliminary', C: 'corrected', X: 'entered-in-error', I: 'registered' },
};
export const GROUP_STATUS: Readonly<Record<string, string>> = {
  ...{ FINAL: 'final', PRELIM: 'preliminary', CORR: 'corrected', ERROR: 'entered-in-error' },
};
export const GENDER: Readonly<Record<string, string>> = { '1': 'male', '2': 'female', '9': 'other' };
export const ADDRESS_USE: Readonly<Record<string, string>> = {
  H: 'home',
  W: 'work',
  T: 'temp',
  B: 'billing',
  O: 'old',
};

export const LOINC = plainCodes(LAB_TEST);
export const INTERPRETATION = plainCodes(ABNORMAL_FLAG);
export const MARITAL = plainCodes(MARITAL_STATUS);
export const LANGUAGES = plainCodes(LANGUAGE);
export const UNITS: ReadonlyMap<string, { readonly unit?: string; readonly system?: string; readonly code?: string }> =
  new Map(Object.entries(LAB_UNITS));

export const SYSTEMS = {
  loinc: LAB_TEST.system,
  localTest: 'https://meridian.example/cs/lab-test',
  interpretation: ABNORMAL_FLAG.system,
  localFlag: 'https://meridian.example/cs/abnormal-flag',
  marital: MARITAL_STATUS.system,
  localMarital: 'https://meridian.example/cs/marital-status',
  language: LANGUAGE.system,
  resultNumber: 'https://meridian.example/sid/lab-result',
  recordNumber: 'https://meridian.example/sid/mrn',
  absent: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
  category: 'http://terminology.hl7.org/CodeSystem/observation-category',
} as const;

export const SOURCE = 'urn:fascia:system:meridian-ehr';
export const LAB_PROFILE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab';
export const PATIENT_PROFILE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';

/** Comparator and number of a typed result. */
export const NUMBER = /^ *(<=|>=|<|>)? *([+-]?[0-9]{1,18}(?:[.,][0-9]{1,12})?) *$/;

/** The number as JSON writes it. */
export function jsonNumber(typed: string): string {
  return typed
    .replace(',', '.')
    .replace(/^\+/, '')
    .replace(/^(-?)0+(?=\d)/, '$1');
}

/** The labels of a sensitivity: who may see it, and why; one that is not known is restricted too. */
export const SECURITY: ReadonlyMap<string, readonly object[]> = new Map(
  Object.entries(SENSITIVITY.codes).map(([stored, meant]) => [
    stored,
    [RESTRICTED, { system: SENSITIVITY.system, ...(typeof meant === 'string' ? { code: meant } : meant) }],
  ]),
);
export const RESTRICTED_ONLY: readonly object[] = [RESTRICTED];

function plainCodes(map: { readonly codes: Readonly<Record<string, unknown>> }): ReadonlyMap<string, string> {
  return new Map(Object.entries(map.codes).map(([local, to]) => [local, String(to)]));
}
