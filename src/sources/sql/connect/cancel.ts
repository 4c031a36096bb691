import pg from 'pg';

/** The members of the driver's connection that its types leave out. */
interface WireConnection {
  readonly stream: { destroy(): void };
  readonly ssl: unknown;
  connect(port: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processId: number, secretKey: number): void;
  on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: () => void): void;
}

interface Backend {
  readonly processID: number | null;
  readonly secretKey: number | null;
  readonly host: string;
  readonly port: number;
  readonly ssl: unknown;
}

const CANCEL_TIMEOUT_MS = 2_000;

/**
 * Asks the server to cancel what a client is running, by a CancelRequest on a connection of its own
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS). It needs no session, so it works where all are in
 * use and through poolers. Resolves when the request is delivered or has failed; it never rejects, since there is nothing that a caller could do.
 */
export function cancelRunning(client: pg.PoolClient): Promise<void> {
  const { processID, secretKey, host, port, ssl } = client as unknown as Backend;
  if (processID === null || secretKey === null) return Promise.resolve();
  return new Promise((resolve) => {
    const settings = { ssl } as pg.ConnectionConfig;
    const connection = new pg.Connection(settings) as unknown as WireConnection;
    const done = (): void => {
      clearTimeout(timer);
      connection.stream.destroy();
      resolve();
    };
    const timer = setTimeout(done, CANCEL_TIMEOUT_MS);
    const send = (): void => {
      connection.cancel(processID, secretKey);
    };
    connection.on('connect', () => {
      if (connection.ssl) connection.requestSsl();
      else send();
    });
    connection.on('sslconnect', send);
    connection.on('end', done);
    connection.on('error', done);
    if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${String(port)}`);
    else connection.connect(port, host);
  });
}
