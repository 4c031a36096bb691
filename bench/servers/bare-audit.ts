import type pg from 'pg';
import type { AuditRecord } from '../../src/contracts/index.ts';

const COLUMNS =
  'at, request_id, agent, action, interaction, type, query, patients, instances, systems, status, fault, last';
const WIDTH = 13;

/** Records to an insert: as many as there are connections of the load. */
const GROUP_MAX = 16;

/**
 * The least that durable audit costs: the same compact rows as the product's, in multi-row inserts of whatever waits, one at a time, awaited
 * before the answer. In: a pool of the store.
 */
export function createBareAudit(pool: pg.Pool): (record: AuditRecord) => Promise<void> {
  let waiting: { readonly record: AuditRecord; readonly done: (error?: unknown) => void }[] = [];
  let writing = false;
  const write = async (): Promise<void> => {
    writing = true;
    const group = waiting.slice(0, GROUP_MAX);
    waiting = waiting.slice(GROUP_MAX);
    let failure: unknown;
    try {
      await pool.query({ ...insertOf(group.length), values: group.flatMap(({ record }) => valuesOf(record)) });
    } catch (error) {
      failure = error;
    }
    for (const { done } of group) done(failure);
    if (waiting.length > 0) setImmediate(() => void write());
    else writing = false;
  };
  return (record) =>
    new Promise((resolve, reject) => {
      waiting.push({
        record,
        done: (error) => {
          if (error === undefined) resolve();
          else reject(new Error('The records could not be written.', { cause: error }));
        },
      });
      if (!writing) {
        writing = true;
        setImmediate(() => void write());
      }
    });
}

const inserts = new Map<number, { readonly name: string; readonly text: string }>();

function insertOf(rows: number): { readonly name: string; readonly text: string } {
  const known = inserts.get(rows);
  if (known !== undefined) return known;
  const tuples = Array.from({ length: rows }, (_, row) => {
    const slots = Array.from({ length: WIDTH }, (_slot, column) => `$${row * WIDTH + column + 1}`);
    return `(${slots.join(',')})`;
  });
  const made = {
    name: `audit${rows}`,
    text: `insert into fascia.audit_record (${COLUMNS}) values ${tuples.join(',')}`,
  };
  inserts.set(rows, made);
  return made;
}

function valuesOf(record: AuditRecord): unknown[] {
  const { atMs, requestId, agent, action, interaction, type, query, patients, instances, systems, status, last } =
    record;
  const at = new Date(atMs).toISOString();
  return [at, requestId, agent, action, interaction, type, query, patients, instances, systems, status, null, last];
}
