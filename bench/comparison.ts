import type { Child } from './child.ts';
import { startLimit, startOurs, startUsual, withAudit } from './contenders.ts';
import type { Dataset } from './data/dataset.ts';
import { drawTargets } from './data/targets.ts';
import { comparablePaths } from './equality.ts';
import type { Goal } from './goals.ts';
import type { LoadAnswers } from './load/client.ts';
import { median, middleMean } from './measure/middle.ts';
import { runRounds, type Contender, type Cost, type Costs, type Operation } from './measure/rounds.ts';
import type { Report } from './report.ts';
import type { Amount, Sizes } from './sizes.ts';

interface Bounds {
  readonly limit: number;
  readonly usual: number;
}

const LABS: Bounds = { limit: 1.5, usual: 0.6 };
const READ: Bounds = { limit: 1.6, usual: 0.75 };
const AUDIT_MOST = 1.4;

interface Field {
  readonly ours: Contender;
  readonly limit: Contender;
  readonly usual: Contender;
}

/** Ours against the limit and the usual facade, without audit; then what audit adds, against what a bare grouped insert adds. */
export async function compare(
  dataset: Dataset,
  client: Child<LoadAnswers>,
  { comparison, audit }: Pick<Sizes, 'comparison' | 'audit'>,
  report: Report,
): Promise<readonly Goal[]> {
  // Before the others: its start links persons.
  const ours = await startOurs(dataset);
  const [limit, usual] = await Promise.all([startLimit(dataset), startUsual(dataset)]);
  const field: Field = { ours, limit, usual };
  try {
    const compared = await comparedIn(dataset, field, comparison.requests, report);
    const costsIn = (name: string, contenders: readonly Contender[], amount: Amount): Promise<Costs> =>
      measuredCosts({ client, contenders, compared, amount, name, report });
    const costs = await costsIn('comparison', [ours, limit, usual], comparison);
    const pairs: Audited = { ours: [ours, withAudit(ours)], limit: [limit, withAudit(limit)] };
    const auditCosts = await costsIn('audit', [...pairs.ours, ...pairs.limit], audit);
    return [...compared.flatMap((one) => goalsOf(one, costs, field)), auditGoal(auditCosts, pairs, report)];
  } finally {
    await Promise.all([ours, limit, usual].map(({ server }) => server.stop()));
  }
}

/** The two that write audit records, each without and with them: neighbours in every round, so that both have the same weather. */
interface Audited {
  readonly ours: readonly [bare: Contender, audited: Contender];
  readonly limit: readonly [bare: Contender, audited: Contender];
}

/** An operation by its name, the paths whose answers are equal, and its goals. */
interface Compared {
  readonly name: string;
  readonly paths: readonly string[];
  readonly bounds: Bounds;
}

interface Measured {
  readonly client: Child<LoadAnswers>;
  readonly contenders: readonly Contender[];
  readonly compared: readonly Compared[];
  readonly amount: Amount;
  readonly name: string;
  readonly report: Report;
}

async function measuredCosts({ client, contenders, compared, amount, name, report }: Measured): Promise<Costs> {
  const costs = await runRounds({
    client,
    contenders,
    operations: compared.map((one) => operationOf(one, amount.requests)),
    rounds: amount.rounds,
    warmUpRounds: amount.warmUpRounds,
    onRound: (done, of) => {
      report.progress(name, done, of);
    },
  });
  describe(costs, report);
  return costs;
}

function operationOf({ name, paths }: Compared, count: number): Operation {
  const requests = Array.from({ length: count }, (_, i) => paths[i % paths.length] ?? '');
  return { name, pathsFor: () => requests };
}

async function comparedIn(dataset: Dataset, field: Field, count: number, report: Report): Promise<readonly Compared[]> {
  const targets = await drawTargets(dataset, count);
  const { ours, usual: versionless } = field;
  const others = [field.limit, field.usual];
  const compared: Compared[] = [];
  for (const [name, drawn, bounds] of [
    ['read-patient', targets.patients, READ],
    ['read-observation', targets.results, READ],
    ['labs', targets.labs, LABS],
  ] as const) {
    const { paths, entries } = await comparablePaths({
      ours,
      others,
      paths: drawn,
      count,
      versionless,
    });
    if (paths.length === 0) throw new Error(`There is nothing to ask for ${name}.`);
    report.say(`  ${name}: ${paths.length} targets with equal answers, ${entries.toFixed(1)} entries each`);
    compared.push({ name, paths, bounds });
  }
  return compared;
}

function goalsOf({ name, bounds }: Compared, costs: Costs, field: Field): readonly Goal[] {
  const measured = [...costs].find(([operation]) => operation.name === name)?.[1];
  const against = (other: Contender): number =>
    median(ratios(nodeCosts(measured, field.ours), nodeCosts(measured, other)));
  return [
    { name: `${name}-node-to-limit`, measured: against(field.limit), most: bounds.limit },
    { name: `${name}-node-to-usual`, measured: against(field.usual), most: bounds.usual },
  ];
}

/**
 * What audit adds to all operations of a round together: to one alone it adds a few percent, which are lost among the differences between rounds.
 */
function auditGoal(costs: Costs, { ours, limit }: Audited, report: Report): Goal {
  const added = ([bare, audited]: Audited['ours']): number =>
    [...costs].reduce((sum, [operation, measured]) => {
      const more = middleMean(forthAndBack(differences(nodeCosts(measured, audited), nodeCosts(measured, bare))));
      report.say(`  audit adds to ${operation.name} of ${bare.name}: ${more.toFixed(0)} microseconds of node`);
      return sum + more;
    }, 0);
  const [measured, least] = [added(ours), added(limit)];
  return { name: 'audit-to-bare-insert', measured: least > 0 ? measured / least : NaN, most: AUDIT_MOST };
}

/** A round that went forwards together with the next, which went backwards: who comes second finds the caches of the first. */
function forthAndBack(byRound: readonly number[]): readonly number[] {
  return byRound.flatMap((forth, i) => (i % 2 === 0 ? [(forth + (byRound[i + 1] ?? NaN)) / 2] : []));
}

function nodeCosts(
  measured: ReadonlyMap<Contender, readonly Cost[]> | undefined,
  contender: Contender,
): readonly number[] {
  return (measured?.get(contender) ?? []).map(({ nodeUs }) => nodeUs);
}

function ratios(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((value, i) => value / (right[i] ?? NaN));
}

function differences(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((value, i) => value - (right[i] ?? NaN));
}

/** Node and database apart, medians of the rounds. */
export function describe(costs: Costs, report: Report): void {
  for (const [operation, byContender] of costs) {
    report.say(`  ${operation.name}: CPU per request in microseconds`);
    for (const [contender, measured] of byContender) {
      const of = (pick: (cost: Cost) => number): string => median(measured.map(pick)).toFixed(0).padStart(7);
      report.say(
        `    ${contender.name.padEnd(16)} node ${of((cost) => cost.nodeUs)}  database ${of((cost) => cost.databaseUs)}`,
      );
    }
  }
}
