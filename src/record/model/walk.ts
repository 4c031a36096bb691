import { always, type Codec, type Many, type Node, type Predicate } from '../../contracts/index.ts';
import { isCodec, isList, isMany, type ElementMap } from './nodes.ts';
import type { PathStep } from './paths.ts';
import { isConstant, writtenWhere } from './presence.ts';

/** Where a path ends in a declared tree: a codec, reached through zero or more to-many children. */
export interface Hit {
  readonly codec: Codec;
  readonly via: readonly Many[];
  /**
   * The rows for which a constant is written: those of the elements around it. What is no constant tells so itself. Undefined where nobody can
   * tell, so that the constant cannot be searched.
   */
  readonly written: Predicate | undefined;
  /** FHIRPath of the element, for documentation and messages. */
  readonly path: string;
}

/** A place in the tree that is not a codec yet: the focus of a composite. */
export interface Place {
  readonly node: Node;
  readonly via: readonly Many[];
  /** The rows for which constants here are written. */
  readonly written: Predicate | undefined;
  readonly path: string;
}

/** A whole resource: it is written for every row. */
export function rootOf(elements: ElementMap, type: string): Place {
  return { node: elements, via: [], written: always, path: type };
}

/** A node inside a place. Constants alone are written where what surrounds them is. */
function inside({ via, written }: Omit<Place, 'path'>, node: Node, path: string): Place {
  return { node, via, written: isConstant(node) ? written : writtenWhere(node), path };
}

/**
 * Follows steps from a place. Lists and to-many children branch out; a choice element without a cast leads to each declared alternative. Where a step
 * leads into a datatype that does not tell what is inside, or where a row decides whether it leads on, there is a place that cannot be searched.
 */
export function walk(place: Place, steps: readonly PathStep[]): readonly Place[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [place];
  return entries(place)
    .flatMap((entry) => stepInto(entry, step))
    .flatMap((next) => walk(next, rest));
}

/** The codecs at a place: itself, or every leaf below a complex node that is declared by its elements. */
export function leaves(place: Place): readonly Hit[] {
  return entries(place).flatMap((entry): readonly Hit[] => {
    const { node: codec, via, path } = entry;
    if (isCodec(codec)) return [{ codec, via, written: codec.constant === undefined ? always : entry.written, path }];
    return Object.entries(codec as ElementMap).flatMap(([name, node]) =>
      leaves(inside(entry, node, `${path}.${name}`)),
    );
  });
}

/** The codecs of the elements inside a datatype, as far as it tells them. */
export function partsOf({ parts = {} }: Codec): readonly Codec[] {
  return leaves(rootOf(parts, '')).map(({ codec }) => codec);
}

/** A place's single values: lists and to-many children resolved. */
export function entries(place: Place): readonly Place[] {
  const { node, via, path } = place;
  if (isList(node)) return node.flatMap((child) => entries(inside(place, child, path)));
  if (isMany(node)) return entries(inside({ node, via: [...via, node], written: always }, node.element, path));
  return [place];
}

function stepInto(place: Place, step: PathStep): readonly Place[] {
  const children = childrenOf(place.node);
  if (children === undefined) return [unsearchable(place, step)];
  const found: Place[] = [];
  for (const [name, node] of Object.entries(children)) {
    if (!namesElement(name, step, name in children && step.name in children)) continue;
    found.push(inside(place, node, `${place.path}.${name}`));
  }
  return found.flatMap(entries).flatMap((next) => {
    const verdict = passes(next.node, step);
    if (verdict === undefined) return [unsearchable(next)];
    return verdict ? [next] : [];
  });
}

/** The elements below a node; undefined where nobody can tell them. */
function childrenOf(node: Node): ElementMap | undefined {
  if (!isCodec(node)) return node as ElementMap;
  return node.parts ?? (isScalar(node) ? {} : undefined);
}

/** What is never there, or the same primitive in every row, has nothing inside. */
function isScalar({ present, constant }: Codec): boolean {
  return present?.is === 'never' || constant !== undefined;
}

/** Something that may be written here, of which nothing more is known. */
function unsearchable(place: Place, step?: PathStep): Place {
  const path = step === undefined ? place.path : `${place.path}.${step.name}`;
  return { ...place, node: { is: 'codec', columns: [], compile: () => () => '' }, path };
}

function namesElement(name: string, step: PathStep, exactExists: boolean): boolean {
  if (step.as !== undefined) {
    return name === step.name + step.as.charAt(0).toUpperCase() + step.as.slice(1) || name === step.name;
  }
  return name === step.name || (!exactExists && choiceOf(name, step.name));
}

/** `valueQuantity` is an alternative of `value`. */
function choiceOf(name: string, stem: string): boolean {
  return name.startsWith(stem) && /^[A-Z]/.test(name.slice(stem.length));
}

/** Whether `where(…)` of a step holds for a node. Undefined: a row decides. */
function passes(node: Node, { where, resolvesTo }: PathStep): boolean | undefined {
  if (where === undefined && resolvesTo === undefined) return true;
  if (where === undefined && isCodec(node) && node.reference !== undefined)
    return node.reference.target.type === resolvesTo;
  const children = childrenOf(node);
  if (children === undefined) return undefined;
  const part = children[where?.name ?? 'reference'];
  if (part === undefined) return false;
  if (!isCodec(part)) return undefined;
  if (part.present?.is === 'never') return false;
  return where === undefined || part.constant === undefined ? undefined : part.constant === where.value;
}
