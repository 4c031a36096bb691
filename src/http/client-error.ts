import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Fault, type Clock } from '../core/index.ts';
import { outcomeOf } from '../fhir/index.ts';
import { STATUS_CODES } from 'node:http';

/**
 * Answers bytes that never became a request: malformed HTTP, headers beyond the bound, a request that does not arrive in time. Nothing was asked of
 * the record, so nothing is audited.
 */
export function answerClientErrors(server: Server, clock: Clock): void {
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else refuse(socket, faultOf(error.code, error.rawPacket), clock);
  });
  server.on('connect', (_, socket) => {
    refuse(socket, new Fault('request.malformed', 'This server is no proxy: CONNECT does not work here.'), clock);
  });
  // An expectation may be passed over (https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1); Node would answer it without a body.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

function faultOf(code: string | undefined, packet: Buffer | undefined): Fault {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return packet?.includes('\r\n') === false
      ? new Fault('request.uri-too-long', 'The request target is too long.')
      : new Fault('request.headers-too-large', 'The request headers are too large.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Fault('request.timeout', 'The request did not arrive in time.');
  return new Fault('request.malformed', 'The request is not well-formed HTTP/1.1.');
}

function refuse(socket: Duplex, fault: Fault, clock: Clock): void {
  const { status } = fault;
  const body = outcomeOf(fault);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Error'}`,
    `Date: ${new Date(clock.nowMs()).toUTCString()}`,
    'Content-Type: application/fhir+json; charset=utf-8',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
