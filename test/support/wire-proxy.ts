import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { readMessages } from './wire-messages.ts';

/**
 * A database as the server sees it: a port that forwards to a PostgreSQL socket, counts the statements that pass, and can fail in the ways in
 * which a legacy system fails.
 */
export interface WireProxy {
  readonly port: number;
  /**
   * Statements that were executed since the last call, apart from the set-up of connections. A system whose tables lie in a schema of their own is counted
   * by the search path of its sessions, and all that have none together.
   */
  takeStatements(searchPath?: string): number;
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
const setsSearchPath = /\bset search_path = '([^']*)'/i;

export async function startWireProxy(socketPath: string): Promise<WireProxy> {
  const sockets = new Set<Socket>();
  const statements = new Map<string, number>();
  let isSilent = false;
  const server = createServer((client) => {
    const database = connect(socketPath);
    const count = countStatements((path) => statements.set(path, (statements.get(path) ?? 0) + 1));
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
    takeStatements(searchPath = '') {
      const taken = statements.get(searchPath) ?? 0;
      statements.delete(searchPath);
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

/** `found` is told the search path of the session. */
function countStatements(found: (searchPath: string) => void): (bytes: Buffer) => void {
  let searchPath = '';
  return readMessages('frontend', (type, message) => {
    if (type === EXECUTE) found(searchPath);
    if (type !== SIMPLE_QUERY) return;
    const text = message.toString('utf8', 5);
    if (!setUp.test(text)) found(searchPath);
    else searchPath = setsSearchPath.exec(text)?.[1] ?? searchPath;
  });
}
