/**
 * Cross-origin reads (https://fetch.spec.whatwg.org/#http-cors-protocol): GET, HEAD and POST `_search`, without credentials. `allows` says
 * whether pages of an origin may read answers; the wildcard is only sent where every origin may.
 */
export interface CorsPolicy {
  readonly wildcard: boolean;
  allows(origin: string): boolean;
}

const exposed = 'Content-Location, ETag, Last-Modified, Location, Retry-After, WWW-Authenticate, X-Request-Id';

/** The headers of an answer to a request from `origin`. */
export function corsHeaders(policy: CorsPolicy, origin: string | undefined): Record<string, string> {
  if (origin === undefined || !policy.allows(origin)) return {};
  return { 'Access-Control-Allow-Origin': policy.wildcard ? '*' : origin, 'Access-Control-Expose-Headers': exposed };
}

/** The further headers of an answer to a preflight. */
export const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST, OPTIONS',
  'Access-Control-Allow-Headers':
    'Accept, Authorization, Content-Type, If-Modified-Since, If-None-Match, Prefer, X-Request-Id',
  'Access-Control-Max-Age': '600',
};
