import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { generatePopulation, sharedTruth, truthsOf } from '../../demo/index.ts';
import { loadConfig, loadModules, type Config, type SystemReport } from '../../src/app/index.ts';
import { runCheck, type CheckCommandOptions } from '../../src/cli/check.ts';
import { startEmbedded, type EmbeddedDatabase } from '../../src/store/index.ts';
import { isOfElement } from '../support/damaged-rows.ts';
import { preparedHome, silent, testClock, testPatients, testSeed } from '../support/demo-home.ts';

const config = loadConfig({ FASCIA_HOME: preparedHome() }, process.cwd());
const terminal = { write: () => undefined, isInteractive: false };

interface Checked {
  readonly code: number;
  readonly text: string;
  readonly reports: readonly SystemReport[];
}

async function check(systems: readonly string[], options: CheckCommandOptions, of: Config = config): Promise<Checked> {
  let text = '';
  const print = (line: string): void => void (text += line);
  const code = await runCheck(of, systems, { ...options, json: true }, { print, terminal });
  return { code, text, reports: (JSON.parse(text) as { readonly systems: SystemReport[] }).systems };
}

const population = generatePopulation({
  ...{ seed: testSeed, patients: testPatients },
  ...{ anchorDate: '2026-11-20', throughDate: '2026-11-19' },
});
const truths = [...truthsOf(population)];

/** Values without which their resource is the same: some of each reason, and of each way in which rows are stored. */
const REASONS: readonly string[] = [
  'pd dispense.unit unknown',
  'mp PATADDR.FROM_DT unknown',
  'mp PATADDR.PT_NO rows',
  'mc PRBLST.CODES unmapped',
  'mc PRBLST.ABT_DT policy',
  'me LABEAV.ATTR_VAL unmapped',
  'mhr VITALS.ERR_FLG policy',
  'mad DRUGMST.SENS_CD repeated',
  'rp patient.sex policy',
  'rs series.study rows',
];

describe('fascia check --all of the demo hospital', () => {
  let all: Checked;
  let reports: ReadonlyMap<string, SystemReport>;
  beforeAll(async () => {
    all = await check([], { all: true, large: testPatients });
    reports = new Map(all.reports.map((report) => [report.system, report]));
  }, 600_000);
  const branchesOf = (system: string): SystemReport['branches'] => reports.get(system)?.branches ?? [];

  it('counts exactly the rows that its generator damaged, by table and element', async () => {
    const branches = (await loadModules(config.modules)).flatMap((module) => module.branches);
    const tables = new Map(branches.map(({ prefix, from }) => [prefix, from.table.name]));
    const damaged = [sharedTruth(population), ...truths].flatMap((truth) => truth.damaged);
    const expected = new Map<string, number>();
    for (const { native, element } of damaged)
      expected.set(`${native.table} ${element}`, (expected.get(`${native.table} ${element}`) ?? 0) + 1);
    const found = new Map<string, number>();
    for (const { branch, refused } of all.reports.flatMap(({ branches }) => branches)) {
      for (const { element, count } of refused) {
        const name =
          [...expected.keys()].find((one) => isOfElement(one, `${tables.get(branch) ?? ''} ${element}`)) ?? element;
        found.set(name, (found.get(name) ?? 0) + count);
      }
    }
    expect(expected.size).toBeGreaterThan(10);
    expect(found).toEqual(expected);
    expect(all.code).toBe(1);
  });

  it('counts codes that no map knows, with the columns that hold them', () => {
    const labs = branchesOf('meridian-ehr').find(({ branch }) => branch === 'ml')?.unmapped ?? [];
    const flags = truths.flatMap(({ persons }) => persons.flatMap(({ labs }) => labs));
    const local = flags.filter(
      ({ native, interpretation }) =>
        native.table === 'LABRSLT' && interpretation?.system === 'https://meridian.example/cs/abnormal-flag',
    );
    expect(local.length).toBeGreaterThan(0);
    expect(labs).toContainEqual({
      element: 'Observation.interpretation',
      columns: ['LABRSLT.ABN_FLG'],
      count: local.length,
    });
  });

  it('finds columns that nothing uses, and advertised searches without an index', () => {
    const { unused = [], missingIndexes = [], dead } = reports.get('meridian-ehr') ?? {};
    expect(unused).toContainEqual({ table: 'LABCD', column: 'DEF_UNIT' });
    expect(unused).not.toContainEqual({ table: 'LOCMST', column: 'FN_CD' });
    expect(all.reports.flatMap((report) => report.unused).map(({ column }) => column)).not.toContain('fascia line');
    expect(dead).toEqual([]);
    const searches = missingIndexes.map(({ branch, parameter }) => `${branch}?${parameter}`);
    expect(searches).toEqual(expect.arrayContaining(['mp?gender', 'mp?address-city', 'ml?status']));
    for (const indexed of ['mp?_id', 'mp?birthdate', 'mp?family', 'mp?identifier', 'ml?patient', 'ml?code', 'ml?date'])
      expect(searches).not.toContain(indexed);
  });

  it('says nothing that a row holds', () => {
    const persons = truths.flatMap((truth) => truth.persons);
    const held = persons.flatMap(({ family, identifiers }) => [family, ...identifiers.map(({ value }) => value)]);
    const told = new Set(all.text.split(/["\s,.:()]/));
    expect(held.filter((value) => value !== undefined && value.length > 2 && told.has(value))).toEqual([]);
    expect(all.text).not.toMatch(/MG-\d{10}/);
  });

  it('looks at the first and the last rows only, unless it is told otherwise', async () => {
    const { reports: few } = await check(['meridian-pharmacy'], { rows: 10 });
    expect(few.map(({ system }) => system)).toEqual(['meridian-pharmacy']);
    const rows = Object.fromEntries(few[0]?.branches.map((one) => [one.branch, [one.rows, one.isWhole]]) ?? []);
    expect(rows).toEqual({ pc: [10, false], pr: [10, false], ps: [5, true], pd: [10, false] });
    expect(few[0]?.missingIndexes).toEqual([]);
  });

  it('finds every resource valid, and a reason for every value that is in none', () => {
    const branches = all.reports.flatMap((report) => report.branches);
    expect(all.reports.map(({ system, unseen }) => ({ system, unseen }))).toEqual(
      config.systems.map(({ id }) => ({ system: id, unseen: [] })),
    );
    expect(branches.filter(({ isWhole }) => !isWhole)).toEqual([]);
    expect(branches.flatMap(({ branch, invalid }) => invalid.map((one) => ({ branch, ...one })))).toEqual([]);
    const unreached = branches.flatMap(({ branch, unreached: values }) => values.map((one) => ({ branch, ...one })));
    expect(unreached.filter(({ reason }) => reason === 'none')).toEqual([]);
    const told = unreached.map(({ branch, table, column, reason }) => `${branch} ${table}.${column} ${reason}`);
    expect(told).toEqual(expect.arrayContaining([...REASONS]));
  });
});

describe('fascia check of a system that was changed', () => {
  const name = `check_${String(process.pid)}`;
  let database: EmbeddedDatabase;
  const run = async (on: string, ...texts: readonly string[]): Promise<void> => {
    const client = new pg.Client({ ...database.connection(on) });
    await client.connect();
    try {
      for (const text of texts) await client.query(text);
    } finally {
      await client.end();
    }
  };
  const changed = (connection: Config['systems'][number]['connection']): Config => ({
    ...config,
    systems: config.systems.map((system) => (system.id === 'meridian-pharmacy' ? { ...system, connection } : system)),
  });
  beforeAll(async () => {
    database = await startEmbedded({ home: preparedHome(), emit: silent, clock: testClock });
    await run('postgres', `create database ${name} template pristine_meridian_pharmacy`);
    await run(
      name,
      'alter table dispense rename sig to directions',
      'alter table customer alter phone type varchar(40)',
      `update customer set phone = ' '`,
      'alter table prescriber alter npi type bytea using null',
    );
  });
  afterAll(async () => {
    await run('postgres', `drop database ${name} with (force)`);
    await database.detach();
  });

  it('names what is missing, what is of another kind, and what is always blank; the rest is looked at', async () => {
    const { code, reports } = await check(['meridian-pharmacy'], {}, changed({ database: name }));
    const [report] = reports;
    expect(code).toBe(1);
    expect(report?.expectations).toEqual(
      expect.arrayContaining([
        { is: 'no-column', table: 'dispense', column: 'sig', optional: false },
        { is: 'other-kind', table: 'prescriber', column: 'npi', optional: false, declared: 'text', live: 'bytea' },
      ]),
    );
    expect(report?.expectations).toHaveLength(2);
    expect(report?.closed).toEqual(['Practitioner (pr)', 'MedicationDispense (pd)']);
    expect(report?.branches.map(({ branch }) => branch)).toEqual(['pc', 'ps']);
    expect(report?.dead).toEqual([{ table: 'customer', column: 'phone' }]);
    expect(report?.unused).toContainEqual({ table: 'dispense', column: 'directions' });
  });

  it('says of a system that does not answer that it was not seen', async () => {
    const { code, reports } = await check(
      ['meridian-pharmacy'],
      {},
      changed({ url: 'postgres://nobody@127.0.0.1:1/none' }),
    );
    expect({ code, unseen: reports[0]?.unseen }).toEqual({
      code: 1,
      unseen: [{ what: 'tables', fault: 'system.unavailable' }],
    });
  });

  it('refuses a system that is not configured', async () => {
    await expect(check(['nowhere'], {})).rejects.toThrow('There is no system nowhere');
  });
});
