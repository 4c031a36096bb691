import type { Column } from '../../contracts/index.ts';

/** The columns of one statement, each once, and where each stands in its rows. */
export interface Slots {
  readonly columns: readonly Column[];
  of(column: Column): number;
}

export function createSlots(): Slots {
  const columns: Column[] = [];
  const positions = new Map<string, number>();
  const seen = new WeakMap<Column, number>();
  return {
    columns,
    of(column) {
      const before = seen.get(column);
      if (before !== undefined) return before;
      const name = nameOf(column);
      const position = positions.get(name) ?? columns.push(column) - 1;
      positions.set(name, position);
      seen.set(column, position);
      return position;
    },
  };
}

function nameOf(column: Column): string {
  return column.computed === undefined
    ? `${column.alias}.${column.name}`
    : `${column.alias}.${column.name}=${column.computed.sql.default}(${column.computed.uses.map(nameOf).join()})`;
}
