import type { Prefix } from '../../contracts/index.ts';

/** Splits a prefix off an ordered value (https://hl7.org/fhir/R4/search.html#prefix). Without one, `eq`. */
export function splitPrefix(text: string): readonly [prefix: Prefix, rest: string] {
  const prefix = /^(?:eq|ne|gt|lt|ge|le|sa|eb|ap)/.exec(text)?.[0];
  return prefix === undefined ? ['eq', text] : [prefix as Prefix, text.slice(2)];
}
