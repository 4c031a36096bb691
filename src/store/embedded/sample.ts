import { createHash } from 'node:crypto';
import pg from 'pg';
import { Fault } from '../../core/index.ts';

type ConnectionTo = (database: string) => pg.ClientConfig;

/** The comment by which a database is known to be made from a script, so that nothing else is ever replaced. */
const MARK = 'fascia sample ';
/** Any number, the same in every process: one makes samples at a time. */
const LOCK = 7_263_401;

/**
 * Makes a database from an SQL script, and anew when the script changed. It is filled under another name and renamed, so that it is whole or not
 * there. Errors: `config.invalid` where the script fails, or where a database of the name exists that no script made.
 */
export async function fillFromSample(connectionTo: ConnectionTo, name: string, script: string): Promise<void> {
  const mark = MARK + createHash('sha256').update(script).digest('hex');
  await withClient(connectionTo('postgres'), async (client) => {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    const found = await markOf(client, name);
    if (found === mark) return;
    if (found?.startsWith(MARK) === false) {
      throw new Fault(
        'config.invalid',
        `The database ${name} of this installation was not made from a sample, so it is left as it is: choose another name for "database", or remove "sample".`,
      );
    }
    const unfinished = pg.escapeIdentifier(`${name.slice(0, 50)}_unfinished`);
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    await withClient(connectionTo(`${name.slice(0, 50)}_unfinished`), (filling) => runScript(filling, name, script));
    await client.query(`comment on database ${unfinished} is ${pg.escapeLiteral(mark)}`);
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
    await client.query(`alter database ${unfinished} rename to ${pg.escapeIdentifier(name)}`);
  });
}

/** The mark of a database; empty where it has none, undefined where there is no such database. */
async function markOf(client: pg.Client, name: string): Promise<string | undefined> {
  const { rows } = await client.query<{ mark: string }>(
    `select coalesce(shobj_description(oid, 'pg_database'), '') as mark from pg_database where datname = $1`,
    [name],
  );
  return rows[0]?.mark;
}

/** All statements in one transaction. The database's own words are passed on: a script holds invented rows only. */
async function runScript(client: pg.Client, name: string, script: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(script);
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    const { message, position } = error as { message: string; position?: string };
    const line = position === undefined ? '' : `, line ${script.slice(0, Number(position)).split('\n').length}`;
    throw new Fault('config.invalid', `The sample of the database ${name} cannot be loaded${line}: ${message}.`, {
      cause: error,
    });
  }
}

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
