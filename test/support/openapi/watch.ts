import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createJudge, type Judge, type SeenAnswer } from './description.ts';

const CHANNEL = 'http.server.request.start';
const shownMax = 5;

const watched = new Set<number>();
const findings: string[] = [];
let judge: Judge | undefined;

/** From now on each answer of the server at this URL must be as the description of the API says. For servers of the demo hospital. */
export function watchAnswers(url: string): void {
  watched.add(Number(new URL(url).port));
}

/** Listens to the servers of this process, whoever asks them and however. Out: stops it. */
export function startWatching(): () => void {
  const onStart = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    if (watched.has(request.socket.localPort ?? 0)) follow(request, response);
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
  return ['Answers differ from openapi/fascia.json:', ...found.slice(0, shownMax), ...more].join('\n  ');
}

/** Collects what is written, and judges it when all of it has left. An answer that broke off is none. */
function follow(request: IncomingMessage, response: ServerResponse): void {
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
    note({ method: request.method ?? '', target, status: response.statusCode, headers: headersOf(response), body });
  });
}

function note(answer: SeenAnswer): void {
  judge ??= createJudge();
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
