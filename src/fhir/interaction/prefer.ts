import type { Handling } from '../search/index.ts';

/** What the caller would like (https://hl7.org/fhir/R4/http.html#ops, https://www.rfc-editor.org/rfc/rfc7240). */
export interface Preferences {
  /** https://hl7.org/fhir/R4/search.html#errors */
  readonly handling: Handling;
  readonly return?: 'minimal' | 'representation' | 'OperationOutcome';
}

/** Reads the `Prefer` header. Preferences that are not known are ignored, and of a repeated one the first counts, as RFC 7240 asks. */
export function preferencesOf(header: string | undefined): Preferences {
  const wanted = new Map<string, string>();
  for (const piece of (header ?? '').split(/[,;]/)) {
    const [name = '', value = ''] = piece.split('=').map((part) => part.trim().replace(/^"(.*)"$/, '$1'));
    if (!wanted.has(name.toLowerCase())) wanted.set(name.toLowerCase(), value);
  }
  const handling = wanted.get('handling');
  const answer = wanted.get('return');
  return {
    handling: handling === 'strict' || handling === 'lenient' ? handling : 'default',
    ...(answer === 'minimal' || answer === 'representation' || answer === 'OperationOutcome' ? { return: answer } : {}),
  };
}
