import type { Client, Connection, Submittable } from 'pg';
import { quoted, type RowTexts, type TableDefinition } from './table.ts';

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of COPY's text format (https://www.postgresql.org/docs/15/sql-copy.html, File Formats). */
export function copyLine(row: RowTexts): string {
  let line = '';
  for (let i = 0; i < row.length; i += 1) {
    const value = row[i];
    if (i > 0) line += '\t';
    if (value === null || value === undefined) line += '\\N';
    else line += /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char) : value;
  }
  return `${line}\n`;
}

/** The part of pg's connection that speaks COPY; its types leave it out. */
interface CopyConnection {
  query(text: string): void;
  sync(): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** A query that answers the server's wish for data with one chunk. The client calls these methods as messages arrive. */
class CopyIn implements Submittable {
  callback: (error: Error | null) => void;
  readonly #text: string;
  readonly #chunk: Buffer;
  #failed = false;

  constructor(text: string, chunk: Buffer, callback: (error: Error | null) => void) {
    this.#text = text;
    this.#chunk = chunk;
    this.callback = callback;
  }

  submit(connection: Connection): void {
    (connection as unknown as CopyConnection).query(this.#text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#chunk);
    connection.endCopyFrom();
  }

  handleCommandComplete(): void {
    // The client is told when it is ready for the next query.
  }

  handleError(error: Error): void {
    if (this.#failed) return;
    this.#failed = true;
    this.callback(error);
  }

  handleReadyForQuery(): void {
    if (!this.#failed) this.callback(null);
  }
}

/** Appends the lines to a table; rejects with the database's error. */
export function copyInto(client: Client, table: TableDefinition, lines: string): Promise<void> {
  const columns = table.columns.map(([name]) => quoted(name)).join(', ');
  return new Promise((resolve, reject) => {
    const done = (error: Error | null): void => {
      if (error === null) resolve();
      else reject(error);
    };
    client.query(new CopyIn(`copy ${quoted(table.name)} (${columns}) from stdin`, Buffer.from(lines, 'utf8'), done));
  });
}
