/** JSON as FHIR resources are read by code: plain objects, which FHIRPath and the types of FHIR fit. */
export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];

export interface JsonObject {
  readonly [name: string]: JsonValue | undefined;
}

/**
 * How the numbers of an object or array were written, where JavaScript writes them otherwise (`7.40`, more than 17 digits): decimals keep their
 * precision (https://hl7.org/fhir/R4/datatypes.html#decimal). Not enumerable, so that nothing else sees it.
 */
const written: unique symbol = Symbol('numbers as written');

type Holder = object & { [written]?: Record<string, string> };

/** A number as a member or an entry, and a few things that only look so: then the slower way is taken, with the same outcome. */
const someNumber = /(?:":|[[,])-?\d|^-?\d/;

/** Parses JSON text; each number remembers how it was written. */
export function parseWritten(text: string): JsonValue {
  if (!someNumber.test(text)) return JSON.parse(text) as JsonValue;
  return JSON.parse(text, keepNumber as (this: unknown, key: string, value: unknown) => unknown) as JsonValue;
}

function keepNumber(this: object, key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value === 'number' && context.source !== undefined) rememberNumber(this, key, value, context.source);
  return value;
}

function rememberNumber(holder: Holder, key: string, value: number, source: string): void {
  if (String(value) === source) return;
  const known = holder[written];
  if (known === undefined)
    Object.defineProperty(holder, written, { value: { [key]: source }, enumerable: false, configurable: true });
  else known[key] = source;
}

/** The number under a name or index as it was written; undefined where none is. */
export function numberWritten(holder: object, key: string | number): string | undefined {
  const value: unknown = (holder as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'number' ? ((holder as Holder)[written]?.[key] ?? String(value)) : undefined;
}

/** Sets a member of an object, or an entry of an array, from its JSON text; answers its value. */
export function setWritten(
  holder: Record<string, JsonValue> | JsonValue[],
  key: string | number,
  text: string,
): JsonValue {
  const value = valueOf(text);
  (holder as Record<string | number, JsonValue>)[key] = value;
  if (typeof value === 'number') rememberNumber(holder, String(key), value, text);
  return value;
}

/** The JSON text of a value, with every number as it was written. */
export function writtenText(value: JsonValue): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const textOf = (key: string, member: JsonValue): string => numberWritten(value, key) ?? writtenText(member);
  if (Array.isArray(value)) return `[${value.map((member: JsonValue, i) => textOf(String(i), member)).join()}]`;
  const members = Object.entries(value) as [string, JsonValue][];
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${textOf(name, member)}`).join()}}`;
}

const simpleString = /^"[^"\\]*"$/;

function valueOf(text: string): JsonValue {
  if (simpleString.test(text)) return text.slice(1, -1);
  return text.startsWith('{') || text.startsWith('[') ? parseWritten(text) : (JSON.parse(text) as JsonValue);
}

/**
 * The same value without the extensions of its primitives (`_birthDate`), which are no values: an engine of FHIRPath that knows R4's types
 * would take them for some.
 */
export function withoutPrimitiveExtensions<T extends JsonValue | undefined>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as [string, JsonValue][];
  const kept = entries
    .filter(([name]) => !name.startsWith('_'))
    .map(([name, entry]) => [name, withoutPrimitiveExtensions(entry)] as const);
  if (kept.length === entries.length && kept.every(([, entry], i) => entry === entries[i]?.[1])) return value;
  const copy = (Array.isArray(value) ? [] : {}) as Record<string, JsonValue>;
  for (const [name, entry] of kept) copy[name] = entry;
  const numbers = (value as Holder)[written];
  if (numbers !== undefined) Object.defineProperty(copy, written, { value: numbers, enumerable: false });
  return copy as T;
}
