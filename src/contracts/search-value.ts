/** Search values as parsed once at the edge (https://hl7.org/fhir/R4/search.html#ptypes). Nobody below sees the query string. */

export type ParamType = 'token' | 'string' | 'date' | 'reference' | 'quantity' | 'number' | 'uri' | 'composite';

export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap';

/** `system` undefined: any system; empty string: no system (`|code`). `code` undefined: any code (`system|`). */
export interface TokenValue {
  readonly is: 'token';
  readonly system?: string;
  readonly code?: string;
}

export interface StringValue {
  readonly is: 'string';
  readonly mode: 'starts' | 'exact' | 'contains';
  readonly value: string;
}

/**
 * A date in the civil form it was written in. `civil` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM[:SS[.fff]]`, valid in the calendar.
 * `offset` is `Z` or `±HH:MM` as written; without one the server's declared zone applies. Only codecs lower it to instants.
 */
export interface DateValue {
  readonly is: 'date';
  readonly prefix: Prefix;
  readonly civil: string;
  readonly precision: 'year' | 'month' | 'day' | 'minute' | 'second' | 'millisecond';
  readonly offset?: string;
}

/** `number` is the decimal as written (an exponent allowed); its significant digits give the implicit precision for eq and ne. */
export interface NumberValue {
  readonly is: 'number';
  readonly prefix: Prefix;
  readonly number: string;
}

/** `system` and `code` as in TokenValue; `5||mg` gives code without system, which matches the unit's code or its display. */
export interface QuantityValue {
  readonly is: 'quantity';
  readonly prefix: Prefix;
  readonly number: string;
  readonly system?: string;
  readonly code?: string;
}

/** A reference to an instance of this server. `type` undefined: any target type. A foreign absolute URL is `{ url }` and matches nothing here. */
export interface ReferenceValue {
  readonly is: 'reference';
  readonly type?: string;
  readonly id?: string;
  readonly url?: string;
}

export interface UriValue {
  readonly is: 'uri';
  readonly mode: 'exact' | 'below' | 'above';
  readonly value: string;
}

export type SimpleValue =
  TokenValue | StringValue | DateValue | NumberValue | QuantityValue | ReferenceValue | UriValue;

/** One value per component, matched in the same element. */
export interface CompositeValue {
  readonly is: 'composite';
  readonly parts: readonly SimpleValue[];
}

export type SearchValue = SimpleValue | CompositeValue;
