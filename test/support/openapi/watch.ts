import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createJudge, type Judge, type SeenAnswer } from './description.ts';

const CHANNEL = 'http.server.request.start';
const shownMax = 5;

/** How to judge the answers of a port; made when the first of them comes. */
const watched = new Map<number, () => Judge>();
const findings: string[] = [];
let demoJudge: Judge | undefined;

/**
 * From now on each answer of the server at this URL must be as a description of the API says: without one as `openapi/fascia.json`, which is that of the
 * demo hospital.
 */
export function watchAnswers(url: string, description?: string): void {
  let judge: Judge | undefined;
  watched.set(portOf(url), () =>
    description === undefined ? (demoJudge ??= createJudge()) : (judge ??= createJudge(description)),
  );
}

/** As `fetch`, for a server of another process: what it answers must be as the description says, as for those of this one. */
export async function fetchWatched(url: string | URL): Promise<Response> {
  const response = await fetch(url);
  const body = await response.clone().text();
  const { pathname, search } = new URL(url);
  const judge = watched.get(portOf(url))?.() ?? (demoJudge ??= createJudge());
  const headers = Object.fromEntries(response.headers);
  note({ method: 'GET', target: `${pathname}${search}`, status: response.status, headers, body }, judge);
  return response;
}

function portOf(url: string | URL): number {
  return Number(new URL(url).port);
}

/** Listens to the servers of this process, whoever asks them and however. Out: stops it. */
export function startWatching(): () => void {
  const onStart = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    const judge = watched.get(request.socket.localPort ?? 0);
    if (judge !== undefined) follow(request, response, judge);
  };
  subscribe(CHANNEL, onStart);
  return () => {
    unsubscribe(CHANNEL, onStart);
  };
}

/** What was wrong with answers since the last call. */
export function takeFindings(): readonly string[] {
  return findings.splice(0);
}

export function describeFindings(found: readonly string[]): string {
  const more = found.length > shownMax ? [`… and ${String(found.length - shownMax)} more`] : [];
  return ['Answers differ from the description of the API:', ...found.slice(0, shownMax), ...more].join('\n  ');
}

/** Collects what is written, and judges it when all of it has left. An answer that broke off is none. */
function follow(request: IncomingMessage, response: ServerResponse, judge: () => Judge): void {
  const pieces: Buffer[] = [];
  const keep = (piece: unknown): void => {
    if (typeof piece === 'string') pieces.push(Buffer.from(piece));
    else if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  };
  for (const name of ['write', 'end'] as const) {
    const method = response[name].bind(response) as (...args: unknown[]) => unknown;
    response[name] = ((...args: unknown[]) => {
      keep(args[0]);
      return method(...args);
    }) as never;
  }
  const target = request.url ?? '';
  response.once('finish', () => {
    const body = Buffer.concat(pieces).toString();
    const headers = headersOf(response);
    note({ method: request.method ?? '', target, status: response.statusCode, headers, body }, judge());
  });
}

function note(answer: SeenAnswer, judge: Judge): void {
  const { method, target, status, body } = answer;
  for (const problem of judge(answer))
    findings.push(`${method} ${target.slice(0, 200)} → ${String(status)}: ${problem} (${body.slice(0, 150)})`);
}

/** The headers as they were written: those of `writeHead` are not kept apart. */
function headersOf(response: ServerResponse): Record<string, string> {
  const { _header: head = '' } = response as ServerResponse & { readonly _header?: string };
  const lines = head.split('\r\n').slice(1);
  return Object.fromEntries(
    lines.filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
}
