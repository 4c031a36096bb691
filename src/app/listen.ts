import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { Fault } from '../core/index.ts';

/**
 * Listens. Out: the bound address. Throws `server.port-taken`, and `config.invalid` for a host that is none of this machine's.
 */
export async function listen(
  server: Pick<Server, 'listen' | 'once' | 'off' | 'address'>,
  host: string,
  port: number,
  remedy = remedyOfHttp,
): Promise<AddressInfo> {
  const failed = new AbortController();
  const listening = once(server as Server, 'listening', { signal: failed.signal });
  try {
    server.listen(port, host);
    await listening;
  } catch (error) {
    throw explainListen(error, host, port, remedy);
  } finally {
    failed.abort();
  }
  return server.address() as AddressInfo;
}

/** Fails at once where the port is taken, before minutes are spent on preparing data. */
export async function assertPortFree(host: string, port: number, remedy = remedyOfHttp): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await listen(probe as unknown as Server, host, port, remedy);
  probe.close();
  await once(probe, 'close');
}

/** What to do where another process holds a port. In: a port that may be free. */
export type PortRemedy = (other: number) => string;

function remedyOfHttp(other: number): string {
  return `Choose another port with "PORT=${other} npm start" (or "fascia start --port ${other}"), or stop the other process.`;
}

/** Why it cannot be listened there, with what to do, as far as it is known. */
export function explainListen(error: unknown, host: string, port: number, remedy: PortRemedy): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new Fault(
      'server.port-taken',
      `Port ${port} is taken: another process listens on ${host}:${port}.\n${remedy(port >= 65_535 ? 8080 : port + 1)}`,
    );
  if (code === 'EACCES')
    return new Fault(
      'config.invalid',
      `Port ${port} needs rights that this user does not have. Choose one above 1023.`,
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Fault('config.invalid', `The host ${host} is not an address of this machine.`);
  return error;
}
