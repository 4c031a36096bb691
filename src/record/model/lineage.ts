import type { Codec, Column, Join, Many, Node } from '../../contracts/index.ts';
import type { CatalogueBranch } from './catalogue.ts';
import { isCodec, isList, isMany, type ElementMap } from './nodes.ts';
import { partsOf } from './walk.ts';

/** Where one element of a branch comes from: for stewards and for the generated documentation, never for clients. */
export interface ElementLineage {
  /** FHIRPath, such as `Patient.name.family`. */
  readonly path: string;
  /** `TABLE.COLUMN (kind)`, or `(kind, optional)`, of each column; empty for a constant. */
  readonly columns: readonly string[];
  readonly constant: string | undefined;
  readonly codeMap: string | undefined;
  readonly policy: string | undefined;
  /** Search parameters that the element answers. */
  readonly parameters: readonly string[];
}

/** The lineage of every element that a branch declares, in declared order. */
export function lineageOf(entry: CatalogueBranch): readonly ElementLineage[] {
  const tables = new Map<string, string>([
    [entry.branch.from.alias, entry.branch.from.table.name],
    ...joinNames(entry.branch.joins),
  ]);
  const { elements, labels, type } = entry.branch;
  const parameters = parametersByCodec(entry);
  return [
    ...(labels === undefined ? [] : rows({ ...labels }, `${type}.meta`, tables, parameters)),
    ...rows(elements, type, tables, parameters),
  ];
}

function rows(
  node: Node,
  path: string,
  tables: ReadonlyMap<string, string>,
  parameters: ReadonlyMap<Codec, readonly string[]>,
): readonly ElementLineage[] {
  if (isList(node)) return node.flatMap((child) => rows(child, path, tables, parameters));
  if (isMany(node)) return rows(node.element, path, withMany(tables, node), parameters);
  if (isCodec(node)) return [codecRow(node, path, tables, answered(node, parameters))];
  return Object.entries(node as ElementMap).flatMap(([name, child]) =>
    rows(child, `${path}.${name}`, tables, parameters),
  );
}

/** A datatype answers what its parts do. */
function answered(codec: Codec, parameters: ReadonlyMap<Codec, readonly string[]>): readonly string[] {
  const inside = partsOf(codec).flatMap((part) => answered(part, parameters));
  return [...new Set([...(parameters.get(codec) ?? []), ...inside])].toSorted();
}

function codecRow(
  codec: Codec,
  path: string,
  tables: ReadonlyMap<string, string>,
  parameters: readonly string[],
): ElementLineage {
  const columns = [...new Set(codec.columns.flatMap((column) => columnNames(column, tables)))];
  const policy = [
    codec.note?.policy,
    codec.absentReason === undefined ? undefined : `absent: data-absent-reason ${codec.absentReason}`,
  ].filter((text) => text !== undefined);
  return {
    path,
    columns,
    constant: codec.constant === undefined ? undefined : JSON.stringify(codec.constant),
    codeMap: codec.note?.codeMap,
    policy: policy.length === 0 ? undefined : policy.join('; '),
    parameters,
  };
}

function columnNames(column: Column, tables: ReadonlyMap<string, string>): readonly string[] {
  if (column.computed !== undefined) return column.computed.uses.flatMap((used) => columnNames(used, tables));
  const kind = `${column.type.kind}${column.type.optional === true ? ', optional' : ''}`;
  return [`${tables.get(column.alias) ?? column.alias}.${column.name} (${kind})`];
}

function withMany(tables: ReadonlyMap<string, string>, many: Many): ReadonlyMap<string, string> {
  return new Map([...tables, [many.from.alias, many.from.table.name], ...joinNames(many.joins)]);
}

function joinNames(joins: readonly Join[]): readonly (readonly [string, string])[] {
  return joins.map((join) => [join.to.alias, join.to.table.name] as const);
}

function parametersByCodec(entry: CatalogueBranch): ReadonlyMap<Codec, readonly string[]> {
  const found = new Map<Codec, string[]>();
  for (const param of entry.params.values()) {
    const hits = [
      ...(param?.hits ?? []),
      ...(param?.foci ?? []).flatMap((focus) => focus.components.flatMap((component) => component.hits)),
    ];
    for (const { codec } of hits) {
      const codes = found.get(codec) ?? [];
      if (param !== undefined && !codes.includes(param.code)) codes.push(param.code);
      found.set(codec, codes);
    }
  }
  return found;
}
