import type { CodeableConcept } from '@medplum/fhirtypes';
import { componentText, type Hl7Repetition } from '../../../contracts/index.ts';

const BCP_47 = 'urn:ietf:bcp:47';
const NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/**
 * A language of a CWE; undefined: none is named. A code of two or three letters that names one is written as FHIR requires it, `eng` as `en`; whatever else was sent stays the text
 * that it is.
 */
export function languageOf(cwe: Hl7Repetition): CodeableConcept | undefined {
  const part = (component: number): string => componentText(cwe, component).trim();
  const text = [9, 2, 5, 1, 4].map(part).find((one) => one !== '');
  if (text === undefined) return undefined;
  const code = [1, 4].map((component) => tagOf(part(component))).find((tag) => tag !== undefined);
  return { ...(code === undefined ? {} : { coding: [{ system: BCP_47, code }] }), text };
}

function tagOf(code: string): string | undefined {
  if (!/^[A-Za-z]{2,3}$/.test(code)) return undefined;
  const [tag] = Intl.getCanonicalLocales(code.toLowerCase());
  return tag !== undefined && NAMES.of(tag) !== undefined ? tag : undefined;
}
