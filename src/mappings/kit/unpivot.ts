import { and, type Branch, type Codec, type Column, type Predicate, type ResourceType } from '../../contracts/index.ts';
import { defineBranch, type BranchSpec } from './branch.ts';
import type { ResourceElements } from './element-types.ts';
import { isNotBlank } from './predicates.ts';

/** One column of a wide row that becomes a resource of its own where it holds something. */
export interface UnpivotedColumn {
  /** Begins the resource's id: the rest of it is the row's key. */
  readonly prefix: string;
  readonly column: Column;
  /** Which rows have the value at all; by default those whose column is neither NULL nor blank. */
  readonly present?: Predicate;
  readonly profiles?: readonly string[];
  /** As in a branch, beside those of the row. */
  readonly profileNeeds?: readonly Codec[];
}

/**
 * One branch for each column of a wide table, such as a row of vital signs. All are selects of the type's one statement, and a constant code folds
 * away those that a search cannot mean. `elements` is asked once for each column.
 */
export function unpivot<const T extends ResourceType, const C extends UnpivotedColumn>(
  type: T,
  row: Omit<BranchSpec<T>, 'prefix' | 'elements' | 'person'>,
  columns: readonly C[],
  elements: (column: C) => ResourceElements<T>,
): readonly Branch[] {
  return columns.map((column) =>
    defineBranch(type, {
      ...row,
      prefix: column.prefix,
      where: and(row.where ?? and(), column.present ?? isNotBlank(column.column)),
      profileNeeds: [...(row.profileNeeds ?? []), ...(column.profileNeeds ?? [])],
      ...(column.profiles === undefined ? {} : { profiles: column.profiles }),
      elements: elements(column),
    }),
  );
}
