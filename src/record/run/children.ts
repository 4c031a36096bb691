import { always, and, type Row, type SqlSystem } from '../../contracts/index.ts';
import { keysPredicate } from '../lower/lower.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import type { BranchRendering } from '../write/rendering.ts';
import type { ChildPlan } from '../write/tree.ts';

/** Rows of one branch that will be written. */
export interface BranchRows {
  readonly entry: CatalogueBranch;
  readonly rendering: BranchRendering;
  readonly rows: readonly Row[];
}

export type ChildRows = ReadonlyMap<ChildPlan, ReadonlyMap<string, readonly Row[]>>;

const KEY_SEPARATOR = '\u001f';

/** One statement per child table, whatever the page's size; systems side by side, one statement at a time within a system. */
export async function fetchChildren(groups: readonly BranchRows[], signal: AbortSignal): Promise<ChildRows> {
  const found = new Map<ChildPlan, ReadonlyMap<string, readonly Row[]>>();
  const bySystem = new Map<SqlSystem, BranchRows[]>();
  for (const group of groups) {
    if (group.rows.length > 0) bySystem.set(group.entry.system, [...(bySystem.get(group.entry.system) ?? []), group]);
  }
  await Promise.all(
    [...bySystem].map(async ([system, members]) => {
      for (const group of members) {
        for (const child of group.rendering.children)
          found.set(child, await fetchChild(system, child, group.rows, signal));
      }
    }),
  );
  return found;
}

export function rowsOfChild(children: ChildRows, child: ChildPlan, owner: Row): readonly Row[] {
  return children.get(child)?.get(keyText(owner, child.ownerSlots) ?? '') ?? [];
}

async function fetchChild(
  system: SqlSystem,
  child: ChildPlan,
  owners: readonly Row[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const keys = new Map<string, readonly string[]>();
  for (const owner of owners) {
    const text = keyText(owner, child.ownerSlots);
    if (text !== undefined)
      keys.set(
        text,
        child.ownerSlots.map((slot) => owner[slot] ?? ''),
      );
  }
  const grouped = new Map<string, Row[]>();
  if (keys.size === 0) return grouped;
  const { many } = child;
  const columns = many.on.map(([column]) => column);
  const where = and(keysPredicate(columns, [...keys.values()]), many.where ?? always);
  const select = {
    from: many.from,
    joins: many.joins,
    where,
    columns: child.slots.columns,
    orderBy: [...columns, ...many.order],
    descending: false,
  };
  const result = await system.run({ is: 'page', selects: [select] }, signal);
  for (const row of result.rows[0] ?? []) {
    const text = keyText(row, child.childSlots) ?? '';
    const rows = grouped.get(text);
    if (rows === undefined) grouped.set(text, [row]);
    else rows.push(row);
  }
  return grouped;
}

function keyText(row: Row, slots: readonly number[]): string | undefined {
  const parts = slots.map((slot) => row[slot] ?? null);
  return parts.includes(null) ? undefined : parts.join(KEY_SEPARATOR);
}
