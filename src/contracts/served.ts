import type { ParamType } from './search-value.ts';
import type { ResourceType } from './module.ts';

/** One search parameter that a type really answers; router, parser, CapabilityStatement and OpenAPI all come from these rows. */
export interface ServedParam {
  readonly code: string;
  readonly type: ParamType;
  /** Canonical URL of the SearchParameter. */
  readonly definition: string;
  /** Served target types of a reference parameter. */
  readonly targets: readonly ResourceType[];
  /** Modifiers that work here, without the colon. */
  readonly modifiers: readonly string[];
  /** Component types of a composite, in order. */
  readonly components: readonly ParamType[];
  readonly sortable: boolean;
  /** Some system cannot be asked by it: there it is judged on each resource that the other criteria find. */
  readonly residual?: true;
  readonly documentation?: string;
}

/** One served resource type. */
export interface ServedType {
  readonly type: ResourceType;
  readonly profiles: readonly string[];
  readonly params: ReadonlyMap<string, ServedParam>;
  /** Top-level elements that a branch declares. */
  readonly elements: ReadonlySet<string>;
  /** `Type:param` values for `_include`, with their targets, and `Type:param` values for `_revinclude`. */
  readonly includes: readonly string[];
  readonly revincludes: readonly string[];
  /** What a system cannot answer at the moment, because its tables are not what its module expects. */
  readonly unavailable: readonly Unavailable[];
}

export interface Unavailable {
  readonly system: string;
  /** FHIRPath of an element that is left out; undefined: the type is closed. */
  readonly element?: string;
}

export type Served = ReadonlyMap<string, ServedType>;
