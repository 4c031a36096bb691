import type { ReadPlan, ResourceType, SearchPlan } from '../../contracts/index.ts';
import type { Conditions } from '../conditional.ts';
import type { Pair } from '../search/index.ts';
import type { Format } from './negotiation.ts';
import type { Preferences } from './prefer.ts';

/** A request as it came, apart from its caller. */
export interface IncomingRequest {
  readonly method: string;
  /** Below the base, as received, beginning with `/`. */
  readonly path: string;
  /** As received, without the question mark; empty where there is none. */
  readonly queryString: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The whole body, if there is one. */
  readonly body?: string;
  /** Absolute URL of the API, without a slash at its end. */
  readonly base: string;
}

export interface RequestBounds {
  readonly countDefault: number;
  readonly countMax: number;
}

/** How the answer is to be written, whatever was asked. */
export interface Asked {
  readonly format: Format;
  /** A Binary is asked for in the media type of what it holds. */
  readonly native: boolean;
  readonly pretty: boolean;
  readonly preferences: Preferences;
  /** What was called, without ids and values, for logs: `GET /Patient/{id}`. */
  readonly route: string;
}

/** The closed union of what can be asked (https://hl7.org/fhir/R4/http.html). HEAD is asked as GET. */
export type FhirRequest = Asked & Interaction;

export type Interaction =
  | { readonly is: 'capabilities' }
  | { readonly is: 'read' | 'vread'; readonly plan: ReadPlan; readonly conditions: Conditions }
  | SearchRequest
  /** The next page of an earlier search: `openPage` tells which. */
  | { readonly is: 'page'; readonly type: ResourceType; readonly token: string }
  | ValidateRequest;

export interface SearchRequest {
  readonly is: 'search';
  readonly plan: SearchPlan;
  /** The pairs that the plan applies, for the self link and the page token. */
  readonly applied: readonly Pair[];
}

/** JSON that says of itself that it is a resource; nothing else about it is known. */
export type JsonResource = Readonly<Record<string, unknown>> & { readonly resourceType: string };

/** `$validate` (https://hl7.org/fhir/R4/resource-operation-validate.html). Without a resource, the instance itself is to be read and validated. */
export interface ValidateRequest {
  readonly is: 'validate';
  readonly type: ResourceType;
  readonly id?: string;
  readonly resource?: JsonResource;
  readonly mode?: string;
  readonly profile?: string;
}
