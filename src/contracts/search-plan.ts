import type { ResourceType } from './module.ts';
import type { ParamType, SearchValue } from './search-value.ts';

/** One condition of a search. A plan's criteria are joined by AND; the values inside one criterion by OR. */
export type Criterion =
  /** `code` includes `_id`. `negated` is the modifier `:not`: also true where the element is absent. */
  | {
      readonly is: 'parameter';
      readonly code: string;
      readonly type: ParamType;
      readonly negated: boolean;
      readonly values: readonly SearchValue[];
    }
  | { readonly is: 'missing'; readonly code: string; readonly missing: boolean }
  /** `code` is a reference parameter; one alternative per possible target type. */
  | { readonly is: 'chain'; readonly code: string; readonly targets: readonly SubPlan[] }
  /** Some resource of `source.type` that satisfies `source.where` refers here by its reference parameter `code`. */
  | { readonly is: 'has'; readonly code: string; readonly source: SubPlan }
  /** Put by `security/narrow.ts` only: the resource is about one of these persons (Patient ids). An empty list matches nothing. */
  | { readonly is: 'compartment'; readonly patients: readonly string[] };

/** A nested search: the other side of a chain, of `_has` or of an include. Narrowed like the outermost one. */
export interface SubPlan {
  readonly type: ResourceType;
  readonly where: readonly Criterion[];
}

/** `_include`: from a match's reference `code` to `other.type`. `_revinclude`: from `other.type`'s reference `code` to a match. `other.where` holds the narrowing. */
export interface Include {
  readonly direction: 'include' | 'revinclude';
  readonly code: string;
  readonly other: SubPlan;
}

export type Summary = 'false' | 'true' | 'text' | 'data' | 'count';

/** What is rendered of each resource. `elements` are top-level names; mandatory ones are always added. */
export interface Rendering {
  readonly summary: Summary;
  readonly elements?: readonly string[];
}

/** A search, parsed once, closed and immutable (https://hl7.org/fhir/R4/search.html). */
export interface SearchPlan extends SubPlan, Rendering {
  readonly interaction: 'search';
  readonly sort?: { readonly code: string; readonly descending: boolean };
  /** Matches per page, 0 to the server's maximum; 0 means count only. */
  readonly count: number;
  readonly total: 'none' | 'accurate';
  readonly includes: readonly Include[];
  /** The opened page token of an earlier answer to the same plan. */
  readonly cursor?: Cursor;
  /** Parameters that were ignored (lenient handling), for the outcome entry. */
  readonly ignored: readonly IgnoredParameter[];
}

export interface IgnoredParameter {
  readonly name: string;
  readonly reason: string;
}

/** A read of the current version, or of a named version. */
export interface ReadPlan extends Rendering {
  readonly interaction: 'read';
  readonly type: ResourceType;
  readonly id: string;
  readonly versionId?: string;
  /** Narrowing, as in a search. */
  readonly where: readonly Criterion[];
}

export type Plan = SearchPlan | ReadPlan;

/**
 * Where a page ended: for each branch (by prefix) the native sort and key texts of the last emitted row in `phase`, or done.
 * A branch that is absent has emitted nothing yet.
 */
export interface Cursor {
  readonly branches: Readonly<Record<string, BranchPosition>>;
}

/** `values` phase: rows with a sort key (all rows, when unsorted). `nulls` phase: rows without one, by native key. `at` absent: at the phase's start. */
export interface BranchPosition {
  readonly phase: 'values' | 'nulls' | 'done';
  readonly at?: readonly string[];
}
