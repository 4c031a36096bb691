import type { Client } from 'pg';
import { copyInto, copyLine } from './copy.ts';
import type { RowTexts, TableDefinition } from './table.ts';

/** Gathers rows by table and sends them in large pieces, so that memory stays flat. */
export interface RowWriter {
  readonly put: (table: string, row: RowTexts) => void;
  /** Sends the tables that have gathered enough; all of them, when asked to. */
  readonly flush: (everything: boolean) => Promise<void>;
}

const PIECE_CHARACTERS = 1_000_000;

export function rowWriter(client: Client, tables: readonly TableDefinition[]): RowWriter {
  const pending = new Map(tables.map((table) => [table.name, { table, lines: [] as string[], characters: 0 }]));
  return {
    put(name, row) {
      const entry = pending.get(name);
      if (entry === undefined || entry.table.columns.length !== row.length)
        throw new RangeError(`a row that does not fit ${name}`);
      const line = copyLine(row);
      entry.lines.push(line);
      entry.characters += line.length;
    },
    async flush(everything) {
      for (const entry of pending.values()) {
        if (entry.characters === 0 || (!everything && entry.characters < PIECE_CHARACTERS)) continue;
        const lines = entry.lines.join('');
        entry.lines = [];
        entry.characters = 0;
        await copyInto(client, entry.table, lines);
      }
    },
  };
}
