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

/** In: what is served at the moment; what was written of it before is thrown away when it changes. */
export function createDescriptions(served: () => Served): Descriptions {
  const version = packageVersion();
  return {
    capabilities: oncePerUrl(served, (now, base) => capabilityStatement(now, { base, version, date: releaseDate })),
    openApi: oncePerUrl(served, (now, origin) => openApi(now, origin, version)),
  };
}

/** Callers choose the name they use, so only a few are kept. */
function oncePerUrl(served: () => Served, write: (served: Served, url: string) => string): (url: string) => string {
  const written = new LRUCache<string, string>({ max: 20 });
  let of: Served | undefined;
  return (url) => {
    const now = served();
    if (now !== of) written.clear();
    of = now;
    const known = written.get(url);
    if (known !== undefined) return known;
    const text = write(now, url);
    written.set(url, text);
    return text;
  };
}
