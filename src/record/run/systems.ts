import type { Result, Row, Select, SqlSystem } from '../../contracts/index.ts';

export interface Asked<T> {
  readonly system: SqlSystem;
  readonly select: Select;
  readonly for: T;
}

/**
 * Runs selects with one statement per system, systems side by side. A request holds one connection of a system at a time: it never waits for a
 * second one of the same pool.
 */
export async function runPerSystem<T>(
  asked: readonly Asked<T>[],
  signal: AbortSignal,
): Promise<readonly { readonly for: T; readonly rows: readonly Row[] }[]> {
  const answers = await Promise.all(
    [...groupBySystem(asked)].map(async ([system, group]) => {
      const result: Result = await system.run({ is: 'page', selects: group.map((entry) => entry.select) }, signal);
      return group.map((entry, i) => ({ for: entry.for, rows: result.rows[i] ?? [] }));
    }),
  );
  return answers.flat();
}

/** The sum of the selects' counts over all systems. */
export async function countPerSystem(asked: readonly Asked<unknown>[], signal: AbortSignal): Promise<number> {
  const counts = await Promise.all(
    [...groupBySystem(asked)].map(async ([system, group]) => {
      const result = await system.run({ is: 'count', selects: group.map((entry) => entry.select) }, signal);
      return Number(result.rows[0]?.[0]?.[0] ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

export function groupBySystem<T>(asked: readonly Asked<T>[]): ReadonlyMap<SqlSystem, readonly Asked<T>[]> {
  const groups = new Map<SqlSystem, Asked<T>[]>();
  for (const entry of asked) groups.set(entry.system, [...(groups.get(entry.system) ?? []), entry]);
  return groups;
}
