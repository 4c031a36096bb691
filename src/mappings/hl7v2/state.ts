import type { ResourceType } from '../../contracts/index.ts';

/** Which thing of the sender's world is meant. */
export interface ThingKey {
  readonly type: ResourceType;
  readonly system: string;
  readonly value: string;
}

/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };

/** When something was said. Compared by its members in order, so that of two messages one is always the later. */
export interface Stamp {
  /** When the sender recorded it: EVN-2, else MSH-7. */
  readonly recordedMs: number;
  /** MSH-7. */
  readonly sentMs: number;
  /** MSH-10. */
  readonly controlId: string;
}

/** What a message says of one part of one thing; null: that it has none (any more). */
export interface Assertion {
  readonly key: ThingKey;
  readonly part: string;
  readonly value: Json;
}

export interface Held {
  readonly stamp: Stamp;
  readonly value: Json;
}

/** What is known of one thing: of each part what was said last. */
export interface Thing {
  readonly key: ThingKey;
  readonly parts: Readonly<Record<string, Held>>;
}

/** What is known, by `keyText`. */
export type State = ReadonlyMap<string, Thing>;

/** A value of FHIR as what a state holds: both are JSON, of which the types of FHIR do not speak. */
export function jsonOf(value: object | string | number | boolean | null): Json {
  return value as Json;
}

export function keyText({ type, system, value }: ThingKey): string {
  return `${type}|${system}|${value}`;
}

/**
 * What is known after a message, whatever came before it: each part is what was said last by the clock of the sender, so that the order in which messages come, and how
 * often, changes nothing. Out: the same state where nothing changed.
 */
export function join(state: State, assertions: readonly Assertion[], stamp: Stamp): State {
  const changed = new Map<string, Thing>();
  for (const { key, part, value } of assertions) {
    const name = keyText(key);
    const thing = changed.get(name) ?? state.get(name) ?? { key, parts: {} };
    const held = thing.parts[part];
    const said: Held = { stamp, value };
    if (held !== undefined && !isLater(held, said)) continue;
    changed.set(name, { key, parts: { ...thing.parts, [part]: said } });
  }
  return changed.size === 0 ? state : new Map([...state, ...changed]);
}

/** Whether the second was said later. What was said at the same time under the same id is told apart by its text. */
function isLater(held: Held, said: Held): boolean {
  const [left, right] = [held.stamp, said.stamp];
  if (left.recordedMs !== right.recordedMs) return right.recordedMs > left.recordedMs;
  if (left.sentMs !== right.sentMs) return right.sentMs > left.sentMs;
  if (left.controlId !== right.controlId) return right.controlId > left.controlId;
  return JSON.stringify(said.value) > JSON.stringify(held.value);
}
