import { and, type Column, type Predicate, type Row, type Select, type SqlSystem } from '../../../contracts/index.ts';

/**
 * A whole select in batches, each one a statement of its own that starts after the last row of the one before: no long transaction on the system,
 * and no connection is held while the caller works. Obligation: the order's columns are unique together and never NULL, as a native key is.
 */
export async function* streamBatches(
  run: SqlSystem['run'],
  select: Select,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[], void, undefined> {
  const { columns, orderBy, descending } = select;
  const isListed = (column: Column): boolean => columns.includes(column);
  const selected = [...columns, ...orderBy.filter((column) => !isListed(column))];
  const positions = orderBy.map((column) => selected.indexOf(column));
  let after: Predicate | undefined;
  for (;;) {
    const where = after === undefined ? select.where : and(select.where, after);
    const batch: Select = { ...select, columns: selected, where, limit: batchSize };
    const rows = (await run({ is: 'page', selects: [batch], background: true }, signal)).rows[0] ?? [];
    if (rows.length > 0) {
      yield selected.length === columns.length ? rows : rows.map((row) => row.slice(0, columns.length));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < batchSize) return;
    const values = positions.map((position) => last[position] ?? '');
    after = { is: 'row', columns: orderBy, op: descending ? '<' : '>', values };
  }
}
