import { and, type Chunk, type MemberKey, type ReadPlan } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { keysPredicate, lowerForRead } from '../lower/lower.ts';
import { resolve } from '../lower/resolve.ts';
import { fetchChildren } from './children.ts';
import type { RunEnvironment } from './environment.ts';
import { drifted } from './refuse-drifted.ts';
import { createRowWriter, isIssue, readPersons } from './write-page.ts';

/**
 * The current version of one instance. An instance out of reach is `read.not-found`, like an unknown id; a row that cannot be mapped is
 * `read.damaged`. Statements: one for the row, one per child table, one link read.
 */
export async function runRead(plan: ReadPlan, env: RunEnvironment, signal: AbortSignal): Promise<Chunk> {
  if (plan.versionId !== undefined && (plan.elements !== undefined || plan.summary !== 'false')) {
    const { interaction, type, id, where, versionId, summary, elements } = plan;
    await runRead({ interaction, type, id, where, versionId, summary: 'false' }, env, signal);
    return runRead(
      { interaction, type, id, where, summary, ...(elements === undefined ? {} : { elements }) },
      env,
      signal,
    );
  }
  const found = env.ids.read(plan.id);
  const entry = found && env.catalogue.byPrefix.get(found.branch.prefix);
  if (found === undefined || entry === undefined || found.branch.type !== plan.type) throw notFound(plan);
  if (entry.closed) throw drifted(entry);
  const lowering = await resolve(plan, env, signal);
  const where = and(keysPredicate(found.branch.key, [found.key]), lowerForRead(entry, plan.where, lowering));
  if (where.is === 'never') throw notFound(plan);
  const rendering = env.renderingOf(entry, plan);
  const { from, joins, key } = entry.branch;
  const own: MemberKey = { branch: entry.branch.prefix, key: found.key };
  const early = plan.type === 'Patient' && !lowering.persons.knows(own) ? env.links.find([own]) : undefined;
  const select = { from, joins, where, columns: rendering.columns, orderBy: key, descending: false, limit: 2 };
  const [result, persons] = await Promise.all([entry.system.run({ is: 'page', selects: [select] }, signal), early]);
  if (persons !== undefined) {
    lowering.persons.add(persons);
    lowering.persons.markAsked([own]);
  }
  const [row] = result.rows[0] ?? [];
  if (row === undefined) throw notFound(plan);
  const groups = [{ entry, rendering, rows: [row] }];
  const children = await fetchChildren(groups, signal);
  await readPersons(groups, children, lowering, env);
  const written = createRowWriter({ entry, rendering }, 'match', { lowering, children, env })(row);
  if (isIssue(written))
    throw new Fault('read.damaged', written.diagnostics, { expression: written.expression ?? plan.type });
  if (written.id !== plan.id || (plan.versionId !== undefined && plan.versionId !== written.versionId))
    throw notFound(plan);
  return { entries: [written], issues: [], systems: [entry.system.id], last: true };
}

function notFound(plan: ReadPlan): Fault {
  const what =
    plan.versionId === undefined ? 'with this id' : 'with this id in this version; only the current version is kept';
  return new Fault('read.not-found', `There is no ${plan.type} ${what}.`);
}
