import type { CorsPolicy } from '../http/index.ts';
import type { Config } from './config.ts';
import { isLoopbackHost } from './loopback.ts';

/** Which pages may read answers. Where everybody on the machine may read everything, pages from elsewhere may not, unless the site says so. */
export function corsPolicy(origins: Config['corsOrigins']): CorsPolicy {
  if (origins === 'loopback') return { wildcard: false, allows: isLoopbackOrigin };
  const wildcard = origins.includes('*');
  return { wildcard, allows: (origin) => wildcard || origins.includes(origin) };
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname);
}
