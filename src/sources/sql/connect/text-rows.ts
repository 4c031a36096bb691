import type pg from 'pg';
import type { Bound } from '../render/dialect.ts';
import { arrayText } from '../render/values.ts';

export type TextRow = (string | null)[];

/** A statement with its bindings. With a name it is parsed once per connection. */
export interface TextQuery {
  readonly text: string;
  readonly values: readonly Bound[];
  readonly name?: string;
}

/** What the driver keeps of named statements, which its types leave out. */
interface Statements {
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  readonly submittedNamedStatements: Record<string, string>;
}

/**
 * Runs one statement by the extended protocol (https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY) and yields its rows
 * as arrays of the server's texts. Columns are known from the statement, so that they are neither described nor parsed: that costs as much as
 * the rows of a page. Rejects with the driver's error.
 */
export function queryTextRows(client: pg.ClientBase, query: TextQuery): Promise<TextRow[]> {
  return new Promise((resolve, reject) => {
    client.query(createTextRows(query, resolve, reject));
  });
}

/** The driver calls these as the server answers. After an error the server is ready again, and the promise is settled already. */
function createTextRows(
  { text, values, name }: TextQuery,
  resolve: (rows: TextRow[]) => void,
  reject: (error: Error) => void,
): pg.Submittable {
  const rows: TextRow[] = [];
  const nothing = (): void => undefined;
  const submittable = {
    text,
    name,
    callback: nothing,
    submit(connection: pg.Connection): void {
      connection.stream.cork();
      try {
        parseOnce(connection, text, name);
        connection.bind({ ...(name === undefined ? {} : { statement: name }), values: values.map(bindingText) }, true);
        connection.execute({}, true);
        connection.sync();
      } finally {
        connection.stream.uncork();
      }
    },
    handleDataRow(row: { readonly fields: TextRow }): void {
      rows.push(row.fields);
    },
    handleReadyForQuery(): void {
      resolve(rows);
    },
    handleError: reject,
    handleRowDescription: nothing,
    handleCommandComplete: nothing,
    handleEmptyQuery: nothing,
    handlePortalSuspended: nothing,
    handleCopyInResponse: nothing,
    handleCopyData: nothing,
  };
  return submittable;
}

function parseOnce(connection: pg.Connection, text: string, name: string | undefined): void {
  if (name === undefined) {
    connection.parse({ text, name: '', types: [] }, true);
    return;
  }
  const { parsedStatements, submittedNamedStatements } = connection as pg.Connection & Statements;
  if ((parsedStatements[name] ?? submittedNamedStatements[name]) === text) return;
  connection.parse({ text, name, types: [] }, true);
  submittedNamedStatements[name] = text;
}

function bindingText(value: Bound): string {
  return typeof value === 'object' ? arrayText(value) : String(value);
}
