import { z } from 'zod';
import type { FeedDefinition } from '../contracts/index.ts';
import { isZone } from './config-schema.ts';
import { loadFolder } from './load-folder.ts';

const named = z.string().min(1);
const shape = z.strictObject({
  id: named,
  title: named,
  stewardship: z.strictObject({
    owner: named,
    clinicalSteward: named,
    contact: named,
    serviceLevel: named,
    reviewDate: z.iso.date(),
    decisionServed: named,
  }),
  timeZone: z.string().refine(isZone, 'is not an IANA time zone such as Europe/Berlin'),
  authorities: z.record(named, z.url('must be a URI')),
  authorityBase: z.url('must be a URI').endsWith('/', 'must end in /'),
  patientSystem: z.url('must be a URI'),
  encoding: z.string().refine(isEncoding, 'is not an encoding such as utf-8 or windows-1252').optional(),
  events: z
    .array(
      z.string().regex(/^[A-Z][A-Z0-9]{2}(\^[A-Z0-9]{1,3})?$/, 'must be a message type and a trigger, such as ADT^A01'),
    )
    .min(1, 'must name at least one kind of message'),
  silentAfterMinutes: z.number().positive(),
});

/**
 * Loads feed definitions: the default export of each folder's index. In: absolute folders. Throws `feed.invalid` with the folder's name where there is none, and
 * where it has no owner, clinical steward, contact, service level, decision served or review date.
 */
export async function loadFeeds(folders: readonly string[]): Promise<readonly FeedDefinition[]> {
  const feeds: FeedDefinition[] = [];
  for (const folder of folders)
    feeds.push((await loadFolder(folder, { noun: 'feed', fault: 'feed.invalid', shape })) as FeedDefinition);
  return feeds;
}

function isEncoding(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}
