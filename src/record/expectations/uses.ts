import type { Column, Table, TableAlias } from '../../contracts/index.ts';

/** What a part of a declaration stands on. */
export interface Uses {
  /** Stored columns; those of a folding and of an expression among them. */
  readonly columns: readonly Column[];
  readonly tables: readonly TableAlias[];
}

/** Members of a codec that hold FHIR values and texts: nothing in them is a column, although it may look like one. */
const OPAQUE: ReadonlySet<string> = new Set(['constant', 'note']);

/** Finds columns and tables in anything made of contracts' codecs, predicates, joins, children and person declarations. */
export function usesOf(...declared: readonly unknown[]): Uses {
  const columns = new Set<Column>();
  const tables = new Set<TableAlias>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if (isColumn(value)) visitColumn(value);
      else if (isTable(value)) {
        tables.add(value);
        visit(value.live);
      } else {
        const isCodec = 'is' in value && value.is === 'codec';
        for (const [name, member] of Object.entries(value)) if (!isCodec || !OPAQUE.has(name)) visit(member);
      }
    }
  };
  const visitColumn = (column: Column): void => {
    if (column.computed !== undefined) {
      visit(column.computed.uses);
      return;
    }
    columns.add(column);
    const folding = 'folding' in column.type ? column.type.folding : undefined;
    if (folding?.by === 'column') columns.add({ alias: column.alias, name: folding.column, type: { kind: 'text' } });
  };
  visit(declared);
  return { columns: [...columns], tables: [...tables] };
}

/** Every table that a declaration names, each once. */
export function tablesOf(...declared: readonly unknown[]): readonly Table[] {
  return [...new Set(usesOf(...declared).tables.map(({ table }) => table))];
}

function isColumn(value: object): value is Column {
  return 'alias' in value && 'name' in value && 'type' in value;
}

function isTable(value: object): value is TableAlias {
  return 'alias' in value && 'table' in value;
}
