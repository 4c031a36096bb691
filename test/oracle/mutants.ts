/** One seeded fault: a text edit of one source file. `find` occurs exactly once in it. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Faults of the kind that facades have. The comparison with the oracle must notice each. */
export const mutants: readonly Mutant[] = [];
