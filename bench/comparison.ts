import type { Child } from './child.ts';
import { startLimit, startOurs, startUsual, withAudit } from './contenders.ts';
import type { Dataset } from './data/dataset.ts';
import { drawTargets } from './data/targets.ts';
import { comparablePaths } from './equality.ts';
import type { Goal } from './goals.ts';
import type { LoadAnswers } from './load/client.ts';
import { median } from './measure/median.ts';
import { runRounds, type Contender, type Cost, type Costs, type Operation } from './measure/rounds.ts';
import type { Report } from './report.ts';
import type { Amount } from './sizes.ts';

interface Bounds {
  readonly limit: number;
  readonly usual: number;
}

const LABS: Bounds = { limit: 1.5, usual: 0.6 };
const READ: Bounds = { limit: 1.6, usual: 0.75 };
const AUDIT_MOST = 1.4;

interface Field {
  readonly ours: Contender;
  readonly oursAudited: Contender;
  readonly limit: Contender;
  readonly limitAudited: Contender;
  readonly usual: Contender;
}

/** Ours against the limit and the usual facade, without audit; then what audit adds, against what a bare grouped insert adds. */
export async function compare(
  dataset: Dataset,
  client: Child<LoadAnswers>,
  amount: Amount,
  report: Report,
): Promise<readonly Goal[]> {
  // Before the others: its start links persons.
  const ours = await startOurs(dataset);
  const [limit, usual] = await Promise.all([startLimit(dataset), startUsual(dataset)]);
  const field: Field = { ours, oursAudited: withAudit(ours), limit, limitAudited: withAudit(limit), usual };
  const contenders = Object.values(field) as readonly Contender[];
  try {
    const operations = await operationsOf(dataset, field, amount, report);
    const costs = await runRounds({
      client,
      contenders,
      operations: operations.map(({ operation }) => operation),
      rounds: amount.rounds,
      warmUpRounds: amount.warmUpRounds,
      onRound: (done, of) => {
        report.progress('comparison', done, of);
      },
    });
    describe(costs, report);
    return [...operations.flatMap((compared) => goalsOf(compared, costs, field)), auditGoal(operations, costs, field)];
  } finally {
    await Promise.all([ours, limit, usual].map(({ server }) => server.stop()));
  }
}

interface Compared {
  readonly operation: Operation;
  readonly bounds: Bounds;
}

async function operationsOf(
  dataset: Dataset,
  field: Field,
  amount: Amount,
  report: Report,
): Promise<readonly Compared[]> {
  const targets = await drawTargets(dataset, amount.requests);
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
      count: amount.requests,
      versionless,
    });
    if (paths.length === 0) throw new Error(`There is nothing to ask for ${name}.`);
    report.say(`  ${name}: ${paths.length} targets with equal answers, ${entries.toFixed(1)} entries each`);
    const requests = Array.from({ length: amount.requests }, (_, i) => paths[i % paths.length] ?? '');
    compared.push({ operation: { name, pathsFor: () => requests }, bounds });
  }
  return compared;
}

function goalsOf({ operation, bounds }: Compared, costs: Costs, field: Field): readonly Goal[] {
  const nodeOf = nodeCosts(operation, costs);
  const against = (other: Contender): number => median(ratios(nodeOf(field.ours), nodeOf(other)));
  return [
    { name: `${operation.name}-node-to-limit`, measured: against(field.limit), most: bounds.limit },
    { name: `${operation.name}-node-to-usual`, measured: against(field.usual), most: bounds.usual },
  ];
}

/**
 * What audit adds to all operations of a round together: to one alone it adds a few percent, which are lost among the differences between rounds.
 */
function auditGoal(operations: readonly Compared[], costs: Costs, field: Field): Goal {
  const added = (audited: Contender, bare: Contender): number =>
    operations.reduce((sum, { operation }) => {
      const nodeOf = nodeCosts(operation, costs);
      return sum + median(differences(nodeOf(audited), nodeOf(bare)));
    }, 0);
  const bare = added(field.limitAudited, field.limit);
  const measured = bare > 0 ? added(field.oursAudited, field.ours) / bare : NaN;
  return { name: 'audit-to-bare-insert', measured, most: AUDIT_MOST };
}

function nodeCosts(operation: Operation, costs: Costs): (contender: Contender) => readonly number[] {
  const byContender = costs.get(operation);
  return (contender) => (byContender?.get(contender) ?? []).map(({ nodeUs }) => nodeUs);
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
