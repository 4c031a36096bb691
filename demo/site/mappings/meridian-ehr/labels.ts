import { mappedCoding, type Column } from 'fascia/mapping';
import { CONFIDENTIALITY, RESTRICTED, SENSITIVITY } from './codes-problems.ts';

/** Who may see a row, by its sensitivity: one that no table knows is restricted like the others. */
export function sensitivityLabels(column: Column): { readonly security: readonly ReturnType<typeof mappedCoding>[] } {
  return {
    security: [
      mappedCoding({ column, map: CONFIDENTIALITY, unmapped: { fallback: RESTRICTED }, missing: 'omit' }),
      mappedCoding({ column, map: SENSITIVITY }),
    ],
  };
}
