import { join } from 'node:path';
import { argv } from 'node:process';
import { startChild } from './child.ts';
import { compare } from './comparison.ts';
import { isLoaded, openDataset } from './data/dataset.ts';
import { measureGrowth } from './growth.ts';
import { goalLine, isMet, type Goal } from './goals.ts';
import type { LoadAnswers } from './load/client.ts';
import { measurePaging } from './paging.ts';
import { createReport } from './report.ts';
import { FULL, quickSizes } from './sizes.ts';

const report = createReport();
const sizes = argv.includes('--quick') ? quickSizes(isLoaded(FULL.patients)) : FULL;
const many = await openDataset(sizes.patients, '127.0.0.2', report);
const few = await openDataset(sizes.fewPatients, '127.0.0.3', report);
const client = await startChild<LoadAnswers>(join(import.meta.dirname, 'load', 'client.ts'), {});
const goals: Goal[] = [];
const judge = (found: readonly Goal[]): void => {
  for (const goal of found) report.goal(goalLine(goal));
  goals.push(...found);
};
try {
  judge(await compare(many, client, sizes.comparison, report));
  judge(await measureGrowth(few, many, client, sizes, report));
  judge(await measurePaging(many, sizes.pagedRows, report));
} finally {
  await client.stop();
  await Promise.all([few, many].map(({ database }) => database.detach()));
}
process.exitCode = goals.every(isMet) ? 0 : 1;
