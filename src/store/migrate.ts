import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import pg from 'pg';
import { Fault } from '../core/index.ts';
import { poolConfig, type StoreConnection } from './database.ts';

/** A file of `migrations/`: numbered, and never changed once it is released. */
interface MigrationFile {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

const MIGRATIONS = new URL('../../migrations/', import.meta.url);
/** Any fixed number: all replicas take the same advisory lock. */
const ADVISORY_LOCK = 7_263_418;

/**
 * Brings the schema `fascia` up to date. Replicas that start at once take turns, so each migration runs once. Output: how many ran.
 * Errors: `config.invalid` for a database that is too old, not UTF-8, not durable, or ahead of this release, or where a file was changed.
 */
export async function migrate(connection: StoreConnection, folder = MIGRATIONS): Promise<number> {
  const files = migrationFiles(folder);
  const client = new pg.Client(poolConfig(connection));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkServer(client);
    if ((await pending(client, files)).length === 0) return 0;
    await client.query('begin; set local idle_in_transaction_session_timeout = 0');
    // Held by the transaction, not the session, so that it also works behind a pooler.
    await client.query('select pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    const missing = await pending(client, files);
    if (missing.length > 0) await runMigrations(connection, files);
    await client.query('commit');
    return missing.length;
  } finally {
    await client.end();
  }
}

function migrationFiles(folder: URL): readonly MigrationFile[] {
  const names = readdirSync(folder).filter((name) => /^\d{4}_[a-z0-9-]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Record<'number' | 'version' | 'encoding' | 'commit', string>>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as version,
            current_setting('server_encoding') as encoding, current_setting('synchronous_commit') as commit`,
  );
  const [found] = rows;
  if (found === undefined) return;
  if (Number(found.number) < 150_000) {
    throw new Fault(
      'config.invalid',
      `Fascia needs PostgreSQL 15 or newer for its own store; DATABASE_URL leads to version ${found.version}.`,
    );
  }
  if (found.encoding !== 'UTF8') {
    throw new Fault(
      'config.invalid',
      `The database of DATABASE_URL has the encoding ${found.encoding}. Create one with the encoding UTF8.`,
    );
  }
  if (found.commit === 'off') {
    throw new Fault(
      'config.invalid',
      'The database of DATABASE_URL has synchronous_commit off, which loses audit records. Turn it on.',
    );
  }
}

async function pending(client: pg.Client, files: readonly MigrationFile[]): Promise<readonly MigrationFile[]> {
  // Not to_regclass: inside a transaction that has waited for the lock, its cache would still say that there is no such schema.
  const { rows } = await client.query<{ present: boolean }>(
    `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'fascia' and c.relname = 'migration_file') as present`,
  );
  if (rows[0]?.present !== true) return files;
  const applied = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from fascia.migration_file',
  );
  const known = new Map(files.map((file) => [file.name, file]));
  for (const { name, sha256 } of applied.rows) {
    const file = known.get(name);
    if (file === undefined) {
      throw new Fault(
        'config.invalid',
        `The store was migrated by a newer release (it has ${name}). Start that release, or restore a backup.`,
      );
    }
    if (file.sha256 !== sha256) {
      throw new Fault(
        'config.invalid',
        `The migration ${name} was changed after it was applied. Restore the file; changes need a new migration.`,
      );
    }
    known.delete(name);
  }
  return [...known.values()];
}

/** What fails is thrown as well, and names tables. */
const SILENT: Knex.Logger = { warn: ignore, error: ignore, debug: ignore, deprecate: ignore };

function ignore(): void {
  return undefined;
}

/** Called under the advisory lock, which makes knex's own lock needless: one that a killed process left is freed. */
async function runMigrations(connection: StoreConnection, files: readonly MigrationFile[]): Promise<void> {
  const { default: knex } = await import('knex');
  const builder = knex({
    client: 'pg',
    connection: poolConfig(connection) as Knex.PgConnectionConfig,
    pool: { min: 0, max: 1 },
    log: SILENT,
  });
  const config: Knex.MigratorConfig = {
    tableName: 'migration',
    schemaName: 'fascia',
    migrationSource: sourceOf(files),
  };
  try {
    const { rows } = await builder.raw<{ rows: unknown[] }>(`select 1 from pg_namespace where nspname = 'fascia'`);
    if (rows.length === 0) await builder.raw('create schema fascia');
    await builder.raw('create table if not exists fascia.migration_file (name text primary key, sha256 text not null)');
    await builder.migrate.forceFreeMigrationsLock(config);
    await builder.migrate.latest(config);
  } finally {
    await builder.destroy();
  }
}

function sourceOf(files: readonly MigrationFile[]): Knex.MigrationSource<unknown> {
  const source: Knex.MigrationSource<MigrationFile> = {
    getMigrations: () => Promise.resolve([...files]),
    getMigrationName: (file) => file.name,
    getMigration: (file) =>
      Promise.resolve({
        up: async (transaction: Knex) => {
          await transaction.raw(file.sql.replaceAll('?', '\\?'));
          await transaction.raw('insert into fascia.migration_file (name, sha256) values (?, ?)', [
            file.name,
            file.sha256,
          ]);
        },
        down: () => Promise.reject(new Error('Migrations are only ever added.')),
      }),
  };
  return source;
}
