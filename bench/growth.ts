import type { Child } from './child.ts';
import { describe } from './comparison.ts';
import { startOurs } from './contenders.ts';
import type { Dataset } from './data/dataset.ts';
import { drawTargets, type Targets } from './data/targets.ts';
import { entriesOf } from './equality.ts';
import type { Goal } from './goals.ts';
import type { LoadAnswers } from './load/client.ts';
import { median } from './measure/middle.ts';
import { runRounds, type Contender, type Operation } from './measure/rounds.ts';
import type { Report } from './report.ts';
import type { Amount, Sizes } from './sizes.ts';
import { shapesOfTypes } from './types.ts';

const GROWTH_MOST = 1.2;
/** Distinct requests of one shape. */
const TARGETS = 100;

/** One kind of request. */
export interface Shape {
  readonly name: string;
  readonly pathsOf: (targets: Targets, contender: Contender) => readonly string[] | Promise<readonly string[]>;
}

const repeated = (path: string): readonly string[] => Array.from({ length: TARGETS }, () => path);

/** The searches that an index of the hospital serves, whatever the number of rows. */
const SHAPES: readonly Shape[] = [
  { name: 'read-patient', pathsOf: ({ patients }) => patients },
  { name: 'read-observation', pathsOf: ({ results }) => results },
  {
    name: 'patient-by-identifier',
    pathsOf: ({ people }) =>
      people.map(({ recordNumber }) => `/fhir/Patient?identifier=https://meridian.example/sid/mrn|${recordNumber}`),
  },
  {
    name: 'patient-by-family-and-birthdate',
    pathsOf: ({ people }) =>
      people.map(({ family, born }) => `/fhir/Patient?family=${encodeURIComponent(family)}&birthdate=${born}`),
  },
  { name: 'labs-by-patient-code-date', pathsOf: ({ labs }) => labs },
  {
    name: 'labs-by-patient-newest',
    pathsOf: ({ people }) => people.map(({ id }) => `/fhir/Observation?patient=${id}&_sort=-date&_count=20`),
  },
  {
    name: 'labs-by-code-newest',
    pathsOf: () => repeated('/fhir/Observation?code=http://loinc.org|2823-3&_sort=-date&_count=20'),
  },
  {
    name: 'dispenses-by-patient',
    pathsOf: ({ people }) => people.map(({ id }) => `/fhir/MedicationDispense?patient=${id}&_count=20`),
  },
  { name: 'first-page-of-all-labs', pathsOf: () => repeated('/fhir/Observation?_count=20') },
];

/** Which requests grow: the listed shapes, or those of each type. */
export type GrowthOf = 'shapes' | 'types';

/** What one request costs with few and with many rows, node and database together. */
export async function measureGrowth(
  of: GrowthOf,
  few: Dataset,
  many: Dataset,
  client: Child<LoadAnswers>,
  sizes: Sizes,
  report: Report,
): Promise<readonly Goal[]> {
  const [small, large] = await Promise.all([startOurs(few), startOurs(many)]);
  try {
    const drawn = {
      small: await drawTargets(few, sizes.growth.requests),
      large: await drawTargets(many, sizes.growth.requests),
    };
    const field = { small, large, drawn, client, report };
    return of === 'shapes'
      ? await measureShapes(SHAPES, field, sizes.growth)
      : await measureShapes(await shapesOfTypes(small), field, sizes.perType);
  } finally {
    await Promise.all([small.server.stop(), large.server.stop()]);
  }
}

interface Field {
  readonly small: Contender;
  readonly large: Contender;
  readonly drawn: { readonly small: Targets; readonly large: Targets };
  readonly client: Child<LoadAnswers>;
  readonly report: Report;
}

async function measureShapes(
  shapes: readonly Shape[],
  { small, large, drawn, client, report }: Field,
  { requests: wanted, rounds, warmUpRounds }: Amount,
): Promise<readonly Goal[]> {
  const operations: Operation[] = [];
  for (const { name, pathsOf } of shapes) {
    const pairs = await pairBySize(small, await pathsOf(drawn.small, small), large, await pathsOf(drawn.large, large));
    if (pairs.length === 0) throw new Error(`The data sets have no answers of equal size for ${name}.`);
    report.say(`  ${name}: ${pairs.length} pairs of targets`);
    const requests = Array.from({ length: wanted }, (_, i) => pairs[i % pairs.length] ?? ['', '']);
    const paths = { small: requests.map(([path]) => path), large: requests.map(([, path]) => path) };
    operations.push({ name, pathsFor: (contender) => (contender === small ? paths.small : paths.large) });
  }
  const costs = await runRounds({
    ...{ client, operations, rounds, warmUpRounds, contenders: [small, large] },
    onRound: (done, of) => {
      report.progress('growth', done, of);
    },
  });
  describe(costs, report);
  return operations.map((operation) => {
    const of = (contender: Contender): readonly number[] =>
      (costs.get(operation)?.get(contender) ?? []).map(({ nodeUs, databaseUs }) => nodeUs + databaseUs);
    const fewCosts = of(small);
    const measured = median(of(large).map((cost, i) => cost / (fewCosts[i] ?? NaN)));
    return { name: `growth-${operation.name}`, measured, most: GROWTH_MOST };
  });
}

type Pair = readonly [small: string, large: string];

/** Pairs requests whose answers have equally many entries, so that only the number of rows around them differs. */
async function pairBySize(
  small: Contender,
  smallPaths: readonly string[],
  large: Contender,
  largePaths: readonly string[],
): Promise<readonly Pair[]> {
  const bySize = new Map<number, string[]>();
  for (const path of largePaths.slice(0, TARGETS * 3)) {
    const { entries, clean } = await entriesOf(large, path);
    if (clean && entries.length > 0) bySize.set(entries.length, [...(bySize.get(entries.length) ?? []), path]);
  }
  const pairs: Pair[] = [];
  for (const path of smallPaths.slice(0, TARGETS)) {
    const { entries, clean } = await entriesOf(small, path);
    const partner = clean ? bySize.get(entries.length)?.pop() : undefined;
    if (partner !== undefined) pairs.push([path, partner]);
  }
  return pairs;
}
