import { LRUCache } from 'lru-cache';
import type { Served } from '../contracts/index.ts';
import { capabilityStatement, openApi } from '../fhir/index.ts';
import { packageVersion, releaseDate } from './version.ts';

/** What the server says of itself, written once for each URL under which it is reached. */
export interface Descriptions {
  /** The CapabilityStatement, for the base URL of the API. */
  readonly capabilities: (base: string) => string;
  /** The OpenAPI description, for the URL of the server. */
  readonly openApi: (origin: string) => string;
}

export function createDescriptions(served: Served): Descriptions {
  const version = packageVersion();
  return {
    capabilities: oncePerUrl((base) => capabilityStatement(served, { base, version, date: releaseDate })),
    openApi: oncePerUrl((origin) => openApi(served, origin, version)),
  };
}

/** Callers choose the name they use, so only a few are kept. */
function oncePerUrl(write: (url: string) => string): (url: string) => string {
  const written = new LRUCache<string, string>({ max: 20 });
  return (url) => {
    const known = written.get(url);
    if (known !== undefined) return known;
    const text = write(url);
    written.set(url, text);
    return text;
  };
}
