import type { Codec, Many, Node } from '../../contracts/index.ts';
import type { PathStep } from './paths.ts';

/** Where a path ends in a declared tree: a codec, reached through zero or more to-many children. */
export interface Hit {
  readonly codec: Codec;
  readonly via: readonly Many[];
  /** FHIRPath of the element, for documentation and messages. */
  readonly path: string;
}

/** A place in the tree that is not a codec yet: the focus of a composite. */
export interface Place {
  readonly node: Node;
  readonly via: readonly Many[];
  readonly path: string;
}

export type ElementMap = Readonly<Record<string, Node>>;

export function isCodec(node: Node): node is Codec {
  return !Array.isArray(node) && (node as { readonly is?: unknown }).is === 'codec';
}

export function isMany(node: Node): node is Many {
  return !Array.isArray(node) && (node as { readonly is?: unknown }).is === 'many';
}

export function isList(node: Node): node is readonly Node[] {
  return Array.isArray(node);
}

/** Follows steps from a place. Lists and to-many children branch out; a choice element without a cast leads to each declared alternative. */
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
    if (isCodec(entry.node)) return [{ codec: entry.node, via: entry.via, path: entry.path }];
    return Object.entries(entry.node as ElementMap).flatMap(([name, node]) =>
      leaves({ node, via: entry.via, path: `${entry.path}.${name}` }),
    );
  });
}

/** A place's single values: lists and to-many children resolved. */
export function entries(place: Place): readonly Place[] {
  const { node, via, path } = place;
  if (isList(node)) return node.flatMap((child) => entries({ node: child, via, path }));
  if (isMany(node)) return entries({ node: node.element, via: [...via, node], path });
  return [place];
}

function stepInto(place: Place, step: PathStep): readonly Place[] {
  const children = isCodec(place.node) ? (place.node.parts ?? {}) : (place.node as ElementMap);
  const found: Place[] = [];
  for (const [name, node] of Object.entries(children)) {
    if (!namesElement(name, step, name in children && step.name in children)) continue;
    found.push({ node, via: place.via, path: `${place.path}.${name}` });
  }
  return found.flatMap(entries).filter((next) => passes(next.node, step));
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

function passes(node: Node, step: PathStep): boolean {
  if (step.where !== undefined) return constantOf(node, step.where.name) === step.where.value;
  if (step.resolvesTo !== undefined) return isCodec(node) && node.reference?.target.type === step.resolvesTo;
  return true;
}

function constantOf(node: Node, name: string): unknown {
  const part = isCodec(node) ? node.parts?.[name] : (node as ElementMap)[name];
  return part !== undefined && isCodec(part) ? part.constant : undefined;
}
