import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Database } from '../database.ts';
import { storableJson } from '../storable-json.ts';

/** What a message waits for, or why it waits no more. */
export type InboxState = 'queued' | 'mapped' | 'filtered' | 'quarantined';

/** A message as it came, with the answers that it can get. Texts of its header are as they were sent. */
export interface ArrivingMessage {
  readonly feed: string;
  /** MSH-3 and MSH-4, as they are compared. */
  readonly sender: string;
  /** MSH-10; empty: none. */
  readonly controlId: string;
  /** Such as `ADT^A01`. */
  readonly event: string;
  /** 32 bytes, a function of feed, sender and control id; undefined for what can never be repeated, such as a broken frame. */
  readonly identity: Buffer | undefined;
  readonly address: string;
  readonly encoding: string;
  readonly flaws: readonly string[];
  /** SHA-256 of the body. */
  readonly digest: Buffer;
  readonly body: Buffer;
  readonly receivedAtMs: number;
  readonly state: Exclude<InboxState, 'mapped'>;
  /** Of what is filtered or quarantined. */
  readonly reason: string | undefined;
  /** What it is answered when it is new; undefined: nothing. */
  readonly answer: Buffer | undefined;
  /** What it is answered when another message came under its control id. */
  readonly conflictAnswer: Buffer | undefined;
}

/** What became of a message: kept as it said, known already, or kept as one that contradicts a known one. */
export interface Arrival {
  readonly is: 'kept' | 'repeated' | 'conflict';
  /** Of a repetition: what the first was answered. */
  readonly answer: Buffer | undefined;
}

/** The reason of a message that came under the control id of another. */
export const CONFLICT = 'control-id-reused';

const INSERT = `
  insert into fascia.inbox
    (feed, sender, control_id, event, identity, address, encoding, flaws, digest, body, answer, received_at, state, reason, changed_at)
  select feed, sender, "controlId", event, decode(identity, 'base64'), address, encoding, flaws, decode(digest, 'base64'),
         substring($2::bytea from "bodyAt" for "bodyLength"), decode(answer, 'base64'),
         'epoch'::timestamptz + "receivedAtMs" * interval '1 ms', state, reason, now()
  from json_to_recordset($1::json) as r (at int, feed text, sender text, "controlId" text, event text, identity text, address text, encoding text,
    flaws text[], digest text, "bodyAt" int, "bodyLength" int, answer text, "receivedAtMs" float8, state text, reason text)
  order by at
  on conflict (identity) do nothing
  returning identity`;

const KNOWN = 'select identity, digest, answer from fascia.inbox where identity = any ($1::bytea[])';

/**
 * Commits messages, in their order, in one transaction: they are durable when it resolves. In: messages of any feeds; two may be the same. Out: what became
 * of each. Rejects with `store.unavailable`; then none was taken.
 */
export function keepArrivals(database: Database, messages: readonly ArrivingMessage[]): Promise<readonly Arrival[]> {
  return database.transact((client) => keep(client, messages), TIMEOUT_MS);
}

async function keep(client: pg.ClientBase, messages: readonly ArrivingMessage[]): Promise<readonly Arrival[]> {
  const firsts = firstOfEach(messages);
  const arrivals = new Map<ArrivingMessage, Arrival>();
  const held = await insert(
    client,
    messages.filter((message) => message.identity === undefined || firsts.has(message)),
  );
  const others: ArrivingMessage[] = [];
  for (const message of messages) {
    const isNew = message.identity === undefined || (firsts.has(message) && held.has(nameOf(message.identity)));
    if (isNew) arrivals.set(message, { is: 'kept', answer: message.answer });
    else others.push(message);
  }
  const known = await findKnown(client, others);
  const contradicting: ArrivingMessage[] = [];
  for (const message of others) {
    const first = known.get(nameOf(message.identity ?? NONE));
    const isRepeated = first?.digest.equals(message.digest) === true;
    if (!isRepeated) contradicting.push(asConflict(message));
    arrivals.set(
      message,
      isRepeated
        ? { is: 'repeated', answer: first.answer ?? undefined }
        : { is: 'conflict', answer: message.conflictAnswer },
    );
  }
  await insert(client, contradicting);
  return messages.map((message) => arrivals.get(message) ?? { is: 'kept', answer: undefined });
}

interface Known {
  readonly digest: Buffer;
  readonly answer: Buffer | null;
}

/** A write that takes longer will not end; it is less than a sender's patience. */
const TIMEOUT_MS = 20_000;
const NONE = Buffer.alloc(0);

function nameOf(identity: Buffer): string {
  return identity.toString('base64');
}

/** Of messages with the same identity the one that came first. */
function firstOfEach(messages: readonly ArrivingMessage[]): ReadonlySet<ArrivingMessage> {
  const firsts = new Map<string, ArrivingMessage>();
  for (const message of messages) {
    if (message.identity === undefined) continue;
    const name = nameOf(message.identity);
    if (!firsts.has(name)) firsts.set(name, message);
  }
  return new Set(firsts.values());
}

/** Kept once, however often it comes: its own bytes are part of its identity. */
function asConflict(message: ArrivingMessage): ArrivingMessage {
  const identity = createHash('sha256')
    .update(message.identity ?? NONE)
    .update(message.digest)
    .digest();
  return { ...message, identity, state: 'quarantined', reason: CONFLICT, answer: message.conflictAnswer };
}

/** Those that others hold are committed: an insert that meets one waits for it. */
async function findKnown(
  client: pg.ClientBase,
  messages: readonly ArrivingMessage[],
): Promise<ReadonlyMap<string, Known>> {
  if (messages.length === 0) return new Map();
  const { rows } = await client.query<Known & { identity: Buffer }>(KNOWN, [
    messages.flatMap(({ identity }) => identity ?? []),
  ]);
  return new Map(rows.map(({ identity, ...known }) => [nameOf(identity), known]));
}

/** Out: the identities that are theirs now. */
async function insert(client: pg.ClientBase, messages: readonly ArrivingMessage[]): Promise<ReadonlySet<string>> {
  if (messages.length === 0) return new Set();
  let bodyAt = 1;
  const rows = messages.map((message, at) => {
    const row = rowOf(message, at, bodyAt);
    bodyAt += message.body.length;
    return row;
  });
  const bodies = Buffer.concat(messages.map(({ body }) => body));
  const { rows: found } = await client.query<{ identity: Buffer | null }>(INSERT, [storableJson(rows), bodies]);
  return new Set(found.flatMap(({ identity }) => (identity === null ? [] : [nameOf(identity)])));
}

function rowOf(message: ArrivingMessage, at: number, bodyAt: number): Readonly<Record<string, unknown>> {
  const { feed, sender, controlId, event, address, encoding, flaws, receivedAtMs, state, reason } = message;
  return {
    ...{ at, feed, sender, controlId, event, address, encoding, flaws, receivedAtMs, state, reason },
    ...{ bodyAt, bodyLength: message.body.length, digest: message.digest.toString('base64') },
    ...{ identity: message.identity?.toString('base64'), answer: message.answer?.toString('base64') },
  };
}
