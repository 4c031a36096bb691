/** A legacy table: its columns in order, each with its SQL type and what it means. */
export interface TableDefinition {
  readonly name: string;
  readonly meaning: string;
  readonly columns: readonly ColumnDefinition[];
  readonly key: readonly string[];
  readonly indexes: readonly IndexDefinition[];
}

export type ColumnDefinition = readonly [name: string, type: string, meaning: string];

export interface IndexDefinition {
  readonly name: string;
  /** SQL of the indexed columns, such as `"DOB"` or `"CITY" collate "C"` (byte order, in which a prefix is a range). */
  readonly on: string;
  readonly unique?: boolean;
  /** SQL condition of a partial index. */
  readonly where?: string;
}

/** The texts of one row, in column order. */
export type RowTexts = readonly (string | null)[];

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** CREATE TABLE with comments, without keys and indexes: those follow when the rows are in. */
export function createTable(table: TableDefinition): string {
  const columns = table.columns.map(([name, type]) => `  ${quoted(name)} ${type}`);
  const comments = table.columns.map(
    ([name, , meaning]) => `comment on column ${quoted(table.name)}.${quoted(name)} is ${literal(meaning)};`,
  );
  const whole = `comment on table ${quoted(table.name)} is ${literal(table.meaning)};`;
  return `create table ${quoted(table.name)} (\n${columns.join(',\n')}\n);\n${whole}\n${comments.join('\n')}`;
}

/** In: whether the database sorts texts by their bytes already. A statement there names no collation, so that an index which names one would not serve it. */
export function createIndexes(table: TableDefinition, sortsByBytes: boolean): string {
  const key = `alter table ${quoted(table.name)} add primary key (${table.key.map(quoted).join(', ')});`;
  const others = table.indexes.map(
    ({ name, on, unique, where }) =>
      `create ${unique === true ? 'unique ' : ''}index ${quoted(name)} on ${quoted(table.name)} (${sortsByBytes ? on.replaceAll(' collate "C"', '') : on})${where === undefined ? '' : ` where ${where}`};`,
  );
  return [key, ...others].join('\n');
}
