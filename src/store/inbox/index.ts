import type { Database } from '../database.ts';
import { keepArrivals, type Arrival, type ArrivingMessage } from './arrive.ts';
import {
  countMessages,
  listMessages,
  retryMessages,
  showMessage,
  type InboxCount,
  type InboxFilter,
  type KeptMessage,
  type WholeMessage,
} from './look.ts';

export { CONFLICT, type Arrival, type ArrivingMessage, type InboxState } from './arrive.ts';
export type { InboxCount, InboxFilter, KeptMessage, WholeMessage } from './look.ts';

/** Messages of feeds, from their arrival on. All reject with `store.unavailable`. */
export interface Inbox {
  /** Commits messages in their order, all or none: they are durable when it resolves. Out: for each what became of it. */
  keep(messages: readonly ArrivingMessage[]): Promise<readonly Arrival[]>;
  /** The newest first. */
  list(filter: InboxFilter, max: number): Promise<readonly KeptMessage[]>;
  show(id: string): Promise<WholeMessage | undefined>;
  counts(): Promise<readonly InboxCount[]>;
  /** Queues messages anew, but those with one of the reasons. Out: the ids of those that are queued now. */
  retry(ids: readonly string[], exceptReasons: readonly string[]): Promise<readonly string[]>;
}

export function createInbox(database: Database): Inbox {
  return {
    keep: (messages) => keepArrivals(database, messages),
    list: (filter, max) => listMessages(database, filter, max),
    show: (id) => showMessage(database, id),
    counts: () => countMessages(database),
    retry: (ids, exceptReasons) => retryMessages(database, ids, exceptReasons),
  };
}
