import type pg from 'pg';
import type { Database } from '../database.ts';
import { storableJson } from '../storable-json.ts';

/** A message that waits to be mapped. */
export interface QueuedMessage {
  readonly id: string;
  readonly feed: string;
  readonly encoding: string;
  readonly body: Buffer;
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
  /** The oldest messages that wait and that no other worker has taken. */
  claim(max: number): Promise<readonly QueuedMessage[]>;
  /** What is known of things, each held until the transaction ends. A thing that is not known yet is held too. In: their ids. */
  hold(ids: readonly string[]): Promise<readonly StoredThing[]>;
  write(things: readonly ChangedThing[]): Promise<void>;
  settle(messages: readonly Settled[]): Promise<void>;
}

/** Runs a worker's work in one transaction: what it wrote and what it settled become durable together. Rejects with `store.unavailable`. */
export function ingest<T>(database: Database, work: (ingest: Ingest) => Promise<T>): Promise<T> {
  return database.transact((client) =>
    work({
      claim: (max) => claim(client, max),
      hold: (ids) => hold(client, ids),
      write: (things) => write(client, things),
      settle: (messages) => settle(client, messages),
    }),
  );
}

async function claim(client: pg.ClientBase, max: number): Promise<readonly QueuedMessage[]> {
  const { rows } = await client.query<QueuedMessage>(
    `select id::text, feed, encoding, body from fascia.inbox where state = 'queued' order by id limit $1 for update skip locked`,
    [max],
  );
  return rows;
}

/** Locks of things that have no row yet are told apart from those of other parts of the software by this. */
const LOCK_SPACE = 'fascia.thing.';

/** In the order of their ids, so that two workers that want the same things never wait for each other. */
async function hold(client: pg.ClientBase, ids: readonly string[]): Promise<readonly StoredThing[]> {
  const sorted = ids.toSorted();
  await client.query(
    `select pg_advisory_xact_lock(hashtextextended($1 || id, 0)) from unnest($2::text[]) with ordinality as t (id, at) order by at`,
    [LOCK_SPACE, sorted],
  );
  const { rows } = await client.query<StoredThing>(
    'select id, type, system, value, parts, version, digest from fascia.thing where id = any ($1::text[])',
    [sorted],
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
