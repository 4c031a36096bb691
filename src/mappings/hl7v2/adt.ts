import type { FeedMapping } from '../../contracts/index.ts';
import { readAdt } from './read.ts';
import { renderThing } from './render.ts';

/** Messages of patients and their stays (ADT). */
export const adt: FeedMapping = {
  read: (message, feed) => (message.event.startsWith('ADT^') ? readAdt(message, feed) : undefined),
  render: (thing, referenceTo, { timeZone }) => JSON.stringify(renderThing(thing, referenceTo, timeZone)),
};
