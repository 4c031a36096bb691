import type { JsonObject, JsonValue } from '../written-json.ts';

/** What a search value is compared with: one element that a parameter's expression found. */
export type Element = JsonValue;

/** Whether one element matches one search value. */
export type ElementTest = (element: Element) => boolean;

/** What an installation decides about comparisons, beside the specification. */
export interface MatchContext {
  /** The server's declared zone (IANA), for values and dates without an offset. */
  readonly zone: string;
  readonly nowMs: number;
  /** The folding of a string parameter's elements; by default simple lower case. */
  readonly fold?: (text: string) => string;
  /** The code system of a primitive `code`: given none, `system|code` does not match it. */
  readonly codeSystem?: string;
}

export function isObject(element: unknown): element is JsonObject {
  return typeof element === 'object' && element !== null && !Array.isArray(element);
}

/** The text under a name; undefined where there is none. */
export function textOf(element: JsonObject, name: string): string | undefined {
  const value = element[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts directly below an element under these names, lists included. */
export function textsOf(element: JsonObject, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => element[name] ?? []).filter((value) => typeof value === 'string');
}
