import pg from 'pg';
import type { PoolUse } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';

/** A PostgreSQL URL, or what `pg` takes in its place (such as a connection to the embedded database). */
export type StoreConnection = string | pg.PoolConfig;

/** One statement of our own store. With a name it is prepared once per connection. */
export interface StoreStatement {
  readonly name: string;
  readonly text: string;
}

export type StoreRow = readonly unknown[];

/** The connections to our own store. Every failure is a Fault `store.unavailable`, whose cause is for the log's error name only. */
export interface Database {
  run(statement: StoreStatement, values: readonly unknown[]): Promise<readonly StoreRow[]>;
  /** Runs `work` in one transaction on one connection; with a limit, the connection is given up when it is not done by then. */
  transact<T>(work: (client: pg.ClientBase) => Promise<T>, timeoutMs?: number): Promise<T>;
  poolUse(): PoolUse;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: StoreConnection;
  readonly poolMax: number;
  /** False behind a pooler that shares sessions between transactions. */
  readonly prepare: boolean;
  readonly timeoutMs: number;
}

export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...poolConfig(options.connection),
    max: options.poolMax,
    connectionTimeoutMillis: options.timeoutMs,
    application_name: 'fascia',
    keepAlive: true,
    ...(options.prepare ? { onConnect: planOnce } : {}),
  });
  // A connection that breaks while idle is replaced by the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return {
    run: (statement, values) =>
      guarded(async () => {
        // `query_timeout` of one statement is a documented option that the types of pg leave out.
        const query: pg.QueryArrayConfig & { readonly query_timeout: number } = {
          ...(options.prepare ? statement : { text: statement.text }),
          values: [...values],
          rowMode: 'array',
          query_timeout: options.timeoutMs,
        };
        return (await pool.query<unknown[]>(query)).rows;
      }),
    transact: (work, timeoutMs) => guarded(() => inTransaction(pool, work, timeoutMs)),
    poolUse: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      max: options.poolMax,
    }),
    close: () => pool.end(),
  };
}

/**
 * Our few statements have one good plan each; planning them anew for each list would cost more than running them.
 * The pool awaits what this returns, though its types do not say so.
 */
function planOnce(client: pg.ClientBase): unknown {
  return client.query('set plan_cache_mode = force_generic_plan');
}

export function poolConfig(connection: StoreConnection): pg.PoolConfig {
  return typeof connection === 'string' ? { connectionString: connection } : connection;
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<T>,
  timeoutMs: number | undefined,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  client.on('error', ignore);
  // A server that went silent answers nothing: what waits for it fails when its connection is cut.
  const cut =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          cutOff(client);
        }, timeoutMs);
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => (broken = failure as Error));
    throw error;
  } finally {
    clearTimeout(cut);
    client.off('error', ignore);
    client.release(broken);
  }
}

/** The types of pg leave the socket of a connection out. */
function cutOff(client: pg.ClientBase): void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: { destroy(): void } } };
  connection.stream.destroy();
}

function ignore(): void {
  return undefined;
}

/** Turns any failure of the store into one Fault. */
async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault('store.unavailable', "The server's own store does not answer. Try again later.", {
      retryAfterSeconds: 5,
      cause,
    });
  }
}
