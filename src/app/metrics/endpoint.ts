import { createServer, type Server, type ServerResponse } from 'node:http';
import { Fault } from '../../core/index.ts';
import type { ServerState } from '../../http/index.ts';
import { listen } from '../listen.ts';
import { admitLoopback } from '../open-loopback.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `/metrics` on a port of its own, to this machine only: what operators read never shares a door with callers. Throws as `listen` does.
 */
export async function openMetricsEndpoint(
  metrics: Metrics,
  probe: () => Promise<ServerState>,
  where: { readonly host: string; readonly port: number },
): Promise<MetricsEndpoint> {
  const server = createServer({ requireHostHeader: false }, (request, response) => {
    try {
      admitLoopback(request.socket.remoteAddress ?? '', request.headers.host, undefined);
    } catch (error) {
      refuse(response, error instanceof Fault ? error.status : 500);
      return;
    }
    if (request.url?.split('?', 1)[0] !== '/metrics') refuse(response, 404);
    else if (request.method !== 'GET') refuse(response, 405);
    else void answer(response, metrics, probe);
  });
  const { address, port } = await listen(server, where.host, where.port).catch(explain);
  return {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`,
    close: () => close(server),
  };
}

function explain(error: unknown): never {
  if (!(error instanceof Fault) || error.code !== 'server.port-taken') throw error;
  const message = `The port for metrics is taken by another process: choose another as metrics.port of the configuration.`;
  throw new Fault('server.port-taken', message, { cause: error });
}

async function answer(response: ServerResponse, metrics: Metrics, probe: () => Promise<ServerState>): Promise<void> {
  try {
    const text = await metrics.text(await probe());
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }).end(text);
  } catch {
    refuse(response, 500);
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).end();
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
