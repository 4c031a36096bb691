import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { componentText, type FeedReading, type Hl7Repetition } from '../../../contracts/index.ts';

const LOINC = 'http://loinc.org';

/** Names of code systems in HL7 v2 (table 0396), as far as they are met, in upper case. */
const SYSTEMS: Readonly<Record<string, string>> = {
  ...{ LN: LOINC, LOINC, UCUM: 'http://unitsofmeasure.org' },
  ...{ SCT: 'http://snomed.info/sct', CVX: 'http://hl7.org/fhir/sid/cvx' },
  ...{ I9CDX: 'http://hl7.org/fhir/sid/icd-9-cm', I9C: 'http://hl7.org/fhir/sid/icd-9-cm' },
  ...{ I10: 'http://hl7.org/fhir/sid/icd-10', I10C: 'http://hl7.org/fhir/sid/icd-10-cm' },
  ...{ I10CM: 'http://hl7.org/fhir/sid/icd-10-cm', NDC: 'http://hl7.org/fhir/sid/ndc' },
  ...{ RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm', C4: 'http://www.ama-assn.org/go/cpt' },
};

/**
 * A CodeableConcept of a CWE, CE or CNE; undefined: it says nothing. Each of its three codes keeps what was sent of it; a system that has no known URI is told apart
 * behind the base of the feed. In: the v2 table, where the field has one and the code names no system.
 *
 * https://build.fhir.org/ig/HL7/v2-to-fhir/ConceptMap-datatype-cwe-to-codeableconcept.html
 */
export function conceptOf(cwe: Hl7Repetition, context: FeedReading, table?: string): CodeableConcept | undefined {
  const part = (component: number): string => componentText(cwe, component).trim();
  const coding = [
    codingOf({ code: part(1), display: part(2), system: part(3), version: part(7) }, context, table),
    codingOf({ code: part(4), display: part(5), system: part(6), version: part(8) }, context),
    codingOf({ code: part(10), display: part(11), system: part(12), version: part(13) }, context),
  ].filter((one) => one !== undefined);
  const text = part(9) || (coding.length === 0 ? part(2) : '');
  if (coding.length === 0 && text === '') return undefined;
  return { ...(coding.length === 0 ? {} : { coding }), ...(text === '' ? {} : { text }) };
}

interface CodedParts {
  readonly code: string;
  readonly display: string;
  readonly system: string;
  readonly version: string;
}

function codingOf(parts: CodedParts, context: FeedReading, table?: string): Coding | undefined {
  const { display, version } = parts;
  const code = codeText(parts.code);
  if (code === '') return undefined;
  const system =
    systemOf(parts.system, code, context) ?? (table === undefined ? undefined : tableSystem(table, code, context));
  return {
    ...(system === undefined ? {} : { system }),
    ...(version === '' ? {} : { version }),
    code,
    ...(display === '' ? {} : { display }),
  };
}

/** A code of FHIR has single spaces within it and none around it. */
export function codeText(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

function systemOf(name: string, code: string, { authorityBase }: FeedReading): string | undefined {
  const key = name.toUpperCase();
  if (key === '') return undefined;
  const table = /^HL7(\d{4})$/.exec(key)?.[1];
  if (table !== undefined) return tableSystem(table, code, { authorityBase });
  const known = SYSTEMS[key];
  // Senders write LN of codes that are none of LOINC, such as REPORT.
  if (known !== undefined && (known !== LOINC || isLoinc(code))) return known;
  return `${authorityBase}codes/${encodeURIComponent(name)}`;
}

/** Whether a code has the form of one of LOINC, and its last digit is the check digit of the others (https://loinc.org/kb/faq/basics/). */
function isLoinc(code: string): boolean {
  const [, number = '', check] = /^(?:LP|LA)?(\d{1,7})-(\d)$/.exec(code) ?? [];
  if (check === undefined) return false;
  const sum = number
    .split('')
    .toReversed()
    .reduce((total, digit, at) => {
      const weighed = Number(digit) * (at % 2 === 0 ? 2 : 1);
      return total + Math.floor(weighed / 10) + (weighed % 10);
    }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

/** Codes of tables that senders fill with their own as well. */
const TABLE_CODES: Readonly<Record<string, RegExp>> = {
  '0002': /^[ABCDEGIMNOPRSTUW]$/,
  '0007': /^[ACELNRU]$/,
  '0023': /^[1-9]$/,
  '0069': /^(CAR|MED|PUL|SUR|URO)$/,
  '0112': /^(0[1-9]|10|1[1-9]|2[0-9]|3[0-9]|4[0-2])$/,
};

/** A code that its table does not have is the sender's own, whatever it calls it. */
function tableSystem(table: string, code: string, { authorityBase }: Pick<FeedReading, 'authorityBase'>): string {
  const isOwn = TABLE_CODES[table]?.test(code) === false;
  return isOwn ? `${authorityBase}codes/HL7${table}` : v2System(table);
}

function v2System(table: string): string {
  return `http://terminology.hl7.org/CodeSystem/v2-${table}`;
}
