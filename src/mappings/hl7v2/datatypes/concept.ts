import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { componentText, HL7_NULL, type Hl7Repetition, type FeedReading } from '../../../contracts/index.ts';

/** Names of code systems in HL7 v2 (table 0396), as far as they are met, in upper case. */
const SYSTEMS: Readonly<Record<string, string>> = {
  ...{ LN: 'http://loinc.org', LOINC: 'http://loinc.org', UCUM: 'http://unitsofmeasure.org' },
  ...{ SCT: 'http://snomed.info/sct', SNM3: 'http://snomed.info/sct', CVX: 'http://hl7.org/fhir/sid/cvx' },
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
  const part = (component: number): string => {
    const text = componentText(cwe, component).trim();
    return text === HL7_NULL ? '' : text;
  };
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
  const { code, display, version } = parts;
  if (code === '') return undefined;
  const system = systemOf(parts.system, context) ?? (table === undefined ? undefined : v2System(table));
  return {
    ...(system === undefined ? {} : { system }),
    ...(version === '' ? {} : { version }),
    code,
    ...(display === '' ? {} : { display }),
  };
}

function systemOf(name: string, { authorityBase }: FeedReading): string | undefined {
  const key = name.toUpperCase();
  if (key === '') return undefined;
  const table = /^HL7(\d{4})$/.exec(key)?.[1];
  return table === undefined ? (SYSTEMS[key] ?? `${authorityBase}codes/${encodeURIComponent(name)}`) : v2System(table);
}

function v2System(table: string): string {
  return `http://terminology.hl7.org/CodeSystem/v2-${table}`;
}
