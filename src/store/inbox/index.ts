import type { Database } from '../database.ts';
import { ingest, type Ingest } from './ingest.ts';
import { keepArrivals, type Arrival, type ArrivingMessage } from './arrive.ts';
import {
  countMessages,
  dismissMessages,
  newestMessages,
  listMessages,
  resourcesMadeBy,
  retryMessages,
  showMessage,
  type InboxCount,
  type InboxFilter,
  type KeptMessage,
  type MadeResource,
  type WholeMessage,
} from './look.ts';

export { CONFLICT, type Arrival, type ArrivingMessage, type InboxState } from './arrive.ts';
export type { ChangedThing, Ingest, QueuedMessage, Settled, StoredThing } from './ingest.ts';
export type { InboxCount, InboxFilter, KeptMessage, MadeResource, WholeMessage } from './look.ts';

/** Messages of feeds, from their arrival on. All reject with `store.unavailable`. */
export interface Inbox {
  /** Commits messages in their order, all or none: they are durable when it resolves. Out: for each what became of it. */
  keep(messages: readonly ArrivingMessage[]): Promise<readonly Arrival[]>;
  /** The newest first. */
  list(filter: InboxFilter, max: number): Promise<readonly KeptMessage[]>;
  show(id: string): Promise<WholeMessage | undefined>;
  /** Of all messages, or of those that wait or are in quarantine, which is quick. */
  counts(which: 'all' | 'open'): Promise<readonly InboxCount[]>;
  /** When the newest message of each feed came, where one did. */
  newest(feeds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Ends the quarantine of messages of which nothing will become: they are filtered. Out: their ids. */
  dismiss(ids: readonly string[]): Promise<readonly string[]>;
  /** Runs a worker's work in one transaction: what it wrote and what it settled become durable together. */
  ingest<T>(work: (ingest: Ingest) => Promise<T>): Promise<T>;
  /** The resources that a message made, newest text of each: what `show` shows beside it. */
  madeBy(id: string): Promise<readonly MadeResource[]>;
  /** Queues messages anew, but those with one of the reasons. Out: the ids of those that are queued now. */
  retry(ids: readonly string[], exceptReasons: readonly string[]): Promise<readonly string[]>;
}

export function createInbox(database: Database): Inbox {
  return {
    keep: (messages) => keepArrivals(database, messages),
    list: (filter, max) => listMessages(database, filter, max),
    show: (id) => showMessage(database, id),
    counts: (which) => countMessages(database, which),
    newest: (feeds) => newestMessages(database, feeds),
    dismiss: (ids) => dismissMessages(database, ids),
    ingest: (work) => ingest(database, work),
    madeBy: (id) => resourcesMadeBy(database, id),
    retry: (ids, exceptReasons) => retryMessages(database, ids, exceptReasons),
  };
}
