import pg from 'pg';

/** Where a demo database is or shall be: a URL or the settings of `pg`, with the database's name. */
export type DemoConnection = string | pg.ClientConfig;

const MISSING_DATABASE = '3D000';
const DATABASE_EXISTS = new Set(['42P04', '23505']);

/** The best of the locales in which text is ordered by code point and `lower` knows Unicode: built in from PostgreSQL 17, else libc's. */
const LOCALES = [
  "template template0 encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'",
  "template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'",
  "template template0 encoding 'UTF8' lc_collate 'C.utf8' lc_ctype 'C.utf8'",
  "template template0 encoding 'UTF8'",
] as const;

function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : '';
}

function clientOf(connection: DemoConnection): pg.Client {
  const client = new pg.Client(typeof connection === 'string' ? { connectionString: connection } : connection);
  // A lost connection also fails the query that is under way, which is where it is dealt with.
  client.on('error', () => undefined);
  return client;
}

async function createDatabase(like: pg.Client, name: string): Promise<void> {
  const { host, port, user, password, ssl } = like;
  const admin = new pg.Client({ host, port, user, password, ssl, database: 'postgres' });
  admin.on('error', () => undefined);
  await admin.connect();
  try {
    for (const [index, locale] of LOCALES.entries()) {
      try {
        await admin.query(`create database ${admin.escapeIdentifier(name)} ${locale}`);
        return;
      } catch (error) {
        if (DATABASE_EXISTS.has(codeOf(error))) return;
        if (index === LOCALES.length - 1) throw error;
      }
    }
  } finally {
    await admin.end();
  }
}

/** Connects to a database and creates it if it is missing. Throws what the server answers. */
export async function openDatabase(connection: DemoConnection): Promise<pg.Client> {
  const client = clientOf(connection);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (codeOf(error) !== MISSING_DATABASE) throw error;
  }
  await createDatabase(client, client.database ?? '');
  const created = clientOf(connection);
  await created.connect();
  return created;
}

/** Whether texts are sorted by their bytes where nothing else is said: capitals before small letters, letters with accents last. */
export async function sortsByBytes(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ by_bytes: boolean }>(`select 'Z' < 'a' and 'z' < 'é' as by_bytes`);
  return rows[0]?.by_bytes === true;
}
