/**
 * Writes the golden forms of our store's schema: `migrations/schema.sql` (by the pg_dump of an installed PostgreSQL) and
 * `migrations/schema.catalogue.txt`. With `--check` it compares instead, and ends with 1 where they differ.
 * Needs FASCIA_TEST_DATABASE_URL, the URL of a server on which it may create a database, and pg_dump of the same major version.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import pg from 'pg';
import { systemClock } from '../src/core/index.ts';
import { describeSchema, openStore } from '../src/store/index.ts';

const server = process.env['FASCIA_TEST_DATABASE_URL'];
if (server === undefined) {
  console.error('Set FASCIA_TEST_DATABASE_URL to the URL of a PostgreSQL 15 or newer.');
  process.exit(1);
}

const name = `fascia_schema_${process.pid}`;
const url = new URL(server);
url.pathname = `/${name}`;

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function catalogue(): Promise<string> {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const text = await describeSchema(client);
  await client.end();
  return text;
}

/** What differs from one machine or minor version to the next is left out: versions, the restrict token, session settings. */
function dump(): string {
  const options = [
    '--schema-only',
    '--no-owner',
    '--no-privileges',
    '--no-comments',
    '--schema=fascia',
    `--dbname=${url.href}`,
  ];
  const lines = execFileSync('pg_dump', options, { encoding: 'utf8' }).split('\n');
  const kept = lines.filter((line) => !/^(--|\\(un)?restrict|SET |SELECT pg_catalog\.set_config)/.test(line));
  return `${kept
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

await onServer(`create database ${name}`);
try {
  const store = await openStore({ connection: url.href, poolMax: 1, emit: () => undefined, clock: systemClock });
  await store.close();
  const golden = { 'schema.sql': dump(), 'schema.catalogue.txt': await catalogue() };
  for (const [file, text] of Object.entries(golden)) {
    const path = new URL(`../migrations/${file}`, import.meta.url);
    if (!process.argv.includes('--check')) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
      console.error(
        `migrations/${file} is not what the migrations make. Run scripts/dump-schema.ts and review the difference.`,
      );
      process.exitCode = 1;
    }
  }
} finally {
  await onServer(`drop database ${name} with (force)`);
}
