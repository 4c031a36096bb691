/** Something that was met so many times. */
export type Counted<T> = T & { readonly count: number };

export interface Tally<T> {
  add(thing: T, times: number): void;
  /** In the order in which things were first met. */
  counted(): readonly Counted<T>[];
}

/** Counts things that are alike when their JSON is. */
export function createTally<T extends object>(): Tally<T> {
  const counts = new Map<string, { thing: T; count: number }>();
  return {
    add(thing, times) {
      const name = JSON.stringify(thing);
      const known = counts.get(name);
      if (known === undefined) counts.set(name, { thing, count: times });
      else known.count += times;
    },
    counted: () => [...counts.values()].map(({ thing, count }) => ({ ...thing, count })),
  };
}
