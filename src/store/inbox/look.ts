import type { Database, StoreStatement } from '../database.ts';
import type { InboxState } from './arrive.ts';

/** A message of the inbox, without its body. */
export interface KeptMessage {
  readonly id: string;
  readonly feed: string;
  readonly sender: string;
  readonly controlId: string;
  readonly event: string;
  readonly state: InboxState;
  /** Of what is filtered or quarantined. */
  readonly reason: string | undefined;
  readonly receivedAtMs: number;
  readonly changedAtMs: number;
  readonly bytes: number;
}

export interface WholeMessage extends KeptMessage {
  readonly address: string;
  readonly encoding: string;
  readonly flaws: readonly string[];
  readonly body: Buffer;
  /** Absent: none was wanted. */
  readonly answer: Buffer | undefined;
}

/** Which messages are meant; what is absent does not matter. */
export interface InboxFilter {
  readonly feed?: string;
  readonly state?: InboxState;
  readonly reason?: string;
}

/** How many messages of a feed are in a state, for a reason. */
export interface InboxCount {
  readonly feed: string;
  readonly state: InboxState;
  readonly reason: string | undefined;
  readonly messages: number;
  readonly oldestAtMs: number;
}

const MS = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;
const COLUMNS = `id, feed, sender, control_id, event, state, reason, ${MS('received_at')}, ${MS('changed_at')}, length(body)`;
const MATCHES =
  '($1::text is null or feed = $1) and ($2::text is null or state = $2) and ($3::text is null or reason = $3)';

const LIST: StoreStatement = {
  name: 'inbox.list',
  text: `select ${COLUMNS} from fascia.inbox where ${MATCHES} order by id desc limit $4`,
};
const SHOW: StoreStatement = {
  name: 'inbox.show',
  text: `select ${COLUMNS}, address, encoding, flaws, body, answer from fascia.inbox where id = $1`,
};
const COUNT_COLUMNS = `feed, state, reason, count(*), ${MS('min(received_at)')}`;
const COUNT: StoreStatement = {
  name: 'inbox.count',
  text: `select ${COUNT_COLUMNS} from fascia.inbox group by feed, state, reason order by feed, state, reason`,
};
/** What waits or is in quarantine has an index; of all that ever came a count would read everything. */
const COUNT_OPEN: StoreStatement = {
  name: 'inbox.count-open',
  text: `select ${COUNT_COLUMNS} from fascia.inbox where state in ('queued', 'quarantined')
    group by feed, state, reason order by feed, state, reason`,
};
const NEWEST: StoreStatement = {
  name: 'inbox.newest',
  text: `select f.feed, ${MS('m.received_at')} from unnest($1::text[]) as f (feed)
    cross join lateral (select received_at from fascia.inbox where feed = f.feed order by id desc limit 1) as m`,
};
const DISMISS: StoreStatement = {
  name: 'inbox.dismiss',
  text: `update fascia.inbox set state = 'filtered', changed_at = now()
    where id = any ($1::bigint[]) and state = 'quarantined' returning id`,
};
/** What is broken stays as it is: it can be nothing but sent again. */
const RETRY: StoreStatement = {
  name: 'inbox.retry',
  text: `update fascia.inbox set state = 'queued', reason = null, changed_at = now()
    where id = any ($1::bigint[]) and state in ('filtered', 'quarantined') and reason <> all ($2::text[]) returning id`,
};

type Row = [string, string, string, string, string, InboxState, string | null, string, string, number];
type WholeRow = [...Row, string, string, string[], Buffer, Buffer | null];

/** A version of a resource that a message made. */
export interface MadeResource {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** JSON, without id and meta. */
  readonly body: string;
}

const MADE_BY: StoreStatement = {
  name: 'inbox.made-by',
  text: 'select type, id, version, body from fascia.resource_version where message = $1 order by type, id, version',
};

export async function resourcesMadeBy(database: Database, id: string): Promise<readonly MadeResource[]> {
  const rows = (await database.run(MADE_BY, [id])) as unknown as readonly [string, string, number, string][];
  return rows.map(([type, made, version, body]) => ({ type, id: made, version, body }));
}

/** The newest first. */
export async function listMessages(
  database: Database,
  { feed, state, reason }: InboxFilter,
  max: number,
): Promise<readonly KeptMessage[]> {
  const rows = await database.run(LIST, [feed ?? null, state ?? null, reason ?? null, max]);
  return (rows as unknown as readonly Row[]).map(keptOf);
}

export async function showMessage(database: Database, id: string): Promise<WholeMessage | undefined> {
  const [row] = (await database.run(SHOW, [id])) as unknown as readonly WholeRow[];
  if (row === undefined) return undefined;
  const [address, encoding, flaws, body, answer] = row.slice(10) as [string, string, string[], Buffer, Buffer | null];
  return { ...keptOf(row), address, encoding, flaws, body, answer: answer ?? undefined };
}

export async function countMessages(database: Database, which: 'all' | 'open'): Promise<readonly InboxCount[]> {
  const rows = (await database.run(which === 'all' ? COUNT : COUNT_OPEN, [])) as unknown as readonly [
    ...[string, InboxState, string | null],
    ...[string, string],
  ][];
  return rows.map(([feed, state, reason, messages, oldest]) => ({
    ...{ feed, state, reason: reason ?? undefined, messages: Number(messages), oldestAtMs: Number(oldest) },
  }));
}

/** When the newest message of each feed came; a feed of which none ever did is left out. */
export async function newestMessages(
  database: Database,
  feeds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = (await database.run(NEWEST, [feeds])) as unknown as readonly [string, string][];
  return new Map(rows.map(([feed, at]) => [feed, Number(at)]));
}

/** Ends the quarantine of messages of which nothing will become. Out: the ids of those that are filtered now, for the reason that they had. */
export async function dismissMessages(database: Database, ids: readonly string[]): Promise<readonly string[]> {
  const rows = (await database.run(DISMISS, [ids])) as unknown as readonly [string][];
  return rows.map(([id]) => id);
}

/** Queues messages anew. In: their ids, and the reasons for which none can be. Out: the ids of those that are queued now. */
export async function retryMessages(
  database: Database,
  ids: readonly string[],
  exceptReasons: readonly string[],
): Promise<readonly string[]> {
  const rows = (await database.run(RETRY, [ids, exceptReasons])) as unknown as readonly [string][];
  return rows.map(([id]) => id);
}

function keptOf(row: Row | WholeRow): KeptMessage {
  const [id, feed, sender, controlId, event, state, reason, receivedAt, changedAt, bytes] = row;
  return {
    ...{ id, feed, sender, controlId, event, state, reason: reason ?? undefined },
    ...{ receivedAtMs: Number(receivedAt), changedAtMs: Number(changedAt), bytes },
  };
}
