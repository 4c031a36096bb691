import type { Criterion } from '../../contracts/index.ts';

export type Keys = readonly (readonly string[])[];

/** The answers of key steps, by the criterion that asked for them and the branch whose keys they are. */
export interface Hops {
  keys(criterion: Criterion, prefix: string): Keys;
}

export interface MutableHops extends Hops {
  set(criterion: Criterion, prefix: string, keys: Keys): void;
}

export function createHops(): MutableHops {
  const found = new Map<Criterion, Map<string, Keys>>();
  return {
    keys: (criterion, prefix) => found.get(criterion)?.get(prefix) ?? [],
    set(criterion, prefix, keys) {
      const byPrefix = found.get(criterion) ?? new Map<string, Keys>();
      byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), ...keys]);
      found.set(criterion, byPrefix);
    },
  };
}
