import type { IncomingHttpHeaders } from 'node:http';
import type { FaultCode } from '../core/index.ts';

/** One request, as a handler sees it: no framework in it. */
export interface Call {
  readonly requestId: string;
  readonly method: string;
  /** Path and query below the mount point, exactly as received; it starts with `/`. */
  readonly target: string;
  /** The absolute URL of the mount point, without a slash at its end. */
  readonly base: string;
  readonly headers: IncomingHttpHeaders;
  /** The address of the peer's socket. */
  readonly peer: string;
  /** The whole body as text. Throws `request.too-large` beyond the bound, `request.body-invalid` for what is not UTF-8. */
  readonly body: () => Promise<string>;
  /** Aborts when the caller goes away. */
  readonly signal: AbortSignal;
}

/** A text, or the bytes of a Binary. */
export type WholeBody = string | Uint8Array;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or in pieces that are made as fast as they are taken. Pieces that end with an error must not look like a whole answer. */
  readonly body: WholeBody | AsyncGenerator<string, undefined>;
  /** What was called, without ids and values, for logs: `GET /fhir/Patient/{id}`. */
  readonly route: string;
  readonly fault?: FaultCode;
}

export function isWhole(body: Answer['body']): body is WholeBody {
  return typeof body === 'string' || body instanceof Uint8Array;
}

/** Answers a call. Never throws; the pieces of a body may end with a Fault. */
export type Handler = (call: Call) => Promise<Answer>;

/** Runs the work of one request, so that what happens during it is known to belong to it. In: the request's headers. */
export type Traced = (headers: IncomingHttpHeaders, work: () => Promise<void>) => Promise<void>;

/** The bounds of a request; beyond them 413 and 414. */
export interface Limits {
  readonly uriBytesMax: number;
  readonly headerBytesMax: number;
  readonly bodyBytesMax: number;
  readonly requestTimeoutMs: number;
}
