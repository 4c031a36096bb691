import type pg from 'pg';
import type { Bound } from '../render/dialect.ts';
import { arrayText } from '../render/values.ts';

export type TextRow = (string | null)[];

/** A statement with its bindings, and what goes with it in the same batch of messages. */
export interface TextQuery {
  readonly text: string;
  readonly values: readonly Bound[];
  /** The name by which the session keeps the statement. `isNew`: it has to be parsed; `close`: names that the session gives up before. */
  readonly named?: { readonly name: string; readonly isNew: boolean; readonly close: readonly string[] } | undefined;
  /** A statement without bindings that runs before, in the same transaction. Its rows are dropped. */
  readonly before?: string | undefined;
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

/**
 * The driver calls these as the server answers. After an error the server is ready again, and the promise is settled already. The driver is told
 * no name, so that it keeps no list of its own.
 */
function createTextRows(
  query: TextQuery,
  resolve: (rows: TextRow[]) => void,
  reject: (error: Error) => void,
): pg.Submittable {
  const rows: TextRow[] = [];
  const nothing = (): void => undefined;
  let isBefore = query.before !== undefined;
  const submittable = {
    text: query.text,
    callback: nothing,
    submit(connection: pg.Connection): void {
      connection.stream.cork();
      try {
        send(connection as Wire, query);
      } finally {
        connection.stream.uncork();
      }
    },
    handleDataRow(row: { readonly fields: TextRow }): void {
      if (!isBefore) rows.push(row.fields);
    },
    handleCommandComplete(): void {
      isBefore = false;
    },
    handleReadyForQuery(): void {
      resolve(rows);
    },
    handleError: reject,
    handleRowDescription: nothing,
    handleEmptyQuery: nothing,
    handlePortalSuspended: nothing,
    handleCopyInResponse: nothing,
    handleCopyData: nothing,
  };
  return submittable;
}

/** The member of the driver's connection that its types leave out: Close of a statement. */
interface Wire extends pg.Connection {
  close(what: { readonly type: 'S'; readonly name: string }): void;
}

/** All messages of the batch, up to its Sync: one transaction. */
function send(connection: Wire, { text, values, named, before }: TextQuery): void {
  for (const name of named?.close ?? []) connection.close({ type: 'S', name });
  if (before !== undefined) {
    connection.parse({ text: before, name: '', types: [] }, true);
    connection.bind({}, true);
    connection.execute({}, true);
  }
  if (named === undefined || named.isNew) connection.parse({ text, name: named?.name ?? '', types: [] }, true);
  connection.bind({ ...(named === undefined ? {} : { statement: named.name }), values: values.map(bindingText) }, true);
  connection.execute({}, true);
  connection.sync();
}

function bindingText(value: Bound): string {
  return typeof value === 'object' ? arrayText(value) : String(value);
}
