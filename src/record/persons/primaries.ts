import { and, not, or, standing, type Branch, type Links, type Predicate } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import type { Keys } from '../lower/hops.ts';
import { keysPredicate } from '../lower/lower.ts';

/** The rows of Patient branches that search may find: those that are not another's member. By the branch's prefix; a branch without persons has none. */
export type Primaries = ReadonlyMap<string, Predicate>;

/**
 * Puts what branches declare and what the linker found together. In: the Patient branches, the rows in which both differ, and how many of those
 * there may be. Throws `module.invalid` beyond that.
 */
export function primariesOf(
  branches: readonly Branch[],
  exceptions: Awaited<ReturnType<Links['exceptions']>>,
  max: number,
): Primaries {
  if (exceptions.length > max) {
    throw new Fault(
      'module.invalid',
      `The declared secondary patients differ from the linked ones in more than ${max} rows; correct the module's 'secondary' predicate.`,
    );
  }
  const keysOf = (prefix: string, kind: 'primary' | 'secondary'): Keys =>
    exceptions.filter(({ branch, is }) => branch === prefix && is === kind).map(({ key }) => key);
  return new Map(
    branches.flatMap((branch): [string, Predicate][] => {
      if (branch.person === undefined) return [];
      const { key, prefix, person } = branch;
      // The lists grow with the hospital and change when persons are linked anew: a search must not send them each time.
      const wronglyPrimary = standing(keysPredicate(key, keysOf(prefix, 'secondary')));
      const wronglySecondary = standing(keysPredicate(key, keysOf(prefix, 'primary')));
      return [[prefix, or(and(not(person.secondary), not(wronglyPrimary)), wronglySecondary)]];
    }),
  );
}
