import express, { type Express, type RequestHandler } from 'express';
import { createServer, type Server } from 'node:http';
import { Fault } from '../core/index.ts';
import { answerClientErrors } from './client-error.ts';
import type { Answer, Call, Handler } from './exchange.ts';
import { adapt, type AdapterSettings } from './express-adapter.ts';
import { answerAlive, answerReady, isRead } from './health.ts';
import { landingPage, landingStyle, type LandingParts } from './landing.ts';
import { refusal } from './refusal.ts';
import type { ServerState } from './state.ts';
import { answerStatus } from './status.ts';

export interface HttpParts extends AdapterSettings {
  readonly fhir: Handler;
  readonly landing: LandingParts;
  /** The OpenAPI description for a server URL, as JSON text. */
  readonly openApi: (origin: string) => string;
  readonly state: () => Promise<ServerState>;
  /** Refuses callers that the configured access does not let near any path; throws a Fault. */
  readonly admit: (peer: string, host: string | undefined) => void;
}

/** The one HTTP server: `/fhir`, health, the landing page and the descriptions. */
export function createHttpServer(parts: HttpParts): Server {
  const { limits } = parts;
  const server = createServer(
    {
      maxHeaderSize: limits.uriBytesMax + limits.headerBytesMax,
      requestTimeout: limits.requestTimeoutMs,
      headersTimeout: Math.min(limits.requestTimeoutMs, 60_000),
      // A missing Host is refused by `admit`, with an OperationOutcome.
      requireHostHeader: false,
    },
    createApp(parts),
  );
  answerClientErrors(server, parts.clock);
  return server;
}

/** The routes alone, for tests without a socket of ours. */
export function createApp(parts: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  const route = (handler: Handler): RequestHandler => adapt(guard(handler, parts), parts);
  app.use(originForm);
  app.use('/fhir', route(parts.fhir));
  app.use(route((call) => site(call, parts)));
  return app;
}

/**
 * A target in absolute form is one in origin form whose host stands in it, whatever the header says
 * (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2).
 */
const originForm: RequestHandler = (request, _response, next) => {
  const [, host, target] = /^https?:\/\/([^/?#]+)(.*)$/i.exec(request.url) ?? [];
  if (host !== undefined && target !== undefined) {
    request.url = target.startsWith('/') ? target : `/${target}`;
    request.headers.host = host;
  }
  next();
};

function guard(handler: Handler, parts: HttpParts): Handler {
  return async (call) => {
    try {
      parts.admit(call.peer, call.headers.host);
    } catch (error) {
      return refusal(error, call, parts.emit);
    }
    return handler(call);
  };
}

/** Everything beside the API: read only, no PHI, nothing to audit. */
async function site(call: Call, parts: HttpParts): Promise<Answer> {
  const path = call.target.split('?', 1)[0] ?? '';
  const answers: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    '/': () => landingPage(parts.landing, call.base),
    '/landing.css': () => landingStyle(parts.landing),
    '/openapi.json': () => described(parts.openApi(call.base)),
    '/livez': () => answerAlive(),
    '/readyz': () => answerReady(parts.state),
    '/status': () => answerStatus(call, parts.state),
  };
  const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
  try {
    if (answer === undefined) throw new Fault('request.unknown-path', 'Nothing is here. The FHIR API is at /fhir.');
    if (!isRead(call))
      throw new Fault('request.interaction', 'This path can only be read: use GET or HEAD.', {
        allow: ['GET', 'HEAD'],
      });
    return await answer();
  } catch (error) {
    return refusal(error, call, parts.emit);
  }
}

function described(text: string): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache' },
    body: text,
    route: '/openapi.json',
  };
}
