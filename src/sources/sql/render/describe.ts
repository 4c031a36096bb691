import type { LiveTable, Table } from '../../../contracts/index.ts';
import type { DialectName } from './dialect.ts';
import { kindsOf } from './kinds.ts';
import { mysql } from './mysql.ts';
import { postgres } from './postgres.ts';

/** A question to the catalogue. Each row of its answer: position of the table, column, type for people, type of the database, scale or null. */
export interface CatalogueQuestion {
  readonly sql: string;
  readonly bindings: readonly (string | readonly string[])[];
}

/**
 * Columns that the account may read. A table is found as a statement would find it, by the search path; a domain is what it is made of. The scale
 * of a numeric is in its type modifier (PostgreSQL's numeric.c).
 */
const POSTGRES = `
  select w.i::text, a.attname::text, format_type(a.atttypid, a.atttypmod), b.typname::text,
    case when b.typname = 'numeric' then (
      (case when a.atttypmod >= 0 then a.atttypmod when t.typtypmod >= 0 then t.typtypmod end - 4) & 2047)::text end
  from unnest($1::text[]) with ordinality w (name, i)
  join pg_attribute a on a.attrelid = to_regclass(w.name)
  join pg_type t on t.oid = a.atttypid
  join pg_type b on b.oid = case t.typtype when 'd' then t.typbasetype else t.oid end
  where a.attnum > 0 and not a.attisdropped and has_column_privilege(a.attrelid, a.attnum, 'select')`;

/** Asks about tables. The catalogue of MySQL shows the columns on which the account has rights. */
export function catalogueQuestion(tables: readonly Table[], dialect: DialectName): CatalogueQuestion {
  return dialect === 'pg' ? postgresQuestion(tables) : mysqlQuestion(tables);
}

function postgresQuestion(tables: readonly Table[]): CatalogueQuestion {
  const writer = postgres({ byteOrder: false });
  const quoted = (name: string): string => writer.identifier(name).replaceAll('\\?', '?');
  const names = tables.map(({ schema, name }) =>
    (schema === undefined ? [name] : [schema, name]).map(quoted).join('.'),
  );
  return { sql: POSTGRES, bindings: [names] };
}

function mysqlQuestion(tables: readonly Table[]): CatalogueQuestion {
  const writer = mysql();
  const wanted = tables.map(({ schema, name }, i) => {
    const within = schema === undefined ? 'database()' : writer.literal(schema).text;
    return `select ${String(i + 1)} as i, ${within} as s, ${writer.literal(name).text} as n`;
  });
  const sql = `select cast(w.i as char), c.column_name, c.column_type, c.data_type, cast(c.numeric_scale as char)
    from (${wanted.join(' union all ')}) w
    join information_schema.columns c on c.table_schema = w.s and c.table_name = w.n`;
  return { sql: sql.replaceAll('\\?', '?'), bindings: [] };
}

/** The tables of an answer, in the order in which they were asked about. */
export function liveTables(
  rows: readonly (readonly (string | null)[])[],
  asked: number,
  dialect: DialectName,
): readonly (LiveTable | undefined)[] {
  const found = new Map<number, Map<string, { type: string; kinds: ReturnType<typeof kindsOf> }>>();
  for (const [position, column, type, base, scale] of rows) {
    const table = found.get(Number(position)) ?? new Map<string, never>();
    const kinds = kindsOf(dialect, base ?? '', scale == null ? undefined : Number(scale));
    found.set(Number(position), new Map([...table, [column ?? '', { type: type ?? '', kinds }]]));
  }
  return Array.from({ length: asked }, (_, i) => found.get(i + 1));
}
