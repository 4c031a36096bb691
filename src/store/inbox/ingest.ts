import type pg from 'pg';
import type { Database } from '../database.ts';
import { storableJson } from '../storable-json.ts';

/** A message that waits to be mapped. */
export interface QueuedMessage {
  readonly id: string;
  readonly feed: string;
  readonly encoding: string;
  readonly body: Buffer;
  readonly receivedAtMs: number;
}

/** What is known of a thing, as a row. */
export interface StoredThing {
  readonly id: string;
  readonly type: string;
  readonly system: string;
  readonly value: string;
  /** JSON. */
  readonly parts: string;
  /** Of its newest resource; 0: it has none yet. */
  readonly version: number;
  /** Of the text of that resource. */
  readonly digest: Buffer;
}

/** A thing that changed, and, where that changed its resource, the new text of it. */
export interface ChangedThing extends StoredThing {
  readonly resource?: { readonly body: string; readonly message: string };
}

export interface Settled {
  readonly id: string;
  /** Undefined: mapped. */
  readonly setAside?: { readonly state: 'filtered' | 'quarantined'; readonly reason: string };
}

/** One transaction of a worker. */
export interface Ingest {
  /** The oldest messages of feeds that wait and that no other worker has taken: as many as there may be, and as have so many bytes, but one in any case. */
  claim(feeds: readonly string[], max: number, bytesMax: number): Promise<readonly QueuedMessage[]>;
  /** What is known of things, each held until the transaction ends. A thing that is not known yet is held too. In: their ids. */
  hold(ids: readonly string[]): Promise<readonly StoredThing[]>;
  write(things: readonly ChangedThing[]): Promise<void>;
  settle(messages: readonly Settled[]): Promise<void>;
}

/** A batch that takes longer will not end. */
const TIMEOUT_MS = 60_000;

/** Runs a worker's work in one transaction: what it wrote and what it settled become durable together. Rejects with `store.unavailable`. */
export function ingest<T>(database: Database, work: (ingest: Ingest) => Promise<T>): Promise<T> {
  return database.transact(
    (client) =>
      work({
        claim: (feeds, max, bytesMax) => claim(client, feeds, max, bytesMax),
        hold: (ids) => hold(client, ids),
        write: (things) => write(client, things),
        settle: (messages) => settle(client, messages),
      }),
    TIMEOUT_MS,
  );
}

async function claim(
  client: pg.ClientBase,
  feeds: readonly string[],
  max: number,
  bytesMax: number,
): Promise<readonly QueuedMessage[]> {
  const { rows: sizes } = await client.query<{ id: string; bytes: number }>(
    `select id::text, length(body) as bytes from fascia.inbox where state = 'queued' and feed = any ($1::text[])
     order by id limit $2 for update skip locked`,
    [feeds, max],
  );
  let bytes = 0;
  const ids = sizes.filter((row, at) => (bytes += row.bytes) <= bytesMax || at === 0).map(({ id }) => id);
  if (ids.length === 0) return [];
  const { rows } = await client.query<QueuedMessage>(
    `select id::text, feed, encoding, body, (extract(epoch from received_at) * 1000)::float8 as "receivedAtMs"
     from fascia.inbox where id = any ($1::bigint[]) order by id`,
    [ids],
  );
  return rows;
}

/** Locks of things, which may have no row yet, are those of so many drawers: there is room for few locks, and a message may speak of thousands of things. */
const LOCK_SPACE = 0x666369;
const DRAWERS = 256;

/** In the order of the drawers, so that two workers never wait for each other. In: ids, which are hexadecimal digits. */
async function hold(client: pg.ClientBase, ids: readonly string[]): Promise<readonly StoredThing[]> {
  const drawers = [...new Set(ids.map((id) => Number.parseInt(id.slice(0, 4), 16) % DRAWERS))].sort((a, b) => a - b);
  await client.query(
    'select pg_advisory_xact_lock($1, drawer) from unnest($2::int[]) with ordinality as t (drawer, at) order by at',
    [LOCK_SPACE, drawers],
  );
  const { rows } = await client.query<StoredThing>(
    'select id, type, system, value, parts, version, digest from fascia.thing where id = any ($1::text[])',
    [ids],
  );
  return rows;
}

async function write(client: pg.ClientBase, things: readonly ChangedThing[]): Promise<void> {
  if (things.length === 0) return;
  const rows = things.map(({ digest, resource, ...thing }) => ({
    ...thing,
    ...{ digest: digest.toString('base64'), body: resource?.body, message: resource?.message },
  }));
  const json = storableJson(rows);
  await client.query(
    `insert into fascia.thing (id, type, system, value, parts, version, digest)
     select id, type, system, value, parts, version, decode(digest, 'base64')
     from json_to_recordset($1::json) as r (id text, type text, system text, value text, parts text, version int, digest text)
     on conflict (id) do update set parts = excluded.parts, version = excluded.version, digest = excluded.digest`,
    [json],
  );
  await client.query(
    `insert into fascia.resource_version (id, version, type, body, recorded_at, message)
     select id, version, type, body, now(), message
     from json_to_recordset($1::json) as r (id text, type text, version int, body text, message bigint)
     where body is not null`,
    [json],
  );
}

async function settle(client: pg.ClientBase, messages: readonly Settled[]): Promise<void> {
  const rows = messages.map(({ id, setAside }) => ({
    id,
    state: setAside?.state ?? 'mapped',
    reason: setAside?.reason,
  }));
  await client.query(
    `update fascia.inbox set state = r.state, reason = r.reason, changed_at = now()
     from json_to_recordset($1::json) as r (id bigint, state text, reason text) where inbox.id = r.id`,
    [JSON.stringify(rows)],
  );
}
