import type { Branch } from '../../contracts/index.ts';
import { elementsOf, jsonNamesOf } from '../../fhir/index.ts';

/** Elements that the record layer writes itself. */
const OWN: ReadonlySet<string> = new Set(['id', 'meta']);

/**
 * What R4 has against the elements of a branch, as phrases that name them. The compiler says the same and more, but Node runs TypeScript without
 * asking it, and a module may be plain JavaScript.
 */
export function elementProblems({ type, elements }: Branch): readonly string[] {
  const defined = elementsOf(type).map((element) => ({ ...element, names: jsonNamesOf(element) }));
  const known = new Set(defined.flatMap(({ names }) => names));
  const declared = Object.keys(elements);
  return [
    ...declared.filter((name) => !known.has(name)).map((name) => `R4 knows no element ${type}.${name}`),
    ...defined
      .filter(({ name, min, names }) => min > 0 && !OWN.has(name) && !names.some((one) => declared.includes(one)))
      .map(({ name, choice }) => `the required element ${type}.${name}${choice ? '[x]' : ''} is missing`),
  ];
}
