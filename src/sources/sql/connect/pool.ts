import pg from 'pg';
import type { PoolUse } from '../../../contracts/index.ts';
import type { PostgresTraits } from '../render/postgres.ts';
import type { PgSystemOptions } from './options.ts';
import { settingsOfSession } from './settings.ts';
import { readTraits } from './traits.ts';

export interface Pool {
  connect(): Promise<pg.PoolClient>;
  /** Known as soon as one connection was made. */
  traits(): PostgresTraits | undefined;
  /** What a second, short connection to the same server needs. */
  readonly config: pg.PoolConfig;
  use(): PoolUse;
  close(): Promise<void>;
}

const IDLE_TIMEOUT_MS = 30_000;
const LIFETIME_SECONDS = 1_800;

/**
 * A pool of read-only sessions with the settings that statements need. They are set by statements, since a URL may carry options of its own that
 * would win over those of the start-up packet. Where sessions are a pooler's, nothing is set: they serve others as well.
 */
export function openPool(options: PgSystemOptions): Pool {
  const { connection, poolMax, connectTimeoutMs, namedStatements } = options;
  let traits: PostgresTraits | undefined;
  const config: pg.PoolConfig = {
    ...(typeof connection === 'string' ? { connectionString: connection } : connection),
    max: poolMax,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    application_name: 'fascia',
    client_encoding: 'UTF8',
    keepAlive: true,
  };
  const prepare = async (client: pg.ClientBase): Promise<void> => {
    if (namedStatements) await client.query(settingsOfSession(options));
    traits ??= await readTraits(client);
  };
  // The pool waits for the promise, although its types say nothing of it.
  const pool = new pg.Pool(Object.assign({}, config, { onConnect: prepare }));
  // A connection may break while it is idle or in use: its statement fails, the pool replaces it, and nothing else may happen.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const use = (): PoolUse => ({
    open: pool.totalCount,
    idle: pool.idleCount,
    waiting: pool.waitingCount,
    max: poolMax,
  });
  return { connect: () => pool.connect(), traits: () => traits, config, use, close: () => pool.end() };
}
