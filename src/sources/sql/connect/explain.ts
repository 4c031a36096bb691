import type pg from 'pg';
import type { WholeRead } from '../../../contracts/index.ts';
import type { Prepared } from './shapes.ts';
import { queryTextRows } from './text-rows.ts';

/** https://www.postgresql.org/docs/15/using-explain.html, in its JSON form. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** A table that is read from end to end, by itself or along an index. */
interface Reading {
  readonly schema: string;
  readonly table: string;
  readonly index: string;
}

/** For this transaction only: a table is read whole where there is no other way, and not because it is small or most of it is wanted. */
const AVOIDING = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']
  .map((name) => `set_config('${name}', 'off', true)`)
  .join(', ');

/** How many rows a table has by its statistics, or by its size where it was never analysed. An index over a part of its table is a way of its own. */
const ROWS = `select (case when c.reltuples >= 0 then c.reltuples else pg_relation_size(c.oid) / 100 end)::bigint::text,
    exists (select from pg_index x join pg_class k on k.oid = x.indexrelid
      where x.indrelid = c.oid and k.relname = w.index and x.indpred is not null)::text
  from unnest($1::text[], $2::text[], $3::text[]) with ordinality w (schema, name, index, i)
  join pg_namespace n on n.nspname = w.schema join pg_class c on c.relnamespace = n.oid and c.relname = w.name order by w.i`;

/** The tables that a statement would read whole. `before` runs before, in the same transaction. Rejects with the driver's error. */
export async function explainReads(
  client: pg.ClientBase,
  { sql, bindings: values }: Prepared,
  before = "select set_config('transaction_read_only', 'on', true)",
): Promise<readonly WholeRead[]> {
  const text = `explain (format json, verbose) ${sql}`;
  const rows = await queryTextRows(client, { text, values, before: `${before}, ${AVOIDING}` });
  const plans = JSON.parse(rows[0]?.[0] ?? '[]') as readonly { readonly Plan: PlanNode }[];
  const read = plans.flatMap(({ Plan }) => readings(Plan));
  if (read.length === 0) return [];
  const names = [read.map(({ schema }) => schema), read.map(({ table }) => table), read.map(({ index }) => index)];
  const counts = await queryTextRows(client, { text: ROWS, values: names, before });
  return read.flatMap(({ table }, i) =>
    counts[i]?.[1] === 'true' ? [] : [{ table, rows: Number(counts[i]?.[0] ?? 0) }],
  );
}

function readings(node: PlanNode): readonly Reading[] {
  return [...ownReadings(node), ...(node.Plans ?? []).flatMap(readings)];
}

function ownReadings(node: PlanNode): readonly Reading[] {
  const { Schema: schema = '', 'Relation Name': table = '', 'Index Name': index = '' } = node;
  switch (node['Node Type']) {
    case 'Seq Scan':
      return [{ schema, table, index }];
    case 'Index Scan':
    case 'Index Only Scan':
      return node['Index Cond'] === undefined ? [{ schema, table, index }] : [];
    case 'Bitmap Heap Scan':
      return unconditional(node).map((scan) => ({ schema, table, index: scan['Index Name'] ?? '' }));
    default:
      return [];
  }
}

function unconditional(node: PlanNode): readonly PlanNode[] {
  const isWhole = node['Node Type'] === 'Bitmap Index Scan' && node['Index Cond'] === undefined;
  return isWhole ? [node] : (node.Plans ?? []).flatMap(unconditional);
}
