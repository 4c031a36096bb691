import { createHash } from 'node:crypto';
import type { Column, DialectSql, TableAlias } from '../../../contracts/index.ts';

/** A short name for each text, so that the keys of shapes are quick to compare. There are as many texts as modules declare. */
const names = new Map<string, string>();

/** Longer texts hold lists of keys, which change while the server runs: they are not kept. */
const KEPT_LENGTH_MAX = 2_000;

/** The same name for the same text. */
export function nameOf(text: string): string {
  if (text.length > KEPT_LENGTH_MAX) return `${createHash('sha256').update(text).digest('base64url')};`;
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `${names.size.toString(36)};`));
  return name;
}

/**
 * Names that identify declarations by what they say, not by which object says it. Declarations are immutable, so each object's name is made
 * once and kept as long as the object lives.
 */
function remembered<T extends object>(make: (of: T) => string): (of: T) => string {
  const known = new WeakMap<T, string>();
  return (of) => {
    let token = known.get(of);
    if (token === undefined) known.set(of, (token = nameOf(make(of))));
    return token;
  };
}

export const hatchToken: (of: { readonly sql: DialectSql }) => string = remembered(({ sql }) =>
  JSON.stringify([sql.default, sql.pg, sql.mysql]),
);

export const columnToken: (of: Column) => string = remembered((column) => {
  const { alias, name, type, computed } = column;
  const fraction = 'fractionDigits' in type ? type.fractionDigits : undefined;
  const stored = [alias, name, type.kind, fraction];
  if (computed === undefined) return JSON.stringify(stored);
  return JSON.stringify([...stored, hatchToken(computed), ...computed.uses.map((used) => columnToken(used))]);
});

export const columnsToken: (of: readonly Column[]) => string = remembered(
  (columns) => `[${columns.map((column) => columnToken(column)).join('')}]`,
);

export const tableToken: (of: TableAlias) => string = remembered(({ alias, table }) =>
  JSON.stringify([alias, table.name, table.schema]),
);

export const pairsToken: (of: readonly (readonly [Column, Column])[]) => string = remembered(
  (pairs) => `<${pairs.map(([left, right]) => columnToken(left) + columnToken(right)).join('')}>`,
);
