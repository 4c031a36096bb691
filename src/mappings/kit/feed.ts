import type { FeedDefinition } from '../../contracts/index.ts';

/**
 * Declares one feed of HL7 v2 messages, for the index of its folder. A feed without owner, clinical steward, contact, service level, decision served and review
 * date does not compile, and does not start.
 */
export function defineFeed(feed: FeedDefinition): FeedDefinition {
  return feed;
}
