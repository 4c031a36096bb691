import type { Column, Join, Operand, Predicate, TableAlias } from '../../../contracts/index.ts';

/** What of a statement may need a join. */
export interface Needs {
  readonly columns: readonly Column[];
  readonly predicates: readonly Predicate[];
}

/** The aliases of the joins that the needs use, and of the joins that those hang on. */
export function usedJoins(from: TableAlias, joins: readonly Join[], needs: Needs): ReadonlySet<string> {
  const used = new Set<string>();
  for (const column of needs.columns) addOperand(column, used);
  for (const predicate of needs.predicates) addPredicate(predicate, used);
  if (from.live !== undefined) addPredicate(from.live, used);
  let before = -1;
  while (before !== used.size) {
    before = used.size;
    for (const join of joins) if (used.has(join.to.alias)) addJoin(join, used);
  }
  return used;
}

function addJoin(join: Join, used: Set<string>): void {
  for (const [left, right] of join.on) {
    addOperand(left, used);
    addOperand(right, used);
  }
  if (join.where !== undefined) addPredicate(join.where, used);
  if (join.to.live !== undefined) addPredicate(join.to.live, used);
}

function addOperand(operand: Operand, used: Set<string>): void {
  if (!('operand' in operand)) {
    if (operand.computed === undefined) used.add(operand.alias);
    else for (const column of operand.computed.uses) addOperand(column, used);
  } else if (operand.operand === 'sql') {
    for (const column of operand.uses) addOperand(column, used);
  } else addOperand(operand.of, used);
}

function addPredicate(predicate: Predicate, used: Set<string>): void {
  switch (predicate.is) {
    case 'always':
    case 'never':
      return;
    case 'and':
    case 'or':
      for (const part of predicate.of) addPredicate(part, used);
      return;
    case 'not':
    case 'standing':
      addPredicate(predicate.of, used);
      return;
    case 'null':
      addOperand(predicate.of, used);
      return;
    case 'keys':
    case 'row':
      for (const column of predicate.columns) addOperand(column, used);
      return;
    case 'exists':
      addExists(predicate, used);
      return;
    default:
      addOperand(predicate.left, used);
      if (predicate.is === 'compare-columns') addOperand(predicate.right, used);
  }
}

/** Inside EXISTS, an alias that it declares itself hides one of the same name outside; only `on` says which column is outside. */
function addExists(predicate: Extract<Predicate, { is: 'exists' }>, used: Set<string>): void {
  const inside = new Set<string>();
  addPredicate(predicate.where, inside);
  inside.delete(predicate.from.alias);
  for (const join of predicate.joins) inside.delete(join.to.alias);
  for (const alias of inside) used.add(alias);
  for (const [, outer] of predicate.on) addOperand(outer, used);
}
