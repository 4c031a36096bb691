import type { Codec, Many, Node } from '../../contracts/index.ts';

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
