import type { Sealer } from '../../src/contracts/index.ts';
import { LAB_TEST } from '../../demo/site/mappings/meridian-ehr/codes.ts';

/** The three operations, and nothing else: what a hand-written server needs to know of a request. */
export type HandRequest =
  | { readonly is: 'patient'; readonly facility: string; readonly number: string }
  | { readonly is: 'result'; readonly sequence: string }
  | {
      readonly is: 'labs';
      readonly facility: string;
      readonly number: string;
      readonly codes: readonly string[];
      /** YYYYMMDD: results of that day, of its month or year, and later ones. */
      readonly from: string;
      readonly fromTime: string;
      readonly count: number;
    };

const LOINC_PREFIX = 'http://loinc.org|';
const PATIENT_PREFIX = 'mp';
const RESULT_PREFIX = 'ml';

/** Parses the path and query of a request; undefined for everything that the three operations are not. */
export function parseHandRequest(url: string, sealer: Sealer): HandRequest | undefined {
  if (url.startsWith('/fhir/Patient/')) {
    const key = patientKey(url.slice('/fhir/Patient/'.length), sealer);
    return key === undefined ? undefined : { is: 'patient', ...key };
  }
  if (url.startsWith(`/fhir/Observation/${RESULT_PREFIX}.`))
    return { is: 'result', sequence: url.slice(`/fhir/Observation/${RESULT_PREFIX}.`.length) };
  return url.startsWith('/fhir/Observation?') ? parseLabs(url.slice('/fhir/Observation?'.length), sealer) : undefined;
}

function parseLabs(query: string, sealer: Sealer): HandRequest | undefined {
  const parameters = new URLSearchParams(query);
  const key = patientKey((parameters.get('patient') ?? '').replace('Patient/', ''), sealer);
  const code = parameters.get('code') ?? '';
  const date = /^ge(\d{4})-01-01$/.exec(parameters.get('date') ?? '')?.[1];
  if (key === undefined || !code.startsWith(LOINC_PREFIX) || date === undefined) return undefined;
  if (parameters.get('_sort') !== '-date') return undefined;
  const codes = localCodes(code.slice(LOINC_PREFIX.length));
  const count = Number(parameters.get('_count') ?? 50);
  return { is: 'labs', ...key, codes, from: `${date}0000`, fromTime: `${date}0101000000`, count };
}

function patientKey(id: string, sealer: Sealer): { facility: string; number: string } | undefined {
  const [facility, number] = sealer.unmask(id.slice(PATIENT_PREFIX.length + 1), PATIENT_PREFIX)?.split('\u001f') ?? [];
  return facility === undefined || number === undefined ? undefined : { facility, number };
}

const known = new Map<string, readonly string[]>();

/** The hospital's own codes for a LOINC code. */
function localCodes(loinc: string): readonly string[] {
  let codes = known.get(loinc);
  if (codes === undefined) {
    codes = Object.entries(LAB_TEST.codes).flatMap(([local, to]) => (to === loinc ? [local] : []));
    known.set(loinc, codes);
  }
  return codes;
}

/** The id of a patient; masked like ours. */
export function patientId(facility: string, number: string, sealer: Sealer): string {
  return `${PATIENT_PREFIX}.${sealer.mask(`${facility}\u001f${number}`, PATIENT_PREFIX)}`;
}
