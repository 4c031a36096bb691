import { always, and, type Branch, type Predicate } from '../../contracts/index.ts';
import type { Hit } from '../model/walk.ts';

/** Rows of a table with its joins. */
export type Holder = Pick<Extract<Predicate, { is: 'exists' }>, 'from' | 'joins' | 'where'>;

/**
 * The rows that hold what a hit stands for: those of the branch that satisfy `where`, or of the table of children that it stands in, as far as they
 * belong to such rows. Asked from the children, an index on their columns serves it; asked the other way round each row would be looked at.
 */
export function holderOf({ from, joins }: Branch, { via }: Hit, where: Predicate): Holder {
  return via.reduce<Holder>(
    (owner, many) => {
      const on = many.on.map(([child, its]) => [its, child] as const);
      return { from: many.from, joins: many.joins, where: and(many.where ?? always, { is: 'exists', ...owner, on }) };
    },
    { from, joins, where },
  );
}
