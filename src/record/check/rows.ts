import { always, type Row, type Select, type SqlSystem } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { BranchRendering } from '../write/rendering.ts';

const BATCH = 500;

/**
 * Rows of a branch in batches, secondary patients among them. In: how many; undefined reads all. Else half are the first by key, and half the last:
 * old rows and new ones, for two reads of an index.
 */
export async function* rowsOf(
  { branch, system }: CatalogueBranch,
  rendering: BranchRendering,
  most: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[]> {
  const { from, joins, key, where = always } = branch;
  const select: Select = { from, joins, where, columns: rendering.columns, orderBy: key, descending: false };
  if (most === undefined) {
    yield* system.stream(select, BATCH, signal);
    return;
  }
  const first = await ends(system, { ...select, limit: most }, signal);
  if (first.length < most) {
    yield first;
    return;
  }
  const half = Math.floor(most / 2);
  yield first.slice(0, most - half);
  const last = await ends(system, { ...select, limit: half, descending: true }, signal);
  const seen = new Set(first.slice(0, most - half).map((row) => rendering.keyOf(row).join('\u0000')));
  yield last.filter((row) => !seen.has(rendering.keyOf(row).join('\u0000')));
}

async function ends(system: SqlSystem, select: Select, signal: AbortSignal): Promise<readonly Row[]> {
  return (await system.run({ is: 'page', selects: [select] }, signal)).rows[0] ?? [];
}
