import type pg from 'pg';
import type { LiveTable, Table } from '../../../contracts/index.ts';
import { catalogueQuestion, liveTables } from '../render/describe.ts';
import { queryTextRows } from './text-rows.ts';

/** Asks the database's catalogue about tables, in one statement. `before` runs before, in the same transaction. Rejects with the driver's error. */
export async function describeTables(
  client: pg.ClientBase,
  tables: readonly Table[],
  before: string | undefined,
): Promise<readonly (LiveTable | undefined)[]> {
  const { sql: text, bindings: values } = catalogueQuestion(tables, 'pg');
  return liveTables(await queryTextRows(client, { text, values, before }), tables.length, 'pg');
}
