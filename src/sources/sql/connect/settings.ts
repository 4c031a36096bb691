import type { PgSystemOptions } from './options.ts';

type Options = Pick<PgSystemOptions, 'statementTimeoutMs' | 'schema'>;

/**
 * What makes the server's own texts canonical, and statements short. JIT compilation never pays for statements this short, and a search for the
 * best order of more than eight tables takes longer than they run: joins that conditions need are written first, so the written order of the
 * others is good.
 */
const settings: Readonly<Record<string, string>> = {
  datestyle: 'ISO, YMD',
  timezone: 'UTC',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  jit: 'off',
  join_collapse_limit: '8',
};

/**
 * A cache of joined rows is sized for all rows that a join might see, not for the page that is wanted: making it costs more than the look-ups of
 * the page. The setting came with PostgreSQL 14. `isLocal`: for the transaction only.
 */
function withoutMemoize(isLocal: boolean): string {
  return `case when current_setting('server_version_num')::int >= 140000 then set_config('enable_memoize', 'off', ${String(isLocal)}) end`;
}

/** Sets up a session of our own, once: it cannot write, and a transaction that was forgotten ends. */
export function settingsOfSession({ statementTimeoutMs, schema }: Options): string {
  const ms = String(statementTimeoutMs);
  const all = {
    default_transaction_read_only: 'on',
    statement_timeout: ms,
    idle_in_transaction_session_timeout: ms,
    ...settings,
    ...searchPath(schema),
  };
  const sets = Object.entries(all).map(([name, value]) => `set ${name} = '${value}'`);
  return [...sets, `select ${withoutMemoize(false)}`].join('; ');
}

/** Sets up one transaction, as one statement: what a session of a pooler shares with others is as before afterwards. */
export function settingsOfTransaction({ statementTimeoutMs, schema }: Options): string {
  const all = {
    transaction_read_only: 'on',
    statement_timeout: String(statementTimeoutMs),
    ...settings,
    ...searchPath(schema),
  };
  const calls = Object.entries(all).map(([name, value]) => `set_config('${name}', '${value}', true)`);
  return `select ${[...calls, withoutMemoize(true)].join(', ')}`;
}

/** Where tables lie that name no schema. */
function searchPath(schema: string | undefined): Readonly<Record<string, string>> {
  return schema === undefined ? {} : { search_path: schema };
}
