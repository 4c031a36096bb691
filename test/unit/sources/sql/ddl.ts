import type { KindName } from '../../../../src/contracts/index.ts';
import type { Tables } from './in-memory.ts';
import { tables } from './sample.ts';

const pgTypes: Readonly<Record<KindName, string>> = {
  text: 'varchar(60)',
  char: 'char(6)',
  integer: 'int4',
  decimal: 'numeric(20,4)',
  date: 'date',
  'local-timestamp': 'timestamp(3)',
  instant: 'timestamptz',
  boolean: 'boolean',
  bytes: 'bytea',
};
const mysqlTypes: Readonly<Record<KindName, string>> = {
  ...pgTypes,
  integer: 'int',
  decimal: 'decimal(20,4)',
  'local-timestamp': 'datetime(3)',
  instant: 'datetime',
  boolean: 'tinyint(1)',
  bytes: 'varbinary(20)',
};

/** CREATE and INSERT of the sample, one statement each. */
export function pgSetup(data: Tables): readonly string[] {
  return setup(data, pgTypes, '"', (kind, value) => {
    const quoted = `'${value.replaceAll("'", "''")}'`;
    if (kind === 'instant') return `'${value}+00'`;
    return kind === 'bytes' ? `decode(${quoted}, 'hex')` : quoted;
  });
}

export function mysqlSetup(data: Tables): readonly string[] {
  return setup(data, mysqlTypes, '`', (kind, value) => {
    if (kind === 'boolean') return value === 'true' ? '1' : '0';
    if (kind === 'bytes') return `x'${value}'`;
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  });
}

function setup(
  data: Tables,
  types: Readonly<Record<KindName, string>>,
  quote: string,
  literal: (kind: KindName, value: string) => string,
): readonly string[] {
  const quoted = (name: string): string => `${quote}${name}${quote}`;
  return tables.flatMap(({ name, columns }) => {
    const entries = Object.entries(columns);
    const types_ = entries.map(([column, { kind }]) => `${quoted(column)} ${types[kind]}`);
    const rows = (data[name] ?? []).map((row) => {
      const values = entries.map(([column, { kind }]) => {
        const value = row[column] ?? null;
        return value === null ? 'null' : literal(kind, value);
      });
      return `(${values.join(', ')})`;
    });
    return [
      `create table ${quoted(name)} (${types_.join(', ')})`,
      `insert into ${quoted(name)} values ${rows.join(', ')}`,
    ];
  });
}
