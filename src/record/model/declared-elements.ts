import type { Branch, Node } from '../../contracts/index.ts';
import { elementsOf, jsonNamesOf, elementsWithin, structureOf, type NamedElement } from '../../fhir/index.ts';
import { isCodec, isList, isMany, type ElementMap } from './nodes.ts';

/** Elements that the record layer writes itself. */
const OWN: ReadonlySet<string> = new Set(['id', 'meta']);

/**
 * What R4 has against the elements of a branch, as phrases that name them. The compiler says the same and more, but Node runs TypeScript without
 * asking it, and a module may be plain JavaScript.
 */
export function elementProblems({ type, elements }: Branch): readonly string[] {
  const declared = Object.keys(elements);
  return [
    ...unknownIn(elements, elementsOf(type), type, type),
    ...elementsOf(type)
      .filter((one) => one.min > 0 && !OWN.has(one.name) && !jsonNamesOf(one).some((name) => declared.includes(name)))
      .map(({ name, choice }) => `the required element ${type}.${name}${choice ? '[x]' : ''} is missing`),
  ];
}

/** In: what is declared at a path, what R4 defines there, and the structure that defines it, such as `Observation.component` or `HumanName`. */
function unknownIn(
  elements: ElementMap,
  defined: readonly NamedElement[],
  structure: string,
  path: string,
): readonly string[] {
  return Object.entries(elements).flatMap(([name, node]) => {
    const found = defined.find((one) => jsonNamesOf(one).includes(name));
    if (found === undefined) return [`R4 knows no element ${path}.${name}`];
    return unknownInside(node, structureOf(found, name, structure), `${path}.${name}`);
  });
}

/** A codec answers for itself. */
function unknownInside(node: Node, structure: string, path: string): readonly string[] {
  if (isCodec(node)) return [];
  if (isList(node)) return node.flatMap((one) => unknownInside(one, structure, path));
  if (isMany(node)) return unknownInside(node.element, structure, path);
  const defined = elementsWithin(structure);
  return defined.length === 0 ? [] : unknownIn(node, defined, structure, path);
}
