import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { compareAll, describeMismatch, generateQueries, type Oracle } from '../oracle/index.ts';
import { harvest, type Harvest } from '../oracle/harvest.ts';
import { createRandom } from '../oracle/random.ts';
import { demoOracle } from '../support/demo-oracle.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { findingsOf, kindsOf, nameOf, referencesIn } from '../support/validator.ts';

/** A demo hospital of thousands, which the environment must ask for. */
const isAsked = Number(process.env['FASCIA_TEST_PATIENTS'] ?? 0) >= 1_000;
const shared = process.env['FASCIA_SHARED'];
const QUERIES_PER_TYPE = 200;
const VALIDATED = 2_000;
const countMax = 500;

const tell = (line: string): void => void process.stderr.write(`thousands: ${line}\n`);

jest.setTimeout(3 * 3_600_000);

(isAsked ? describe : describe.skip)('a hospital of thousands (needs FASCIA_TEST_PATIENTS)', () => {
  let server: DemoServer;
  let world: Harvest;
  let oracle: Oracle;

  beforeAll(async () => {
    server = await startDemoServer();
    tell('all resources are being read');
    world = await harvest({ baseUrl: server.base, read: async (path) => (await server.fetch(path)).json() }, countMax);
    oracle = demoOracle(world, server.base);
    tell(`${[...world.resources.values()].reduce((sum, list) => sum + list.length, 0)} resources were read`);
  });
  afterAll(() => server.stop());

  const types = (): readonly string[] => [...world.resources.keys()];
  const served = (type: string): readonly Resource[] => oracle.visible(type);

  /**
   * The server is of this process, and the oracle thinks for seconds: what the server then waits for comes too late for its limits. Its answer says that it
   * can be asked again, and it is, once.
   */
  async function askPatiently(path: string): Promise<Bundle | OperationOutcome> {
    const answer = await server.search(path);
    const isLate =
      answer.resourceType === 'OperationOutcome' && ['transient', 'timeout'].includes(answer.issue[0]?.code ?? '');
    return isLate ? server.search(path) : answer;
  }

  /** The ids of all matches, page by page. */
  async function matchesOf(query: string): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let next: string | undefined = query; next !== undefined;) {
      const page = await askPatiently(next);
      if (page.resourceType !== 'Bundle') throw new Error(`refused: ${JSON.stringify(page)}`);
      for (const { search, resource } of page.entry ?? []) if (search?.mode === 'match') ids.push(resource?.id ?? '');
      next = page.link?.find((link) => link.relation === 'next')?.url;
    }
    return ids;
  }

  it('counts as many of each type as it serves', async () => {
    for (const type of types()) {
      const { total } = (await server.search(`${type}?_summary=count`)) as Bundle;
      expect({ type, total }).toEqual({ type, total: served(type).length + (world.damaged.get(type) ?? 0) });
    }
  });

  it(`answers ${QUERIES_PER_TYPE} searches of each type as the oracle does`, async () => {
    const queries = generateQueries({
      ...{ oracle, seed: 1, perParameter: 250, combinations: 0, countMax },
      queriesMax: QUERIES_PER_TYPE * types().length,
      sortable: (type, code) => world.sortable.has(`${type}.${code}`),
    });
    tell(`${queries.length} searches were made`);
    const asked = Map.groupBy(queries, ({ type }) => type);
    expect(
      types().flatMap((type) => {
        const count = asked.get(type)?.length ?? 0;
        return count < QUERIES_PER_TYPE ? [`${type}: ${count}`] : [];
      }),
    ).toEqual([]);
    const result = await compareAll({
      // One at a time: while the oracle thinks of one search, which takes seconds, the server could not answer another in time.
      ...{ oracle, queries, countMax, concurrency: 1 },
      damaged: (type) => world.damaged.get(type) ?? 0,
      fetch: askPatiently,
      progress: tell,
    });
    expect(result.mismatches.slice(0, 12).map(describeMismatch).join('\n')).toBe('');
    expect(result.tooCostly.length).toBeLessThan(queries.length / 10);
  });

  it('refers to nothing that cannot be read', async () => {
    const all = types().flatMap((type) => world.resources.get(type) ?? []);
    const known = new Set(all.map(nameOf));
    const unknown = new Set(all.flatMap(referencesIn).filter((name) => !known.has(name)));
    const lost: string[] = [];
    for (const name of unknown) {
      const read = await server.read(name);
      // A row that cannot be mapped says so.
      const isDamaged = read.resourceType === 'OperationOutcome' && read.issue[0]?.code === 'exception';
      if (nameOf(read) !== name && !isDamaged) lost.push(name);
    }
    expect(lost).toEqual([]);
  });

  (shared === undefined ? it.skip : it)(
    `serves resources that the validator finds no error in: ${VALIDATED} of them (needs FASCIA_SHARED)`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'fascia-validator-'));
      try {
        const sample = sampleOf(types().map(served), VALIDATED);
        expect(sample.length).toBe(VALIDATED);
        expect(kindsOf(await findingsOf(shared ?? '', folder, sample))).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );

  it('gives each resource of a type once, whatever the size of the pages and the order', async () => {
    for (const type of types()) {
      const sort = [...world.sortable].find((name) => name.startsWith(`${type}.`))?.slice(type.length + 1);
      const known = new Set(served(type).map(({ id = '' }) => id));
      for (const query of ['_count=97', ...(sort === undefined ? [] : [`_count=211&_sort=-${sort}`])]) {
        const ids = await matchesOf(`${type}?${query}`);
        const found = new Set(ids);
        const missing = [...known].filter((id) => !found.has(id)).length;
        const doubled = ids.length - found.size;
        expect({ type, query, count: ids.length, missing, doubled }).toEqual({
          ...{ type, query, missing: 0, doubled: 0 },
          count: known.size,
        });
      }
    }
  });
});

/** So many resources, of each type as many as of the others where it has them. */
function sampleOf(lists: readonly (readonly Resource[])[], wanted: number): readonly Resource[] {
  const random = createRandom(1);
  const shortestFirst = lists.toSorted((a, b) => a.length - b.length);
  const sample: Resource[] = [];
  for (const [at, list] of shortestFirst.entries()) {
    const share = Math.ceil((wanted - sample.length) / (shortestFirst.length - at));
    sample.push(...random.sample(list, share));
  }
  return sample;
}
