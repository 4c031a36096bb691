import type { Request, RequestHandler, Response } from 'express';
import type { Clock, Emit } from '../core/index.ts';
import { readBody } from './body.ts';
import { corsHeaders, preflightHeaders, type CorsPolicy } from './cors.ts';
import type { Answer, Call, Handler, Limits, Traced } from './exchange.ts';
import { requestIdOf } from './request-id.ts';
import { send } from './send.ts';

/** What the adapter puts around every handler. */
export interface AdapterSettings {
  readonly clock: Clock;
  readonly emit: Emit;
  readonly newId: () => string;
  readonly limits: Limits;
  readonly cors: CorsPolicy;
  /** The absolute URL of the server, without a slash at its end, as this caller reaches it. */
  readonly origin: (host: string | undefined) => string;
  /** While true, connections are closed after their answer. */
  readonly draining: () => boolean;
  /** Where requests are traced. */
  readonly traced?: Traced;
}

/** Express in, a call out; an answer in, bytes out. The only place where Express's request and response are touched. */
export function adapt(handler: Handler, settings: AdapterSettings): RequestHandler {
  const answered = async (request: Request, response: Response): Promise<void> => {
    const startedMs = settings.clock.nowMs();
    const requestId = requestIdOf(request.headers['x-request-id'], settings.newId);
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    const answer = isPreflight(request)
      ? preflight(request.baseUrl)
      : await handler(callOf(request, requestId, gone.signal, settings));
    const common = commonHeaders(request, requestId, settings);
    const { status, fault } = await send(request, response, answer, common, settings.limits.requestTimeoutMs);
    settings.emit({
      event: 'request.done',
      requestId,
      method: request.method,
      route: answer.route,
      status,
      ms: Math.round(settings.clock.nowMs() - startedMs),
      ...(fault === undefined ? {} : { fault }),
    });
  };
  const { traced } = settings;
  return traced === undefined
    ? answered
    : (request, response) => traced(request.headers, () => answered(request, response));
}

function callOf(request: Request, requestId: string, signal: AbortSignal, settings: AdapterSettings): Call {
  return {
    requestId,
    method: request.method,
    target: request.url,
    base: `${settings.origin(request.headers.host)}${request.baseUrl}`,
    headers: hasOneHost(request.rawHeaders) ? request.headers : { ...request.headers, host: ',' },
    peer: request.socket.remoteAddress ?? '',
    body: () => readBody(request, settings.limits.bodyBytesMax),
    signal,
  };
}

/** Node takes the first of several `Host` headers, a proxy before us perhaps the last: such a request is refused where the host is looked at. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
  return hosts < 2;
}

function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function preflight(mount: string): Answer {
  return { status: 204, headers: preflightHeaders, body: '', route: mount };
}

/** What every answer carries. URLs of searches hold PHI: they are never told to other sites. */
function commonHeaders(request: Request, requestId: string, settings: AdapterSettings): Record<string, string> {
  return {
    'X-Request-Id': requestId,
    Vary: 'Accept, Authorization, Origin, Prefer',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    ...corsHeaders(settings.cors, request.headers.origin),
    ...(settings.draining() ? { Connection: 'close' } : {}),
  };
}
