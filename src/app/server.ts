import { once } from 'node:events';
import type { Server } from 'node:http';
import { compose, type ComposeOptions, type Installation } from './compose.ts';
import { assertPortFree, listen } from './listen.ts';
import { Fault } from '../core/index.ts';
import { isLoopbackAddress } from './loopback.ts';
import { assertMllpPortsFree } from './open-feeds.ts';
import { openMetricsEndpoint, type MetricsEndpoint } from './metrics/endpoint.ts';
import type { Example } from '../http/index.ts';

export type StartOptions = ComposeOptions;

export interface RunningServer {
  /** Where it can be reached, without a slash at its end. */
  readonly url: string;
  readonly examples: readonly Example[];
  /** Where metrics are read, if they are configured. */
  readonly metricsUrl: string | undefined;
  readonly installation: Installation;
  /** Drains and closes: takes no further connection, finishes requests in flight within the bound, closes systems and store. */
  stop(reason: string): Promise<void>;
}

/** Builds everything and listens. Throws Faults that say what to do: `server.port-taken` before anything is prepared. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, emit } = options;
  await assertPortFree(config.host, config.port);
  await assertMllpPortsFree(config);
  const installation = await compose(options);
  try {
    const address = await listen(installation.server, config.host, config.port);
    if (!isLoopbackAddress(address.address)) {
      throw new Fault('config.invalid', `The host ${config.host} is not a loopback address on this machine.`);
    }
    const url =
      config.publicUrl?.replace(/\/$/, '') ??
      `http://${isPlain(config.host) ? 'localhost' : `[${address.address}]`}:${address.port}`;
    await installation.feeds.listen();
    const metrics = await openMetrics(installation, options);
    emit({ event: 'server.listening', url });
    let stopping: Promise<void> | undefined;
    return {
      url,
      examples: installation.examples(url),
      metricsUrl: metrics?.url,
      installation,
      stop: (reason) => (stopping ??= stop(installation, reason, options).finally(() => metrics?.close())),
    };
  } catch (error) {
    installation.server.close();
    await installation.close();
    throw error;
  }
}

async function openMetrics(
  { metrics, state }: Installation,
  { config }: StartOptions,
): Promise<MetricsEndpoint | undefined> {
  return metrics && config.metrics && openMetricsEndpoint(metrics, state, config.metrics);
}

function isPlain(host: string): boolean {
  return host === '127.0.0.1' || host === 'localhost';
}

async function stop(installation: Installation, reason: string, { emit, config }: StartOptions): Promise<void> {
  emit({ event: 'server.stopping', signal: reason });
  installation.beginDrain();
  await installation.feeds.stopListening();
  await drain(installation.server, config.limits.drainTimeoutMs);
  await installation.close();
  emit({ event: 'server.stopped' });
}

/** Closes idle connections at once, busy ones after their answer or when the time is over. */
async function drain(server: Server, timeoutMs: number): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, timeoutMs);
  await closed;
  clearTimeout(cut);
}
