/** Repeatable choices from a seed (mulberry32). */
export interface Random {
  /** 0 to 1, without 1. */
  next(): number;
  /** 0 to `below` - 1. */
  below(limit: number): number;
  chance(probability: number): boolean;
  /** One of them; undefined of an empty list. */
  pick<T>(list: readonly T[]): T | undefined;
  /** At most `count` different ones, in a random order. */
  sample<T>(list: readonly T[], count: number): T[];
}

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)],
    sample: <T>(list: readonly T[], count: number) => {
      // Fisher and Yates' shuffle, as far as it is wanted: places that were not exchanged are read from the list itself.
      const exchanged = new Map<number, T>();
      const at = (place: number): T => (exchanged.has(place) ? exchanged.get(place) : list[place]) as T;
      return Array.from({ length: Math.min(count, list.length) }, (_, place) => {
        const chosen = place + below(list.length - place);
        const taken = at(chosen);
        exchanged.set(chosen, at(place));
        return taken;
      });
    },
  };
}
