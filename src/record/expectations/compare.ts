import type { KindName, LiveTable, Table } from '../../contracts/index.ts';

/** One difference between what a module declares and what its system holds. */
export type Finding =
  | { readonly is: 'no-table'; readonly table: Table }
  | { readonly is: 'no-column'; readonly table: Table; readonly column: string; readonly optional: boolean }
  | {
      readonly is: 'other-kind';
      readonly table: Table;
      readonly column: string;
      readonly optional: boolean;
      readonly declared: KindName;
      /** As the system calls it. */
      readonly live: string;
    };

/** Compares declared tables with the live ones, which are given in the same order. Columns that only the system knows are no difference. */
export function compareTables(
  declared: readonly Table[],
  live: readonly (LiveTable | undefined)[],
): readonly Finding[] {
  return declared.flatMap((table, i): readonly Finding[] => {
    const found = live[i];
    return found === undefined ? [{ is: 'no-table', table }] : compareColumns(table, found);
  });
}

function compareColumns(table: Table, live: LiveTable): readonly Finding[] {
  return Object.entries(table.columns).flatMap(([column, type]): readonly Finding[] => {
    const found = live.get(column);
    const optional = type.optional === true;
    if (found === undefined) return [{ is: 'no-column', table, column, optional }];
    if (found.kinds.includes(type.kind)) return [];
    return [{ is: 'other-kind', table, column, optional, declared: type.kind, live: found.type }];
  });
}

/** Whether a column cannot be used, and whether its module can do without it. */
export type Lost = (table: Table, column: string) => 'required' | 'optional' | undefined;

export const nothingLost: Lost = () => undefined;

/** What cannot be used by findings. Of a table that is not there every column is lost, each as it was declared. */
export function lostBy(findings: readonly Finding[]): Lost {
  if (findings.length === 0) return nothingLost;
  const tables = new Set<string>();
  const columns = new Set<string>();
  for (const finding of findings) {
    if (finding.is === 'no-table') tables.add(nameOf(finding.table));
    else columns.add(`${nameOf(finding.table)}\u0000${finding.column}`);
  }
  return (table, column) => {
    const name = nameOf(table);
    if (!tables.has(name) && !columns.has(`${name}\u0000${column}`)) return undefined;
    return table.columns[column]?.optional === true ? 'optional' : 'required';
  };
}

function nameOf({ schema = '', name }: Table): string {
  return `${schema}\u0000${name}`;
}
