import type pg from 'pg';
import { Fault } from '../../../core/index.ts';
import type { Prepared } from './shapes.ts';
import { queryTextRows } from './text-rows.ts';

type ExplainedPlan = readonly [{ readonly Plan: { readonly 'Total Cost': number } }];

/** Asks the planner, with the real values. Throws `search.too-costly` above the ceiling. `before` runs before, in the same transaction. */
export async function refuseCostly(
  client: pg.PoolClient,
  { sql, bindings }: Prepared,
  { ceiling, before }: { readonly ceiling: number; readonly before?: string | undefined },
): Promise<void> {
  const rows = await queryTextRows(client, { text: `explain (format json) ${sql}`, values: bindings, before });
  const [explained] = JSON.parse(rows[0]?.[0] ?? '[]') as ExplainedPlan | readonly [];
  if ((explained?.Plan['Total Cost'] ?? Infinity) > ceiling)
    throw new Fault('search.too-costly', 'This search would cost the source system too much: narrow it down.');
}
