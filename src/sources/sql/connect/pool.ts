import pg from 'pg';
import type { PostgresTraits } from '../render/postgres.ts';
import type { PgSystemOptions } from './options.ts';
import { readTraits } from './traits.ts';

export interface Pool {
  connect(): Promise<pg.PoolClient>;
  /** Known as soon as one connection was made. */
  traits(): PostgresTraits | undefined;
  /** What a second, short connection to the same server needs. */
  readonly config: pg.PoolConfig;
  close(): Promise<void>;
}

const IDLE_TIMEOUT_MS = 30_000;
const LIFETIME_SECONDS = 1_800;

/**
 * A pool of read-only sessions whose settings make the server's own texts canonical. They are set by statements, since a URL may carry options of
 * its own that would win over those of the start-up packet. JIT compilation never pays for statements this short, and a search for the best order
 * of more than six tables takes longer than they run: joins that conditions need are written first, so the written order of the others is good.
 */
export function openPool(options: PgSystemOptions): Pool {
  const { connection, poolMax, connectTimeoutMs, statementTimeoutMs } = options;
  let traits: PostgresTraits | undefined;
  const settings = `set default_transaction_read_only = on; set statement_timeout = ${String(statementTimeoutMs)};
    set idle_in_transaction_session_timeout = ${String(statementTimeoutMs)}; set datestyle = 'ISO, YMD'; set timezone = 'UTC';
    set extra_float_digits = 1; set bytea_output = 'hex'; set standard_conforming_strings = on; set jit = off; set join_collapse_limit = 6`;
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
    await client.query(settings);
    traits ??= await readTraits(client);
  };
  // The pool waits for the promise, although its types say nothing of it.
  const pool = new pg.Pool(Object.assign({}, config, { onConnect: prepare }));
  // A connection may break while it is idle or in use: its statement fails, the pool replaces it, and nothing else may happen.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { connect: () => pool.connect(), traits: () => traits, config, close: () => pool.end() };
}
