import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { readMessages } from './wire-messages.ts';

/**
 * A database as the server sees it: a port that forwards to a PostgreSQL socket, counts the statements that pass, and can fail in the ways in
 * which a legacy system fails.
 */
export interface WireProxy {
  readonly port: number;
  /** Statements that were executed since the last call, apart from the set-up of connections. */
  takeStatements(): number;
  /** Cuts all connections and refuses further ones. */
  refuse(): Promise<void>;
  /** Forwards nothing any more in either direction: the system is silent. */
  silence(): void;
  /** Forwards again. What was silenced is cut, as a router does that comes back. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

const SIMPLE_QUERY = 'Q';
const EXECUTE = 'E';
/** What a pool says on a new connection, before any request uses it. */
const setUp = /^\s*(?:set |select to_jsonb\(d\))/i;

export async function startWireProxy(socketPath: string): Promise<WireProxy> {
  const sockets = new Set<Socket>();
  let statements = 0;
  let isSilent = false;
  const server = createServer((client) => {
    const database = connect(socketPath);
    const count = countStatements(() => (statements += 1));
    const pair = [client, database];
    for (const [from, to] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      sockets.add(from);
      from.on('data', (bytes: Buffer) => {
        if (isSilent) return;
        if (from === client) count(bytes);
        to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  const open = async (port: number): Promise<number> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const shut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    cut();
    await closed;
  };
  const port = await open(0);
  return {
    port,
    takeStatements() {
      const taken = statements;
      statements = 0;
      return taken;
    },
    refuse: shut,
    silence: () => (isSilent = true),
    async mend() {
      isSilent = false;
      cut();
      if (!server.listening) await open(port);
    },
    close: shut,
  };
}

function countStatements(found: () => void): (bytes: Buffer) => void {
  return readMessages('frontend', (type, message) => {
    if (type === EXECUTE) found();
    if (type === SIMPLE_QUERY && !setUp.test(message.toString('utf8', 5))) found();
  });
}
