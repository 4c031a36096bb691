import type pg from 'pg';
import type { Rejection } from '../contracts/index.ts';
import type { FaultCode } from '../core/index.ts';
import type { Database, StoreStatement } from './database.ts';
import { createShadow, type ShadowTables } from './file-tables.ts';

/** A delivery of files by what it consists of. */
export interface DeliveryIdentity {
  /** Names, sizes and times of its files. */
  readonly fingerprint: string;
  /** Of the mapping that it was read with. */
  readonly version: string;
}

interface DeliveryRecord extends DeliveryIdentity {
  /** A FHIR dateTime; empty where no time could be told. */
  readonly asOf: string;
  readonly atMs: number;
  readonly lines: number;
  readonly rejected: number;
}

export interface LoadedDelivery extends DeliveryRecord {
  readonly is: 'loaded';
}

export interface RefusedDelivery extends DeliveryRecord {
  readonly is: 'refused';
  readonly fault: FaultCode;
  readonly reason: string;
}

/** What is in use, and the newest delivery, where it was refused. */
export interface FileState {
  readonly loaded?: LoadedDelivery;
  readonly refused?: RefusedDelivery;
}

/** What became of a delivery, with the first of its rejected lines. */
export type Outcome = (LoadedDelivery | RefusedDelivery) & { readonly rejections: readonly Rejection[] };

/** Tables that are filled from files, each system's in a schema of its own, and what is known of their loads. All reject with `store.unavailable`. */
export interface FileLoads {
  state(system: string): Promise<FileState>;
  /**
   * Works on a delivery, alone among all replicas: `false` where another one does. `work` is told the state as it is now, fills shadow tables, and says
   * what became of it; nothing is left of them unless it says `loaded`, and then they replace the tables in use at once. `undefined`: there was nothing to do.
   */
  work(
    system: string,
    work: (state: FileState, shadow: ShadowTables) => Promise<Outcome | undefined>,
  ): Promise<boolean>;
  rejections(system: string, outcome: Outcome['is']): Promise<readonly Rejection[]>;
}

/** The SQL schema of a system's tables. In: a system's id, which is lower-case letters, digits and hyphens. */
export function schemaOfFiles(system: string): string {
  return `files_${system.replaceAll('-', '_')}`;
}

const STATE = `select outcome, fingerprint, version, as_of, at_ms, lines, rejected, fault, reason from fascia.file_delivery where system = $1`;
const READ_STATE: StoreStatement = { name: 'files.state', text: STATE };
const READ_REJECTIONS: StoreStatement = {
  name: 'files.rejections',
  text: 'select file, line, reason, field from fascia.file_rejection where system = $1 and outcome = $2 order by file, line',
};

export function createFileLoads(database: Database): FileLoads {
  return {
    state: async (system) => stateOf((await database.run(READ_STATE, [system])) as readonly StateRow[]),
    work: (system, work) => database.transact((client) => workAlone(client, system, work)),
    rejections: async (system, outcome) => {
      const rows = await database.run(READ_REJECTIONS, [system, outcome]);
      return (rows as readonly RejectionRow[]).map(([file, line, reason, field]) => ({
        file,
        line: Number(line),
        reason,
        ...(field === null ? {} : { field }),
      }));
    },
  };
}

type StateRow = [Outcome['is'], ...[string, string, string, string, string, string], FaultCode | null, string | null];
type RejectionRow = [string, string, Rejection['reason'], string | null];

function stateOf(rows: readonly StateRow[]): FileState {
  const records = rows.map(([is, fingerprint, version, asOf, atMs, lines, rejected, fault, reason]) => {
    const record = { fingerprint, version, asOf, atMs: Number(atMs), lines: Number(lines), rejected: Number(rejected) };
    return is === 'loaded'
      ? { loaded: { is, ...record } }
      : { refused: { is, ...record, fault: fault as FaultCode, reason: reason ?? '' } };
  });
  return Object.assign({}, ...records) as FileState;
}

/** Everything in the caller's transaction: a process that is killed leaves what was there before. */
async function workAlone(
  client: pg.ClientBase,
  system: string,
  work: Parameters<FileLoads['work']>[1],
): Promise<boolean> {
  const lock = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('fascia.files.' || $1, 0)) as mine`,
    [system],
  );
  if (lock.rows[0]?.mine !== true) return false;
  // A load takes its time, also between two statements; instants arrive in UTC.
  await client.query(
    'set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local timezone = UTC',
  );
  const { rows } = await client.query<StateRow>({ text: STATE, values: [system], rowMode: 'array' });
  await client.query('savepoint shadow');
  const shadow = createShadow(client, schemaOfFiles(system));
  const outcome = await work(stateOf(rows), shadow);
  if (outcome?.is === 'loaded') await shadow.swap();
  else await client.query('rollback to savepoint shadow');
  if (outcome !== undefined) await record(client, system, outcome);
  return true;
}

/** A load makes what was refused before it history; a refusal leaves the row of what is in use alone. */
async function record(client: pg.ClientBase, system: string, outcome: Outcome): Promise<void> {
  const outdated: readonly Outcome['is'][] = outcome.is === 'loaded' ? ['loaded', 'refused'] : ['refused'];
  await client.query('delete from fascia.file_delivery where system = $1 and outcome = any ($2::text[])', [
    system,
    outdated,
  ]);
  const { fingerprint, version, asOf, atMs, lines, rejected } = outcome;
  const why = outcome.is === 'refused' ? [outcome.fault, outcome.reason] : [null, null];
  await client.query(
    `insert into fascia.file_delivery (system, outcome, fingerprint, version, as_of, at_ms, lines, rejected, fault, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [system, outcome.is, fingerprint, version, asOf, atMs, lines, rejected, ...why],
  );
  const { rejections } = outcome;
  await client.query(
    `insert into fascia.file_rejection (system, outcome, file, line, reason, field)
     select $1, $2, * from unnest($3::text[], $4::bigint[], $5::text[], $6::text[])`,
    [
      system,
      outcome.is,
      rejections.map(({ file }) => file),
      rejections.map(({ line }) => line),
      rejections.map(({ reason }) => reason),
      rejections.map(({ field }) => field ?? null),
    ],
  );
}
