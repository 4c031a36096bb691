import type { Meaning } from './codes.ts';
import { concept, known } from './resources.ts';
import type { TruthValue } from './types.ts';

/** The meaning of a local code in another system, if it has one. */
export function codingIn(
  system: string,
  meanings: Readonly<Record<string, Meaning>>,
  code: string | null,
): TruthValue | undefined {
  const meaning = code === null ? undefined : meanings[code];
  return meaning && { system, code: meaning.code, display: meaning.display };
}

/** A local code: its translation where there is one, then itself with the hospital's name for it. */
export function localConcept(
  code: string | null,
  local: string,
  translation: { readonly system: string; readonly meanings: Readonly<Record<string, Meaning>> },
  display?: string,
): TruthValue | undefined {
  if (code === null) return undefined;
  const own = known({ system: local, code, display });
  return concept([codingIn(translation.system, translation.meanings, code), own], display);
}
