import type { FeedStewardship, PoolUse, ResourceType, Stewardship, SystemHealth } from '../contracts/index.ts';

/** What is known of a running server at one moment, for `/readyz`, `/status` and metrics alike: no PHI, no name of a table or column. */
export interface ServerState {
  readonly status: 'ready' | 'draining' | 'waiting for the store' | 'waiting for links between patients';
  readonly version: string;
  readonly startedMs: number;
  readonly nowMs: number;
  readonly store: { readonly isUp: boolean; readonly pool: PoolUse };
  readonly audit: { readonly pending: number; readonly failing: boolean };
  /** When the links between patients were read from the systems; undefined: never, or the store does not say. */
  readonly linksAsOfMs: number | undefined;
  /** How often they are read. */
  readonly linksEveryMs: number;
  /** In declared order. */
  readonly systems: readonly SystemState[];
  readonly feeds: readonly FeedState[];
}

export interface SystemState extends SystemHealth {
  readonly id: string;
  readonly title: string;
  readonly stewardship: Stewardship;
  readonly types: readonly ResourceType[];
  /** What its tables allow, against what its module expects. */
  readonly expectations: {
    /** When they were last compared; undefined: not since this start. */
    readonly comparedMs: number | undefined;
    readonly closed: readonly ResourceType[];
    /** FHIRPaths of elements that are left out. */
    readonly without: readonly string[];
    /** In how many columns the newest rows hold values beside the declared codes, and how many. */
    readonly undeclared: { readonly places: number; readonly values: number };
  };
  /** What of its rows could not be mapped since the start. */
  readonly rows: RowCounts;
}

/** How often something was met at each place: an answer that meets it again counts again. */
export interface RowCounts {
  readonly damaged: readonly {
    readonly branch: string;
    readonly element: string;
    readonly reason: string;
    readonly times: number;
  }[];
  readonly unmapped: readonly { readonly branch: string; readonly element: string; readonly times: number }[];
}

export interface FeedState {
  readonly id: string;
  readonly title: string;
  readonly stewardship: FeedStewardship;
  /** Where it is listened for; undefined: not now. */
  readonly port: number | undefined;
  /** What of its messages was counted, and when; undefined: not since this start. */
  readonly counted:
    | {
        readonly atMs: number;
        /** When the newest came; undefined: none ever did. */
        readonly newestMs: number | undefined;
        readonly messages: readonly MessageCount[];
      }
    | undefined;
  /** Nothing came for longer than its definition expects. */
  readonly isSilent: boolean;
}

/** How many messages are in a state, for a reason where there is one. */
export interface MessageCount {
  readonly state: 'queued' | 'mapped' | 'filtered' | 'quarantined';
  readonly reason: string | undefined;
  readonly messages: number;
  readonly oldestAtMs: number;
}
