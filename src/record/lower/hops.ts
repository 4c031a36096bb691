import type { Criterion } from '../../contracts/index.ts';

export type Keys = readonly (readonly string[])[];

/** Rows whose declared "secondary" predicate and the linker's finding differ; few, kept by the linker. */
export interface Exceptions {
  /** Not declared secondary, but the linker found them to be. */
  readonly wronglyPrimary: Keys;
  /** Declared secondary, but without a surviving member: they stay findable. */
  readonly wronglySecondary: Keys;
}

export const noExceptions: Exceptions = { wronglyPrimary: [], wronglySecondary: [] };

/** The answers of key steps, by the criterion that asked for them and the branch whose keys they are. */
export interface Hops {
  keys(criterion: Criterion, prefix: string): Keys;
  exceptions(prefix: string): Exceptions;
}

export interface MutableHops extends Hops {
  set(criterion: Criterion, prefix: string, keys: Keys): void;
}

export function createHops(exceptions: (prefix: string) => Exceptions): MutableHops {
  const found = new Map<Criterion, Map<string, Keys>>();
  return {
    exceptions,
    keys: (criterion, prefix) => found.get(criterion)?.get(prefix) ?? [],
    set(criterion, prefix, keys) {
      const byPrefix = found.get(criterion) ?? new Map<string, Keys>();
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), ...keys]);
      found.set(criterion, byPrefix);
    },
  };
}
