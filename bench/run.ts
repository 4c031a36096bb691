import { join } from 'node:path';
import { argv } from 'node:process';
import { startChild } from './child.ts';
import { compare } from './comparison.ts';
import { isLoaded, openDataset } from './data/dataset.ts';
import { goalLine, isMet, type Goal } from './goals.ts';
import type { LoadAnswers } from './load/client.ts';
import { createReport } from './report.ts';
import { FULL, quickSizes } from './sizes.ts';

const report = createReport();
const sizes = argv.includes('--quick') ? quickSizes(isLoaded(FULL.patients)) : FULL;
const dataset = await openDataset(sizes.patients, report);
const client = await startChild<LoadAnswers>(join(import.meta.dirname, 'load', 'client.ts'), {});
const goals: Goal[] = [];
const judge = (found: readonly Goal[]): void => {
  for (const goal of found) report.goal(goalLine(goal));
  goals.push(...found);
};
try {
  judge(await compare(dataset, client, sizes, report));
} finally {
  await client.stop();
  await dataset.database.detach();
}
process.exitCode = goals.every(isMet) ? 0 : 1;
