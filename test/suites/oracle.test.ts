import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Patient } from '@medplum/fhirtypes';
import type { Access } from '../../src/contracts/index.ts';
import { compareAll, coverageOf, createFinder, describeMismatch, generateQueries } from '../oracle/index.ts';
import { harvest, type Harvest } from '../oracle/harvest.ts';
import { demoOracle } from '../support/demo-oracle.ts';
import { valuelessParameters } from '../support/site-setting.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server.ts';
import { isFull } from '../support/scale.ts';

/** `prove` asks for more, as much as an hour allows; the suite's own size keeps `npm test` short. */
const perParameter = isFull ? 15 : 1;
const combinations = isFull ? 1_000 : 15;
/** Shared by the types, so that a type more makes the suite no longer. */
const budget = isFull ? {} : { queriesMax: 200 };
const seed = Number(process.env['FASCIA_ORACLE_SEED'] ?? 1);
const countMax = 500;
const LONG = 3_600_000;

describe('search, judged by the oracle', () => {
  let open: DemoServer;
  let world: Harvest;
  const finder = createFinder();

  beforeAll(async () => {
    open = await startDemoServer();
    world = await harvest({ baseUrl: open.base, read: async (path) => (await open.fetch(path)).json() }, countMax);
  });
  afterAll(() => open.stop());

  async function judge(server: DemoServer, patient: string | undefined): Promise<void> {
    const reach = patient === undefined ? {} : { reach: { patient } };
    const oracle = demoOracle(world, server.base, finder);
    const isSortable = (type: string, code: string): boolean => world.sortable.has(`${type}.${code}`);
    const queries = generateQueries({
      oracle,
      seed,
      perParameter,
      combinations,
      ...budget,
      countMax,
      sortable: isSortable,
      ...reach,
    });
    const result = await compareAll({
      oracle,
      queries,
      countMax,
      ...reach,
      damaged: (type) => world.damaged.get(type) ?? 0,
      fetch: (path) => server.search(path),
      ...(isFull ? { progress: (line) => process.stderr.write(`oracle, ${patient ?? 'open'}: ${line}\n`) } : {}),
    });
    expect(result.mismatches.slice(0, 12).map(describeMismatch).join('\n')).toBe('');
    expect(result.mismatches).toHaveLength(0);
    expect(result.tooCostly.length).toBeLessThan(queries.length / 20);
    if (isFull && patient === undefined)
      expect(coverageOf(oracle, queries).untestedParameters).toEqual(valuelessParameters);
  }

  it('answers every query as the oracle does, under the open access', () => judge(open, undefined), LONG);

  it(
    'answers every query as the oracle does, under the access of one patient',
    async () => {
      const patients = (world.resources.get('Patient') ?? []) as readonly Patient[];
      const merged = patients.find(
        (patient) => (patient.link ?? []).filter((link) => link.type === 'replaces').length > 2,
      );
      const patient = merged?.id ?? '';
      const access: Access = { reach: { is: 'patient', patient }, agent: 'test' };
      const server = await startDemoServer({ access });
      try {
        await judge(server, patient);
      } finally {
        await server.stop();
      }
    },
    LONG,
  );
});
