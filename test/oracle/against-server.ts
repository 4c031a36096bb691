/**
 * Compares a running server with the oracle, from outside: reads all that it serves, generates searches, and judges each answer.
 *
 *   node test/oracle/against-server.ts http://127.0.0.1:8080/fhir --setting test/oracle/meridian.json --seed 1
 *
 * Exit code 0: all answers are right and every parameter was tested; 1: some differ; 2: a parameter was never tested; 3: it could not run.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import { compareAll, coverageOf, createOracle, describeMismatch, generateQueries } from './index.ts';
import { harvest, httpServer } from './harvest.ts';

/** What the oracle cannot read from the server: the site's declarations. */
interface SiteSetting {
  readonly timeZone: string;
  /** `Type.param`, or `Type.param@prefix` for resources whose id begins so, to the folding of the mapped column; `lower` where none is declared. */
  readonly folding?: Readonly<Record<string, 'lower' | 'unaccent-upper'>>;
  /** The same to the code system that the mapping declares for a code element. */
  readonly codeSystem?: Readonly<Record<string, string>>;
  /** `Type.param` that the site knows to have no value in its data. */
  readonly valueless?: readonly string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    setting: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'per-parameter': { type: 'string', default: '30' },
    combinations: { type: 'string', default: '500' },
    'count-max': { type: 'string', default: '100' },
    'show-max': { type: 'string', default: '40' },
  },
});

async function run(baseUrl: string, setting: SiteSetting): Promise<number> {
  const server = httpServer(baseUrl);
  const { statement, resources, damaged, sortable } = await harvest(server, Number(values['count-max']));
  const counts = [...resources].map(([type, list]) => `${type} ${list.length} (+${damaged.get(type) ?? 0} damaged)`);
  console.log(`served: ${counts.join(', ')}`);
  const oracle = createOracle({
    ...{ resources, advertised: statement, baseUrl, zone: setting.timeZone, nowMs: Date.now() },
    folding: (type, code, resource) => declared(setting.folding, `${type}.${code}`, resource) ?? 'lower',
    codeSystem: (type, code, resource) => declared(setting.codeSystem, `${type}.${code}`, resource),
  });
  const queries = generateQueries({
    ...{ oracle, seed: Number(values.seed), countMax: Number(values['count-max']) },
    ...{ perParameter: Number(values['per-parameter']), combinations: Number(values.combinations) },
    sortable: (type, code) => sortable.has(`${type}.${code}`),
  });
  const coverage = coverageOf(oracle, queries);
  const { mismatches, tooCostly } = await compareAll({
    ...{ oracle, queries, damaged: (type: string) => damaged.get(type) ?? 0 },
    fetch: async (path) => (await server.read(path)) as Bundle | OperationOutcome,
  });
  for (const mismatch of mismatches.slice(0, Number(values['show-max']))) console.log(describeMismatch(mismatch));
  const untested = coverage.untestedParameters.filter((parameter) => !setting.valueless?.includes(parameter));
  console.log(
    `${queries.length} searches, ${mismatches.length} differ, ${tooCostly.length} too costly, ${coverage.emptyAnswers} empty`,
  );
  console.log(`untested parameters: ${untested.join(', ') || 'none'}; sorted by: ${[...sortable].join(', ')}`);
  if (mismatches.length > 0) return 1;
  return untested.length > 0 ? 2 : 0;
}

function declared<V>(rows: Readonly<Record<string, V>> = {}, name: string, resource: Resource): V | undefined {
  const [prefix = ''] = (resource.id ?? '').split('.');
  return rows[`${name}@${prefix}`] ?? rows[name];
}

const [baseUrl = 'http://127.0.0.1:8080/fhir'] = positionals;
const setting = (
  values.setting ? JSON.parse(readFileSync(values.setting, 'utf8')) : { timeZone: 'UTC' }
) as SiteSetting;
try {
  process.exitCode = await run(baseUrl.replace(/\/$/, ''), setting);
} catch (error) {
  console.error(error);
  process.exitCode = 3;
}
