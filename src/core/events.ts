import type { FaultCode } from './fault.ts';

/**
 * The closed union of named events. Business code emits them; one place (`app`) decides what becomes a log line or a
 * metric. No event carries PHI, SQL or a column name. Audit is not an event: it is awaited.
 */
export type NamedEvent =
  | { readonly event: 'server.listening'; readonly url: string }
  | { readonly event: 'server.stopping'; readonly signal: string }
  | { readonly event: 'server.stopped' }
  | { readonly event: 'server.defect'; readonly requestId: string; readonly name: string; readonly message: string }
  | {
      readonly event: 'request.done';
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly ms: number;
      readonly fault?: FaultCode;
    }
  | { readonly event: 'database.adopted'; readonly pid: number }
  | { readonly event: 'database.started'; readonly ms: number }
  | { readonly event: 'database.recovered'; readonly reason: string }
  | { readonly event: 'store.migrated'; readonly steps: number }
  | { readonly event: 'demo.progress'; readonly step: string; readonly done: number; readonly of: number }
  /** A statement was answered; `ms` includes the wait for a connection. */
  | { readonly event: 'system.answered'; readonly system: string; readonly ms: number }
  | { readonly event: 'system.circuit'; readonly system: string; readonly state: 'closed' | 'open' | 'half-open' }
  /** `ms`: of a statement, with the wait for a connection. */
  | {
      readonly event: 'system.failed';
      readonly system: string;
      readonly fault: FaultCode;
      readonly reason: string;
      readonly ms?: number;
    }
  /** The tables of a system are not what its module expects: types that are closed, and elements that are left out. */
  | {
      readonly event: 'system.drifted';
      readonly system: string;
      readonly closed: readonly string[];
      readonly without: readonly string[];
    }
  /** They are again what it expects. */
  | { readonly event: 'system.restored'; readonly system: string }
  | {
      readonly event: 'row.damaged';
      readonly system: string;
      readonly branch: string;
      readonly element: string;
      readonly reason: string;
    }
  | { readonly event: 'code.unmapped'; readonly system: string; readonly branch: string; readonly element: string }
  /** How often rows were left out at one place since the event before. */
  | {
      readonly event: 'rows.damaged';
      readonly system: string;
      readonly branch: string;
      readonly element: string;
      readonly reason: string;
      readonly times: number;
    }
  /** How often codes without a map were met at one place since the event before. */
  | {
      readonly event: 'codes.unmapped';
      readonly system: string;
      readonly branch: string;
      readonly element: string;
      readonly times: number;
    }
  /** In how many columns the newest rows of a system hold values beside the codes that its module states, and how many; told when the former changes. */
  | {
      readonly event: 'codes.undeclared';
      readonly system: string;
      readonly places: number;
      readonly values: number;
    }
  | {
      readonly event: 'persons.linked';
      readonly linked: number;
      readonly candidates: number;
      readonly dangling: number;
      readonly ms: number;
    }
  /** A group of records became durable in one insert. */
  | { readonly event: 'audit.written'; readonly records: number; readonly ms: number }
  | { readonly event: 'audit.failed'; readonly reason: string }
  /** Messages of feeds became durable in one write; only then they are acknowledged. */
  | { readonly event: 'inbox.kept'; readonly messages: number; readonly ms: number }
  /** They did not: their senders are told to send them again. */
  | { readonly event: 'inbox.failed'; readonly reason: string }
  /** Messages were mapped, filtered or quarantined in one transaction. */
  | { readonly event: 'inbox.mapped'; readonly messages: number }
  /** They were not, and will be tried again. */
  | { readonly event: 'inbox.stalled'; readonly reason: string }
  /** A mapping failed on a message, which is a defect; `place` is where in the code. */
  | { readonly event: 'message.defect'; readonly feed: string; readonly place: string }
  /** A message was kept, and will not be mapped as it is. */
  | { readonly event: 'message.set-aside'; readonly feed: string; readonly reason: string }
  | { readonly event: 'feed.listening'; readonly feed: string; readonly host: string; readonly port: number }
  /** A connection ended before its sender ended it. */
  | { readonly event: 'feed.disconnected'; readonly feed: string; readonly reason: string }
  /** Nothing came for longer than the feed's definition expects; `lastAt`: an instant, empty where nothing ever came. */
  | { readonly event: 'feed.silent'; readonly feed: string; readonly lastAt: string }
  /** Something came again. */
  | { readonly event: 'feed.heard'; readonly feed: string }
  | {
      readonly event: 'files.loaded';
      readonly system: string;
      readonly asOf: string;
      readonly lines: number;
      readonly rejected: number;
      readonly ms: number;
    }
  | { readonly event: 'files.refused'; readonly system: string; readonly fault: FaultCode; readonly reason: string }
  /** Lines of one file that were left out for one reason; `first` is the number of the first of them. */
  | {
      readonly event: 'files.rejected';
      readonly system: string;
      readonly file: string;
      readonly reason: string;
      readonly lines: number;
      readonly first: number;
    }
  /** Spans that the collector did not take. */
  | { readonly event: 'traces.lost'; readonly spans: number; readonly reason: string }
  /** What is served is older than the department promises. */
  | { readonly event: 'files.overdue'; readonly system: string; readonly asOf: string };

export type Emit = (event: NamedEvent) => void;
