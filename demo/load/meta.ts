import type { Client } from 'pg';

/** What a database was made from: its only row is written by the transaction that fills the tables, so it is there when they are whole. */
export interface DemoMeta {
  readonly version: number;
  readonly seed: number;
  readonly patients: number;
  readonly damage: boolean;
  /** `YYYY-MM-DD`, the day of the first generation. */
  readonly anchorDate: string;
  /** `YYYY-MM-DD`, the last day with orders and dispenses. */
  readonly throughDate: string;
}

const CREATE = `create table demo_meta (
  only_row boolean primary key default true check (only_row),
  version integer not null,
  seed bigint not null,
  patients integer not null,
  damage boolean not null,
  anchor_date text not null,
  through_date text not null,
  loaded_at timestamptz not null default now()
);
comment on table demo_meta is 'What the demo data were made from';`;

/** The row, or undefined where nothing was loaded. `lock` keeps others from adding days until the transaction ends. */
export async function readMeta(client: Client, lock = false): Promise<DemoMeta | undefined> {
  // The catalogue itself is asked: `to_regclass` may remember, within a transaction, that the table was not there.
  const found = await client.query<{ found: boolean }>(
    "select exists (select from pg_catalog.pg_class where relname = 'demo_meta' and relnamespace = 'public'::regnamespace) as found",
  );
  if (found.rows[0]?.found !== true) return undefined;
  const { rows } = await client.query<{
    version: number;
    seed: string;
    patients: number;
    damage: boolean;
    anchor_date: string;
    through_date: string;
  }>(`select version, seed, patients, damage, anchor_date, through_date from demo_meta${lock ? ' for update' : ''}`);
  const row = rows[0];
  if (row === undefined) return undefined;
  const { version, patients, damage } = row;
  return {
    version,
    seed: Number(row.seed),
    patients,
    damage,
    anchorDate: row.anchor_date,
    throughDate: row.through_date,
  };
}

export async function createMeta(client: Client, meta: DemoMeta): Promise<void> {
  await client.query(CREATE);
  await client.query(
    'insert into demo_meta (version, seed, patients, damage, anchor_date, through_date) values ($1, $2, $3, $4, $5, $6)',
    [meta.version, meta.seed, meta.patients, meta.damage, meta.anchorDate, meta.throughDate],
  );
}

export async function moveMeta(client: Client, throughDate: string): Promise<void> {
  await client.query('update demo_meta set through_date = $1', [throughDate]);
}
