import type { Column, Join, Many, Predicate } from '../../contracts/index.ts';
import { tableOf, type AnyAlias } from './columns.ts';

export interface ManySpec<N> {
  readonly from: AnyAlias;
  readonly joins?: readonly Join[];
  /** (child column, owning column) pairs, in the order of the owner's key. */
  readonly on: readonly (readonly [child: Column, owner: Column])[];
  readonly where?: Predicate;
  /** Must be total among the children of one owner. */
  readonly order: readonly [Column, ...Column[]];
  readonly element: N;
}

/** A to-many child table: each row is one entry of a repeating element, in the given order. */
export function many<const N>(spec: ManySpec<N>): Omit<Many, 'element' | '__type'> & { readonly element: N } {
  const { from, joins = [], on, where, order, element } = spec;
  return { is: 'many', from: tableOf(from), joins, on, ...(where === undefined ? {} : { where }), order, element };
}
