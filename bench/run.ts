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

/** `npm run bench -- [--quick] [part ...]`: without parts all of them. */
const PARTS = ['comparison', 'shapes', 'types', 'paging'] as const;

const report = createReport();
const asked = argv.slice(2).filter((argument) => argument !== '--quick');
const unknown = asked.filter((part) => !PARTS.some((known) => known === part));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; the parts are ${PARTS.join(', ')}.`);
const parts = asked.length === 0 ? PARTS : PARTS.filter((part) => asked.includes(part));
const sizes = argv.includes('--quick') ? quickSizes(isLoaded(FULL.patients)) : FULL;
const many = await openDataset(sizes.patients, '127.0.0.2', report);
const few = await openDataset(sizes.fewPatients, '127.0.0.3', report);
const client = await startChild<LoadAnswers>(join(import.meta.dirname, 'load', 'client.ts'), {});
const goals: Goal[] = [];
const judge = (found: readonly Goal[]): void => {
  for (const goal of found) report.goal(goalLine(goal));
  goals.push(...found);
};
const measure: Readonly<Record<(typeof PARTS)[number], () => Promise<readonly Goal[]>>> = {
  comparison: () => compare(many, client, sizes, report),
  shapes: () => measureGrowth('shapes', few, many, client, sizes, report),
  types: () => measureGrowth('types', few, many, client, sizes, report),
  paging: () => measurePaging(many, sizes.pagedRows, report),
};
try {
  for (const part of parts) judge(await measure[part]());
} finally {
  await client.stop();
  await Promise.all([few, many].map(({ database }) => database.detach()));
}
process.exitCode = goals.every(isMet) ? 0 : 1;
