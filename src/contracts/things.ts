import type { FeedReading } from './feed.ts';
import type { Hl7Message } from './hl7.ts';
import type { ResourceType } from './module.ts';

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
  /** What is said with a higher weight holds whatever is said later with a lower; 0 by default. */
  readonly weight?: number;
}

export interface Held {
  readonly stamp: Stamp;
  readonly value: Json;
  readonly weight?: number;
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

/** What a message says, or why it says nothing that can be used. */
export type Reading<Reason extends string = string> =
  | {
      readonly is: 'read';
      readonly stamp: Stamp;
      readonly assertions: readonly Assertion[];
    }
  | { readonly is: 'unmappable'; readonly reason: Reason };

/** How the messages of feeds are mapped. Both functions are pure. */
export interface FeedMapping {
  /** What a message says; undefined: messages of its kind are not mapped. */
  read(message: Hl7Message, feed: FeedReading): Reading | undefined;
  /** What is known of a thing, as the JSON text of a resource without id. In: the reference (`Patient/…`) under which a thing is served. */
  render(thing: Thing, referenceTo: (key: ThingKey) => string, feed: FeedReading): string;
}
