/**
 * Gives every table of a declaration another alias, so that a resource type can be searched through itself (an Organization by its parent).
 * Works on anything made of contracts' columns, table aliases, joins and predicates.
 */
export function renameAliases<T>(value: T, names: ReadonlyMap<string, string>): T {
  return copy(value, names) as T;
}

function copy(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((entry) => copy(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  const copied: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (name === 'alias' && typeof entry === 'string') copied[name] = names.get(entry) ?? entry;
    else copied[name] = name === 'table' || name === 'type' ? entry : copy(entry, names);
  }
  return copied;
}
