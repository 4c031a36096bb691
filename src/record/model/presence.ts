import { always, and, never, or, type Many, type Node, type Predicate } from '../../contracts/index.ts';
import { isCodec, isList, isMany, type ElementMap } from './nodes.ts';

/** The same text for every row: constants alone make no element, since they say nothing of the row that they stand in. */
export function isConstant(node: Node): boolean {
  if (isCodec(node)) return node.constant !== undefined;
  if (isMany(node)) return false;
  return (isList(node) ? node : Object.values(node as ElementMap)).every(isConstant);
}

/**
 * The rows for which a node is written: an object is where one of its changing parts is, whatever constants stand beside them; a list is where
 * one of its entries is, and a constant entry always is. Undefined where a codec that decides it cannot tell.
 */
export function writtenWhere(node: Node): Predicate | undefined {
  if (isCodec(node)) return node.constant === undefined ? node.present : always;
  if (isMany(node)) {
    const inner = writtenWhere(node.element);
    return inner && existsThrough(node, inner);
  }
  const parts = isList(node) ? node : Object.values(node as ElementMap);
  const deciding = isList(node) || parts.every(isConstant) ? parts : parts.filter((part) => !isConstant(part));
  const wheres = deciding.map(writtenWhere);
  if (wheres.includes(always)) return always;
  return wheres.includes(undefined) ? undefined : or(...(wheres as Predicate[]));
}

/** A row of the to-many child exists for which the predicate holds. */
export function existsThrough(many: Many, where: Predicate): Predicate {
  if (where.is === 'never') return never;
  const { from, joins, on } = many;
  return { is: 'exists', from, joins, on, where: and(many.where ?? always, where) };
}
