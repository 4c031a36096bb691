/** The statement names that one session of a server holds; each holds memory and a plan there. */
export interface StatementNames {
  /** Takes a name into use. Out: whether the session has to learn it, and which names it gives up before. */
  use(name: string): { readonly isNew: boolean; readonly close: readonly string[] };
  /** A statement failed: whether the session learnt its name is not known, so it is given up before it is used again. */
  doubt(name: string): void;
}

/** Names of one connection, at most `max`: the one that was not used for the longest time is given up first. */
export function createStatementNames(max: number): StatementNames {
  // A set keeps the order in which names were added.
  const held = new Set<string>();
  const doubtful = new Set<string>();
  return {
    use(name) {
      const isNew = !held.delete(name);
      held.add(name);
      const close = [...doubtful];
      doubtful.clear();
      for (const oldest of held) {
        if (held.size <= max) break;
        held.delete(oldest);
        close.push(oldest);
      }
      return { isNew, close };
    },
    doubt(name) {
      if (held.delete(name)) doubtful.add(name);
    },
  };
}
