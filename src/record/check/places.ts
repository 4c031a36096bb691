import type { Codec, Column, Predicate, TableAlias } from '../../contracts/index.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { leaves, partsOf, rootOf, type Hit } from '../model/walk.ts';
import { usesOf } from '../expectations/uses.ts';

/** A column of a stored table. */
export interface Place {
  readonly table: string;
  readonly column: string;
}

/** How columns of a branch are called where they are stored, and what they are for. */
export interface Places {
  /** Undefined for an expression. */
  of(column: Column): Place | undefined;
  /** Every codec of the branch, with the children through which it is reached. */
  readonly codecs: readonly Hit[];
  /** The stored columns of an element or a part of one, by its FHIRPath. */
  under(path: string): readonly string[];
  /** Whether a column decides which rows there are, joins them or orders them, or is the search form of another. */
  isStructural(column: Column): boolean;
}

/**
 * The codecs that say what a column is for, closest first: those of a datatype's parts, where they stand for all of its columns, else the datatype's own.
 */
export function closestCodecs(codec: Codec, column: Column): readonly Codec[] {
  const parts = partsOf(codec).flatMap((part) => closestCodecs(part, column));
  if (parts.length > 0) return parts;
  return codec.columns.some(({ alias, name }) => alias === column.alias && name === column.name) ? [codec] : [];
}

export function placesOf({ branch }: CatalogueBranch): Places {
  const { from, joins, key, where, person, elements, labels, type } = branch;
  const tables = new Map(usesOf(branch).tables.map((alias: TableAlias) => [alias.alias, alias.table.name]));
  const codecs = leaves(rootOf(elements, type));
  const ofLabels = leaves(rootOf({ ...labels }, `${type}.meta`));
  const children = [...new Set(codecs.flatMap(({ via }) => via))];
  const ties = children.map((many) => [many.from.live, many.joins, many.on, many.where, many.order]);
  const structural = new Set(usesOf(from.live, joins, key, where, person, ties).columns.map(nameOf));
  const of = (column: Column): Place | undefined =>
    column.computed === undefined
      ? { table: tables.get(column.alias) ?? column.alias, column: column.name }
      : undefined;
  return {
    codecs,
    of,
    under(path) {
      const found = [...codecs, ...ofLabels]
        .flatMap((hit) => columnsUnder(hit, path))
        .flatMap((column) => of(column) ?? []);
      return [...new Set(found.map(({ table, column }) => `${table}.${column}`))];
    },
    isStructural: (column) => structural.has(nameOf(column)),
  };
}

/** The columns of the part of a codec that a path leads to, or of the codec where the path ends at it, or names no part of its own. */
function columnsUnder({ codec, path: start }: Hit, path: string): readonly Column[] {
  if (path !== start && !path.startsWith(`${start}.`)) return [];
  let parts: readonly Codec[] = [codec];
  for (const name of path.slice(start.length + 1).split('.')) {
    const named = parts.flatMap((part) => partsOf({ ...part, parts: { [name]: part.parts?.[name] ?? [] } }));
    parts = named.length > 0 ? named : parts;
  }
  return parts.flatMap((part) => part.columns);
}

function nameOf({ alias, name }: Column): string {
  return `${alias}.${name}`;
}

/** Every stored column that a branch uses for anything. */
export function usedIn(entry: CatalogueBranch): readonly Place[] {
  const places = placesOf(entry);
  return usesOf(entry.branch).columns.flatMap((column) => places.of(column) ?? []);
}

/**
 * The tables that conditions are about: for what a search asks beside what every search of its branch asks. The columns by which a child is tied to
 * its owner say nothing of the owner.
 */
export function tablesUnder({ branch }: CatalogueBranch, conditions: readonly Predicate[]): ReadonlySet<string> {
  const tables = new Map(usesOf(branch, conditions).tables.map(({ alias, table }) => [alias, table.name]));
  const about = conditions.map((condition) =>
    condition.is === 'exists' ? [condition.from, condition.where] : condition,
  );
  return new Set(usesOf(about).columns.flatMap(({ alias }) => tables.get(alias) ?? []));
}
