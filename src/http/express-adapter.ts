import type { Request, RequestHandler, Response } from 'express';
import type { Clock, Emit } from '../core/index.ts';
import { readBody } from './body.ts';
import { corsHeaders, preflightHeaders, type CorsPolicy } from './cors.ts';
import type { Answer, Call, Handler, Limits } from './exchange.ts';
import { requestIdOf } from './request-id.ts';

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
}

/** Express in, a call out; an answer in, bytes out. The only place where Express's request and response are touched. */
export function adapt(handler: Handler, settings: AdapterSettings): RequestHandler {
  return async (request: Request, response: Response) => {
    const startedMs = settings.clock.nowMs();
    const requestId = requestIdOf(request.headers['x-request-id'], settings.newId);
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('Vary', 'Accept, Authorization, Origin, Prefer');
    for (const [name, value] of Object.entries(corsHeaders(settings.cors, request.headers.origin)))
      response.setHeader(name, value);
    if (settings.draining()) response.setHeader('Connection', 'close');
    const answer = isPreflight(request)
      ? preflight(request.baseUrl)
      : await handler(callOf(request, requestId, gone.signal, settings));
    send(request, response, answer);
    settings.emit({
      event: 'request.done',
      requestId,
      method: request.method,
      route: answer.route,
      status: answer.status,
      ms: Math.round(settings.clock.nowMs() - startedMs),
      ...(answer.fault === undefined ? {} : { fault: answer.fault }),
    });
  };
}

function callOf(request: Request, requestId: string, signal: AbortSignal, settings: AdapterSettings): Call {
  return {
    requestId,
    method: request.method,
    target: request.url,
    base: `${settings.origin(request.headers.host)}${request.baseUrl}`,
    headers: request.headers,
    peer: request.socket.remoteAddress ?? '',
    body: () => readBody(request, settings.limits.bodyBytesMax),
    signal,
  };
}

function isPreflight(request: Request): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function preflight(mount: string): Answer {
  return { status: 204, headers: preflightHeaders, body: '', route: mount };
}

function send(request: Request, response: Response, answer: Answer): void {
  if (response.destroyed) return;
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.statusCode = answer.status;
  if (answer.status !== 204 && answer.status !== 304)
    response.setHeader('Content-Length', Buffer.byteLength(answer.body));
  // A body that was not read to its end would be taken for the next request of the connection.
  if (!request.complete && request.readableFlowing === null) request.resume();
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
