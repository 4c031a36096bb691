import type { AuthorisedPlan } from './access.ts';
import type { Cursor } from './search-plan.ts';
import type { ResourceType } from './module.ts';
import type { Served } from './served.ts';

/** One rendered resource of an answer. `text` is JSON, embedded verbatim wherever it goes. */
export interface Entry {
  readonly type: ResourceType;
  readonly id: string;
  readonly mode: 'match' | 'include';
  readonly text: string;
  /** Absent in subsetted answers. */
  readonly versionId?: string;
  /** FHIR instant; only where the branch declares one. */
  readonly lastUpdated?: string;
  /** The persons (Patient ids) whom the resource is about, for audit. */
  readonly patients: readonly string[];
}

/** What goes into the page's one outcome entry, by default a warning. `diagnostics` holds no value of a row. */
export interface Issue {
  readonly severity?: 'information';
  readonly code: string;
  readonly diagnostics: string;
  readonly expression?: string;
}

/**
 * A sealed part of an answer: its audit record commits before its first byte leaves. A small answer is one chunk, with `last` true. `total` stands in
 * the first chunk, `next` in the last one; an issue in any.
 */
export interface Chunk {
  readonly entries: readonly Entry[];
  readonly issues: readonly Issue[];
  readonly total?: number;
  readonly next?: Cursor;
  /** Systems that answered, by id. */
  readonly systems: readonly string[];
  readonly last: boolean;
}

/** The one read path. */
export interface RecordReader {
  readonly served: Served;
  /**
   * Runs a plan. A read yields one chunk with one entry, or throws `read.not-found` or `read.damaged`. `signal` aborts the statements when the
   * caller goes away. Throws Faults only.
   */
  run(plan: AuthorisedPlan, signal: AbortSignal): AsyncIterable<Chunk>;
}
