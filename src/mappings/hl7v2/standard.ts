import type { FeedMapping } from '../../contracts/index.ts';
import { readFeedMessage } from './read.ts';
import { renderThing } from './render.ts';

/** The mapping of HL7 v2 by the v2-to-FHIR guide: patients, stays and results. */
export const standard: FeedMapping = {
  read: readFeedMessage,
  render: (thing, referenceTo, { timeZone }) => JSON.stringify(renderThing(thing, referenceTo, timeZone)),
};
