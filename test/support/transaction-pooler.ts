import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { readMessages } from './wire-messages.ts';

/** A pooler as hospitals have them: all clients share one session of the server, each for the length of a transaction. */
export interface TransactionPooler {
  readonly port: number;
  close(): Promise<void>;
}

/** What one client sent up to the end of a batch: the server answers it with one ReadyForQuery. */
interface Batch {
  readonly client: Socket;
  readonly bytes: Buffer;
}

const ENDS_BATCH = new Set(['Q', 'S']);
const TERMINATE = 'X';
const READY = 'Z';

/** `open` connects to the server; the first client's start-up message logs in for all. */
export async function startTransactionPooler(open: () => Socket): Promise<TransactionPooler> {
  const clients = new Set<Socket>();
  const queue: Batch[] = [];
  let backend: Socket | undefined;
  let greeting: Promise<Buffer> | undefined;
  /** Who has the session: while a batch is answered, and until its transaction ends. */
  let owner: Socket | undefined;
  let isAnswering = false;
  const pump = (): void => {
    if (backend === undefined || isAnswering) return;
    const next = queue.findIndex(({ client }) => owner === undefined || owner === client);
    const [batch] = next < 0 ? [] : queue.splice(next, 1);
    if (batch === undefined) return;
    owner = batch.client;
    isAnswering = true;
    backend.write(batch.bytes);
  };
  const logIn = (startUp: Buffer): Promise<Buffer> =>
    new Promise((resolve) => {
      const said: Buffer[] = [];
      let isGreeted = false;
      const answer = readMessages('backend', (type, message) => {
        if (isGreeted) owner?.write(message);
        else said.push(message);
        if (type !== READY) return;
        if (!isGreeted) resolve(Buffer.concat(said));
        isGreeted = true;
        isAnswering = false;
        if (message.at(-1) === 'I'.charCodeAt(0)) owner = undefined;
        pump();
      });
      backend = open();
      backend.on('error', () => undefined);
      backend.on('data', answer);
      backend.write(startUp);
    });
  const server = createServer((client) => {
    clients.add(client);
    let held: Buffer[] = [];
    const take = readMessages('frontend', (type, message) => {
      if (type === 'startup') {
        greeting ??= logIn(message);
        void greeting.then((bytes) => client.write(bytes));
      } else if (type !== TERMINATE) {
        held.push(Buffer.from(message));
        if (!ENDS_BATCH.has(type)) return;
        queue.push({ client, bytes: Buffer.concat(held) });
        held = [];
        pump();
      }
    });
    client.on('data', take);
    client.on('error', () => undefined);
    client.on('close', () => clients.delete(client));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of [...clients, backend]) socket?.destroy();
      await closed;
    },
  };
}

/** Opens a socket to a server, by the host of a driver's settings: a folder or a name. */
export function openSocket(host: string, port: number): Socket {
  return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${String(port)}`) : connect(port, host);
}
