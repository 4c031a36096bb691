import type { AuditRecord } from '../contracts/index.ts';
import type { Database, StoreStatement } from './database.ts';
import { storableJson } from './storable-json.ts';

const COLUMNS =
  'at, request_id, agent, action, interaction, type, query, patients, instances, systems, status, fault, last';

/** One parameter for the whole batch: JSON.stringify is the cheapest way to bind many rows (docs/adr/0033-audit-group-commit.md). */
const APPEND: StoreStatement = {
  name: 'audit.append',
  text: `insert into fascia.audit_record (${COLUMNS})
    select 'epoch'::timestamptz + r."atMs" * interval '1 ms', r."requestId", r.agent, r.action, r.interaction, r.type, r.query,
           r.patients, r.instances, r.systems, r.status, r.fault, r.last
    from json_to_recordset($1::json) as r ("atMs" float8, "requestId" text, agent text, action text, interaction text, type text, query text,
      patients text[], instances text[], systems text[], status smallint, fault text, last boolean)`,
};

const READ: StoreStatement = {
  name: 'audit.read',
  text: `select (extract(epoch from at) * 1000)::bigint, request_id, agent, action, interaction, type, query, patients, instances, systems,
           status, fault, last
    from fascia.audit_record where request_id = $1 order by at, id`,
};

/** Writes the records in one insert; they are durable when the promise resolves. */
export async function appendAudit(database: Database, records: readonly AuditRecord[]): Promise<void> {
  if (records.length === 0) return;
  await database.run(APPEND, [storableJson(records)]);
}

type ReadRow = [
  string,
  ...[string, string, AuditRecord['action'], string, string, string],
  string[],
  string[],
  string[],
  number,
  string | null,
  boolean,
];

/** The records of one request, in the order they were written. */
export async function readAudit(database: Database, requestId: string): Promise<readonly AuditRecord[]> {
  const rows = (await database.run(READ, [requestId])) as unknown as readonly ReadRow[];
  return rows.map(
    ([atMs, request, agent, action, interaction, type, query, patients, instances, systems, status, fault, last]) => ({
      requestId: request,
      atMs: Number(atMs),
      agent,
      action,
      interaction,
      type,
      query,
      patients,
      instances,
      systems,
      status,
      ...(fault === null ? {} : { fault }),
      last,
    }),
  );
}
