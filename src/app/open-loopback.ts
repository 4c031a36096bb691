import type { Access } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import { isLoopbackAddress, isLoopbackHost } from './loopback.ts';

/** The access of everybody on this machine, until tokens exist. */
export const openAccess: Access = Object.freeze({ reach: Object.freeze({ is: 'open' }), agent: 'open-loopback' });

/**
 * Lets in who comes from this machine and asks for this machine. The `Host` matters as well: a page elsewhere whose name was made to resolve
 * to 127.0.0.1 would else read answers through the user's browser. In: the peer's address, the `Host` header, and the public host, if there
 * is one. Throws `access.forbidden`, and `request.malformed` without a `Host`.
 */
export function admitLoopback(peer: string, host: string | undefined, publicHost: string | undefined): void {
  if (!isLoopbackAddress(peer))
    throw new Fault('access.forbidden', 'This server answers callers on its own machine only.');
  if (host === undefined)
    throw new Fault('request.malformed', 'The request has no Host header.', { expression: 'Host' });
  if (host.includes(','))
    throw new Fault('request.malformed', 'The request has more than one Host header.', { expression: 'Host' });
  if (host === publicHost || isLoopbackHost(host.replace(/:\d*$/, ''))) return;
  throw new Fault('access.forbidden', 'This server answers requests to its own name only, such as localhost.', {
    expression: 'Host',
  });
}
