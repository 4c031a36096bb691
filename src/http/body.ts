import type { IncomingMessage } from 'node:http';
import { Fault } from '../core/index.ts';

/**
 * Reads a request body as UTF-8 text of at most `bytesMax` bytes. Throws `request.too-large`, `request.media-type` for an encoded body and
 * `request.body-invalid` for bytes that are not UTF-8. What exceeds the bound is discarded, not kept, so that the caller can still read the answer.
 */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new Fault('request.media-type', 'The request body must not be compressed.', {
      expression: 'Content-Encoding',
    });
  }
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > bytesMax) throw tooLarge(request, bytesMax);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > bytesMax) throw tooLarge(request, bytesMax);
    pieces.push(piece);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces));
  } catch {
    throw new Fault('request.body-invalid', 'The request body must be UTF-8.');
  }
}

function tooLarge(request: IncomingMessage, bytesMax: number): Fault {
  request.resume();
  return new Fault('request.too-large', `The request body must not exceed ${bytesMax} bytes.`);
}
