import type { Request, Response } from 'express';
import { Fault, type FaultCode } from '../core/index.ts';
import { isWhole, type Answer } from './exchange.ts';

/** What became of an answer: its status, or that of a caller who left; the fault for which it was broken off. */
export interface Sent {
  readonly status: number;
  readonly fault?: FaultCode;
}

/**
 * Writes an answer. One in pieces has no Content-Length: each piece waits until the one before it was taken, so that a slow reader costs no memory. What
 * cannot be finished is broken off with the connection: its reader sees that it is not whole.
 */
export async function send(
  request: Request,
  response: Response,
  answer: Answer,
  common: Readonly<Record<string, string>>,
  stallTimeoutMs: number,
): Promise<Sent> {
  const { status, body, fault } = answer;
  const sent = { status, ...(fault === undefined ? {} : { fault }) };
  if (!isWhole(body) && response.destroyed) return leave(body);
  if (response.destroyed) return sent;
  const headers: Record<string, string | number> = { ...common, ...answer.headers };
  if (isWhole(body) && status !== 204 && status !== 304) headers['Content-Length'] = Buffer.byteLength(body);
  // A body that was not read to its end would be taken for the next request of the connection.
  if (!request.complete && request.readableFlowing === null) request.resume();
  response.writeHead(status, headers);
  if (isWhole(body) || request.method === 'HEAD') {
    response.end(request.method === 'HEAD' ? undefined : body);
    return sent;
  }
  return { ...sent, ...(await sendPieces(response, body, stallTimeoutMs)) };
}

const left = { status: 499 } as const;

/** Nobody waits any more; the pieces are told so. The first one has to be taken for that: what was not begun cannot be ended. */
async function leave(pieces: AsyncGenerator<string>): Promise<Sent> {
  await pieces.next().catch(() => undefined);
  await pieces.return(undefined);
  return left;
}

async function sendPieces(
  response: Response,
  pieces: AsyncGenerator<string>,
  stallTimeoutMs: number,
): Promise<Partial<Sent>> {
  try {
    for await (const piece of pieces) await write(response, piece, stallTimeoutMs);
    response.end();
    return {};
  } catch (error) {
    response.destroy();
    return error instanceof Fault ? { fault: error.code } : left;
  }
}

/** Resolves when the piece was taken; rejects when the caller left, or takes nothing for too long. */
async function write(response: Response, piece: string, stallTimeoutMs: number): Promise<void> {
  if (response.destroyed) throw new Error('The caller has left.');
  if (response.write(piece)) return;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const onDrain = (): void => {
    resolve(undefined);
  };
  const onEnd = (): void => {
    reject(new Error('The caller has left.'));
  };
  const timer = setTimeout(onEnd, stallTimeoutMs);
  response.once('drain', onDrain).once('close', onEnd);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    response.off('drain', onDrain).off('close', onEnd);
  }
}
