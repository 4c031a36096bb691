import type { Links, Predicate, Sealer, Select, SqlSystem } from '../../contracts/index.ts';
import { Fault, type Clock } from '../../core/index.ts';
import { parseSearch, queryValueOf } from '../../fhir/index.ts';
import {
  createRecord,
  tablesUnder,
  type CatalogueBranch,
  type Installed,
  type Lost,
  type Record,
} from '../../record/index.ts';
import { narrow } from '../../security/index.ts';
import { openAccess } from '../open-loopback.ts';
import type { MissingIndex } from './report.ts';

export interface IndexParts {
  readonly installed: readonly Installed[];
  readonly lostIn: (system: string) => Lost;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly zone: string;
  /** Tables with fewer rows need no index. */
  readonly largeRows: number;
}

/** The check of one branch: its system, and resources of it as JSON text, whose values are searched for. */
export type IndexCheck = (
  entry: CatalogueBranch,
  samples: readonly string[],
  signal: AbortSignal,
) => Promise<readonly MissingIndex[]>;

/**
 * Asks for every advertised parameter what its search would read: the search is planned as for a caller, with a value of a sample, over systems that
 * take its statement down, and only then explained. All matches are counted, so that no order and no limit hides what is missing.
 */
export async function createIndexCheck(parts: IndexParts): Promise<IndexCheck> {
  const taken: Select[] = [];
  const record = createRecord({
    installed: parts.installed.map(({ module, system }) => ({ module, system: taking(system, taken) })),
    links: noLinks,
    emit: () => undefined,
    ...{
      sealer: parts.sealer,
      clock: parts.clock,
      zone: parts.zone,
      version: 'check',
      hopKeysMax: 1_000,
      page: { includesMax: 1, blockRows: 1, lookedAtMax: 1, chunkCharactersMax: 1 },
    },
  });
  await record.takeLinks();
  record.adapt(parts.lostIn);
  const selectOf = async (
    entry: CatalogueBranch,
    pairs: readonly (readonly [string, string])[],
    signal: AbortSignal,
  ) => {
    taken.length = 0;
    await search(record, entry, pairs, signal);
    return taken.find(({ from }) => from === entry.branch.from);
  };
  return async (entry, samples, signal) => {
    const { type, prefix } = entry.branch;
    const plain = conjuncts((await selectOf(entry, [], signal))?.where).map((one) => JSON.stringify(one));
    const found: MissingIndex[] = [];
    for (const [parameter, { residual }] of record.served.get(type)?.params ?? []) {
      // What no system is asked by needs no index.
      if (residual === true) continue;
      const value = firstOf(samples, (text) => queryValueOf(type, parameter, text));
      const select = value === undefined ? undefined : await selectOf(entry, [[parameter, value]], signal);
      if (select === undefined) continue;
      const asked = tablesUnder(
        entry,
        conjuncts(select.where).filter((one) => !plain.includes(JSON.stringify(one))),
      );
      if (asked.size === 0) continue;
      // What the condition is about may be found by joining: then the branch's own table is what is read whole.
      const own = entry.branch.from.table.name;
      const read = await entry.system.explain({ is: 'count', selects: [select] }, signal);
      const large = read.filter(({ table, rows }) => (asked.has(table) || table === own) && rows >= parts.largeRows);
      const missing = large.find(({ table }) => asked.has(table)) ?? large[0];
      if (missing !== undefined) found.push({ type, branch: prefix, parameter, ...missing });
    }
    return found;
  };
}

async function search(
  record: Record,
  { branch }: CatalogueBranch,
  pairs: readonly (readonly [string, string])[],
  signal: AbortSignal,
): Promise<void> {
  const bounds = { countDefault: 1, countMax: 1, handling: 'strict' } as const;
  const asked = [...pairs, ['_summary', 'count']] as const;
  const { plan } = parseSearch({ ...bounds, served: record.served, type: branch.type, pairs: asked });
  for await (const chunk of record.run(narrow(plan, openAccess), signal)) if (chunk.last) return;
}

/** A system that takes statements down and finds nothing. */
function taking(system: SqlSystem, taken: Select[]): SqlSystem {
  return {
    ...system,
    run: (statement) => {
      taken.push(...statement.selects);
      return Promise.resolve({ rows: statement.is === 'count' ? [[['0']]] : statement.selects.map(() => []) });
    },
  };
}

function conjuncts(where: Predicate | undefined): readonly Predicate[] {
  if (where === undefined) return [];
  return where.is === 'and' ? where.of : [where];
}

function firstOf<T, R>(all: readonly T[], find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Nobody is linked: one registration is searched for at a time. */
const noLinks: Links = {
  find: () => Promise.resolve([]),
  withSecondariesIn: () => Promise.resolve([]),
  replace: () => Promise.reject(new Fault('server.defect', 'A check links nobody.')),
  exceptions: () => Promise.resolve([]),
  asOfMs: () => Promise.resolve(undefined),
};
