import { always, type Column, type TableAlias } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { isUndeclared } from '../check/facts.ts';

/** How many rows of a branch are looked at, the newest by its key: old rows were looked at when they were new. */
const ROWS = 500;

/** What the newest rows hold beside the codes that their columns are declared to hold. */
export interface Undeclared {
  /** Columns. */
  readonly places: number;
  /** Values in them. */
  readonly values: number;
}

export const nothingUndeclared: Undeclared = { places: 0, values: 0 };

/**
 * Compares the newest rows of branches with the code sets that their module states, one statement for each branch that has any; what is told are counts,
 * never values. Throws as a system does.
 */
export async function compareCodes(entries: readonly CatalogueBranch[], signal: AbortSignal): Promise<Undeclared> {
  const found = new Map<string, number>();
  const seen = new Set<string>();
  for (const { branch, system } of entries) {
    const { from, joins, key, where = always } = branch;
    const columns = [from, ...joins.map(({ to }) => to)].flatMap(codedColumns).filter(({ place }) => !seen.has(place));
    if (columns.length === 0) continue;
    for (const { place } of columns) seen.add(place);
    const select = { from, joins, where, orderBy: key, descending: true, limit: ROWS };
    const asked = { ...select, columns: columns.map(({ column }) => column) };
    const { rows } = await system.run({ is: 'page', selects: [asked], background: true }, signal);
    for (const row of rows[0] ?? [])
      columns.forEach(({ place, column }, slot) => {
        const value = row[slot];
        if (isUndeclared(column, value)) found.set(place, (found.get(place) ?? 0) + 1);
      });
  }
  return { places: found.size, values: [...found.values()].reduce((sum, count) => sum + count, 0) };
}

function codedColumns({ alias, table }: TableAlias): readonly { readonly place: string; readonly column: Column }[] {
  return Object.entries(table.columns).flatMap(([name, type]) =>
    type.codes === undefined
      ? []
      : [{ place: `${table.schema ?? ''}\u0000${table.name}\u0000${name}`, column: { alias, name, type } }],
  );
}
