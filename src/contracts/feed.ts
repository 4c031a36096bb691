import type { Stewardship } from './module.ts';

/** Who answers for a feed or a document, and what it is for. One without all of it does not start. */
export interface FeedStewardship extends Stewardship {
  /** The decision that would be made without it, or worse. */
  readonly decisionServed: string;
}

/** What a feed says of its sender, so that its messages can be read. */
export interface FeedReading {
  /** IANA zone of times that are sent without an offset. */
  readonly timeZone: string;
  /** A label of https://encoding.spec.whatwg.org/#names-and-labels, where messages that do not name their encoding (MSH-18) have one. */
  readonly encoding?: string;
  /** Systems of identifiers (URIs), by the namespace (HD.1) or the universal id (HD.2) of their assigning authority. */
  readonly authorities: Readonly<Record<string, string>>;
  /** A URI that ends in `/`: an authority or a code system that is not known is told apart by its own name behind it. */
  readonly authorityBase: string;
  /** The system by which patients are told apart, before any other. */
  readonly patientSystem: string;
}

/** One feed of HL7 v2 messages: what it brings, how it is read, who answers for it. */
export interface FeedDefinition extends FeedReading {
  /** The folder's name; also the feed's name in the configuration and in the inbox. */
  readonly id: string;
  readonly title: string;
  readonly stewardship: FeedStewardship;
  /** What is taken in, as `ADT^A01`. Every other message is acknowledged, kept and filtered. */
  readonly events: readonly string[];
  /** The feed is silent, and its steward is told, when so long nothing came. */
  readonly silentAfterMinutes: number;
}
