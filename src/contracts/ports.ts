import type { Access } from './access.ts';
import type { Chunk } from './record.ts';
import type { Plan } from './search-plan.ts';

/** What one audit record says. Compact: BALP AuditEvents are rendered from it later. */
export interface AuditRecord {
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly agent: string;
  readonly action: 'disclosed' | 'refused' | 'failed';
  readonly interaction: string;
  readonly type: string;
  /** The raw query (or path) as received; it may hold PHI and is stored only in the audit store. */
  readonly query: string;
  readonly patients: readonly string[];
  /** `Type/id` and version of each disclosed instance. */
  readonly instances: readonly string[];
  readonly systems: readonly string[];
  /** HTTP status of a refusal or failure; 200 for a disclosure. */
  readonly status: number;
  readonly fault?: string;
  readonly last: boolean;
}

/** Audit is awaited: the promise resolves when the record is durable, and rejects with `audit.unavailable`. */
export interface Auditor {
  record(record: AuditRecord): Promise<void>;
}

/** How the connections of a pool are used at the moment. */
export interface PoolUse {
  readonly open: number;
  readonly idle: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
  readonly max: number;
}

/** The request's facts that a record needs beside access, plan and chunk. */
export interface RequestFacts {
  readonly requestId: string;
  readonly query: string;
}

export interface Audit {
  /** One record for one chunk, durable before its first byte leaves. */
  disclosed(facts: RequestFacts, access: Access, plan: Plan, chunk: Chunk): Promise<void>;
  /** Exactly one record for a request that was refused or that failed. `access` is undefined before verification. */
  ended(
    facts: RequestFacts,
    access: Access | undefined,
    fault: { readonly code: string; readonly status: number },
  ): Promise<void>;
}

/**
 * Encryption of page tokens and of ids. `seal` is randomised and authenticated and binds `context`; `open` answers undefined for anything
 * not sealed by this installation for the same context. `mask` is deterministic and reversible, in the id alphabet `[a-z0-9]`.
 */
export interface Sealer {
  seal(text: string, context: string): string;
  open(token: string, context: string): string | undefined;
  mask(text: string, context: string): string;
  unmask(masked: string, context: string): string | undefined;
}

/** A member of a person that has more than one member, or that is secondary. `key` is the native key. */
export interface PersonMember {
  readonly branch: string;
  readonly key: readonly string[];
  readonly primary: boolean;
  /** JSON texts of the member's Identifier values. */
  readonly identifiers: readonly string[];
}

/** A person with more than one member. The first member is the primary. `candidates` are (branch, key) of uncertain links. */
export interface Person {
  readonly members: readonly PersonMember[];
  readonly candidates: readonly { readonly branch: string; readonly key: readonly string[] }[];
}

/** One member of a person, as looked up. */
export interface MemberKey {
  readonly branch: string;
  readonly key: readonly string[];
}

/** The persons of the installation, kept in the store by the linker. One call is one statement. Keys without a person are single members. */
export interface Links {
  /**
   * The persons of the given members, and of those whose members carry one of the identifiers; each person once. An identifier without its system or
   * its value may be everybody's: what such ones find is cut off at `max` persons.
   */
  find(
    members: readonly MemberKey[],
    identifiers?: readonly { readonly system?: string; readonly value?: string }[],
    max?: number,
  ): Promise<readonly Person[]>;
  /** Primaries of persons that have a secondary member in one of these branches; undefined when there are more than `max`. */
  withSecondariesIn(branches: readonly string[], max: number): Promise<readonly Person[] | undefined>;
  /** Replaces all links in one transaction; `asOfMs` is when the linker read the systems. */
  replace(persons: readonly Person[], asOfMs: number, exceptions?: readonly PersonException[]): Promise<void>;
  /** All exceptions, for the record layer to keep in memory; few. */
  exceptions(): Promise<readonly PersonException[]>;
  asOfMs(): Promise<number | undefined>;
}

/** Rows whose declared `secondary` predicate and the linker's finding differ. */
export interface PersonException extends MemberKey {
  /** `primary`: declared secondary, but nobody survives it, so it stays findable. `secondary`: the other way round. */
  readonly is: 'primary' | 'secondary';
}
