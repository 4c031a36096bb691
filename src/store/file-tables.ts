import type pg from 'pg';
import type { ColumnType, FileTable } from '../contracts/index.ts';

/** Canonical texts of one line, in the order of `columnsOf`. */
export interface LoadedLine {
  readonly line: number;
  readonly values: readonly (string | null)[];
}

/** A whole set of tables beside those in use, inside one transaction. */
export interface ShadowTables {
  create(tables: readonly FileTable[]): Promise<void>;
  insert(table: FileTable, lines: readonly LoadedLine[]): Promise<void>;
  /**
   * Removes the lines whose key occurs more than once: of copies that are equal throughout all but the first, else all, since nobody knows which is right.
   * Out: the lines removed, in order, at most `max` of them, and how many they are.
   */
  removeDoubles(table: FileTable, max: number): Promise<{ readonly count: number; readonly lines: readonly number[] }>;
  /** Indexes, statistics and the time of the extract: the table is as it will be served. */
  finish(table: FileTable, asOf: string): Promise<void>;
  /** Puts the whole set in the place of the one in use. */
  swap(): Promise<void>;
}

/** Where each row came from. A department's own column would hardly have a blank in its name. */
const LINE = 'fascia line';

const types: Readonly<Record<Exclude<ColumnType['kind'], 'char'>, string>> = {
  text: 'text',
  integer: 'int8',
  decimal: 'numeric',
  date: 'date',
  'local-timestamp': 'timestamp',
  instant: 'timestamptz',
  boolean: 'boolean',
  bytes: 'bytea',
};

/**
 * How long one attempt waits for those who read the old tables, and how often it is tried. Together the waits for all tables stay below the second
 * after which PostgreSQL looks for deadlocks: a reader that holds one table and waits for another is let through, never cancelled.
 */
const SWAP_WAIT_MS = 800;
const SWAP_ATTEMPTS = 60;
const LOCK_NOT_AVAILABLE = '55P03';

/** The columns that lines fill. */
export function columnsOf({ table, asOf }: FileTable): readonly string[] {
  return Object.keys(table.columns).filter((column) => column !== asOf);
}

export function createShadow(client: pg.ClientBase, schema: string): ShadowTables {
  const shadow = `${schema}~`;
  const named = ({ table }: FileTable): string => `${quoted(shadow)}.${quoted(table.name)}`;
  return {
    async create(tables) {
      await client.query(`drop schema if exists ${quoted(shadow)} cascade; create schema ${quoted(shadow)}`);
      for (const file of tables) {
        const columns = columnsOf(file).map((column) => `${quoted(column)} ${typeOf(file, column)}`);
        await client.query(`create table ${named(file)} (${[...columns, `${quoted(LINE)} int8 not null`].join(', ')})`);
      }
    },
    insert: async (file, lines) => {
      const columns = columnsOf(file);
      const arrays = columns.map((column, i) => `$${i + 1}::text[]::${arrayTypeOf(file, column)}[]`);
      const values = columns.map((_, i) => lines.map((line) => line.values[i] ?? null));
      await client.query(
        `insert into ${named(file)} (${[...columns, LINE].map(quoted).join(', ')}) select * from unnest(${[...arrays, `$${columns.length + 1}::int8[]`].join(', ')})`,
        [...values, lines.map(({ line }) => line)],
      );
    },
    removeDoubles: async (file, max) => {
      const { rows } = await client.query<{ count: string; lines: string[] }>(deleteDoubles(named(file), file), [max]);
      return { count: Number(rows[0]?.count ?? 0), lines: (rows[0]?.lines ?? []).map(Number) };
    },
    async finish(file, asOf) {
      const isBytewise = await sortsBytewise(client);
      const index = (columns: readonly string[]): string =>
        columns
          .map((column) => (isBytewise || !isText(file, column) ? quoted(column) : `${quoted(column)} collate "C"`))
          .join(', ');
      if (file.asOf !== undefined)
        await client.query(
          `alter table ${named(file)} add column ${quoted(file.asOf)} text not null default '${asOf.replaceAll("'", "''")}'`,
        );
      await client.query(`create unique index on ${named(file)} (${index(file.key)})`);
      for (const columns of file.indexes) await client.query(`create index on ${named(file)} (${index(columns)})`);
      await client.query(`analyze ${named(file)}`);
    },
    swap: async () => {
      await swapSchemas(client, schema, shadow);
    },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function isText({ table }: FileTable, column: string): boolean {
  const kind = table.columns[column]?.kind;
  return kind === 'text' || kind === 'char';
}

function typeOf({ table }: FileTable, column: string): string {
  const type = table.columns[column];
  if (type === undefined) throw new RangeError('a column that the table does not declare');
  return type.kind === 'char' ? `char(${type.length})` : types[type.kind];
}

/** The elements of an array of char(n) would be cut at n without a word. */
function arrayTypeOf(file: FileTable, column: string): string {
  return file.table.columns[column]?.kind === 'char' ? 'bpchar' : typeOf(file, column);
}

function deleteDoubles(name: string, file: FileTable): string {
  const key = file.key.map(quoted).join(', ');
  const row = columnsOf(file)
    .map((column) => `t.${quoted(column)}`)
    .join(', ');
  return `
    with doubled as (select ${key} from ${name} group by ${key} having count(*) > 1),
    copies as (select ${key}, t.${quoted(LINE)} as line, row(${row})::text as content from ${name} t join doubled using (${key})),
    judged as (select ${key}, min(line) as first, count(distinct content) = 1 as equal from copies group by ${key}),
    removed as (
      delete from ${name} t using copies c join judged j using (${key})
      where t.${quoted(LINE)} = c.line and not (j.equal and c.line = j.first)
      returning c.line)
    select (select count(*) from removed) as count, array(select line from removed order by line limit $1) as lines`;
}

/** Whether the database sorts texts by their bytes already, so that its plain indexes serve order, prefixes and paging (docs/adr/0061). */
async function sortsBytewise(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ bytewise: boolean }>(
    `select 'Z' < 'a' and 'a-b' < 'aa' and 'z' < U&'\\00e9' as bytewise`,
  );
  return rows[0]?.bytewise ?? false;
}

/** Nobody sees the renames before they commit. */
async function swapSchemas(client: pg.ClientBase, schema: string, shadow: string): Promise<void> {
  const { rows } = await client.query<{ tables: string }>(
    'select count(*) as tables from pg_tables where schemaname = $1',
    [schema],
  );
  const waitMs = Math.floor(SWAP_WAIT_MS / Math.max(1, Number(rows[0]?.tables)));
  await client.query(`set local lock_timeout = ${waitMs}; set local client_min_messages = warning`);
  for (let attempt = 1; ; attempt += 1) {
    await client.query('savepoint swap');
    try {
      await client.query(
        `drop schema if exists ${quoted(schema)} cascade; alter schema ${quoted(shadow)} rename to ${quoted(schema)}`,
      );
      return;
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== LOCK_NOT_AVAILABLE || attempt === SWAP_ATTEMPTS) throw error;
      await client.query('rollback to savepoint swap');
    }
  }
}
