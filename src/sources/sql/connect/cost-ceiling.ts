import type pg from 'pg';
import { Fault } from '../../../core/index.ts';
import type { Prepared } from './shapes.ts';

/** Asks the planner, with the real values. Throws `search.too-costly` above the ceiling. */
export async function refuseCostly(client: pg.PoolClient, { sql, bindings }: Prepared, ceiling: number): Promise<void> {
  const { rows } = await client.query<[unknown]>({
    text: `explain (format json) ${sql}`,
    values: bindings,
    rowMode: 'array',
  });
  const plan = rows[0]?.[0] as readonly [{ readonly Plan: { readonly 'Total Cost': number } }] | undefined;
  if ((plan?.[0].Plan['Total Cost'] ?? 0) > ceiling) {
    throw new Fault('search.too-costly', 'This search would cost the source system too much: narrow it down.');
  }
}
