import type pg from 'pg';
import type { PostgresTraits } from '../render/postgres.ts';

/**
 * One row about the current database: its catalogue entry, whether a column has a collation of its own, whether lower() folds beyond ASCII, and a
 * collation that does. The catalogue's columns differ between versions, hence the JSON. Collations 100, 950 and 951 are `default`, `C`, `POSIX`.
 */
const traitsSql = `
  select to_jsonb(d) as database,
    exists (
      select from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f')
        and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\\_%'
        and a.attcollation not in (0, 100, 950, 951)
    ) as mixed,
    case when pg_encoding_to_char(d.encoding) = 'UTF8'
      then lower(chr(d.encoding * 0 + 931)) = chr(d.encoding * 0 + 963) else true end as folds,
    (select l.collname from pg_collation l
      where l.collname in ('pg_c_utf8', 'C.utf8', 'und-x-icu') and l.collencoding in (-1, d.encoding)
      order by array_position(array['pg_c_utf8', 'C.utf8', 'und-x-icu'], l.collname::text) limit 1) as folding
  from pg_database d where d.datname = current_database()`;

interface TraitsRow {
  readonly database: {
    readonly datcollate?: string;
    readonly datlocprovider?: string;
    readonly datlocale?: string;
  };
  readonly mixed: boolean;
  readonly folds: boolean;
  readonly folding: string | null;
}

const bytewiseLocales = new Set(['c', 'posix', 'c.utf8', 'pg_unicode_fast']);

/** Reads what rendering needs to know of a database. Throws the driver's errors. */
export async function readTraits(client: pg.ClientBase): Promise<PostgresTraits> {
  const { rows } = await client.query<TraitsRow>(traitsSql);
  const [row] = rows;
  if (row === undefined) return { byteOrder: false };
  const { datlocprovider = 'c', datcollate = '', datlocale = '' } = row.database;
  const locale = datlocprovider === 'b' ? datlocale : datlocprovider === 'c' ? datcollate : '';
  return {
    byteOrder: !row.mixed && bytewiseLocales.has(locale.toLowerCase().replace('utf-8', 'utf8')),
    ...(row.folds || row.folding === null ? {} : { lowerCollation: row.folding }),
  };
}
