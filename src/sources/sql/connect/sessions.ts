import type pg from 'pg';
import type { Clock } from '../../../core/index.ts';
import { refuseCostly } from './cost-ceiling.ts';
import type { Prepared } from './shapes.ts';
import { createStatementNames, type StatementNames } from './statement-names.ts';
import { queryTextRows, type TextRow } from './text-rows.ts';

const NAMES_MAX = 200;

export interface SessionOptions {
  readonly clock: Clock;
  /** The planner's cost above which a statement is refused. */
  readonly costCeiling?: number | undefined;
  /** Most statement names that one connection holds; 200 by default. */
  readonly namesMax?: number | undefined;
  /** What runs before each statement, in its transaction. */
  readonly before?: string | undefined;
}

/** How a statement may be run. */
export interface Manner {
  readonly mayName: boolean;
  readonly hasCeiling: boolean;
}

/** Runs a statement on a connection. Rejects with the driver's error, or with `search.too-costly`. */
export type RunOnSession = (client: pg.PoolClient, prepared: Prepared, manner: Manner) => Promise<TextRow[]>;

interface Session {
  plan: Prepared['plan'];
  readonly names: StatementNames;
}

/** Knows of each connection what its session was told: which statements it holds, and whether its planner keeps plans. */
export function createSessions(options: SessionOptions): RunOnSession {
  const { clock, costCeiling, namesMax = NAMES_MAX, before } = options;
  const sessions = new WeakMap<pg.PoolClient, Session>();
  const sessionOf = (client: pg.PoolClient): Session => {
    const known = sessions.get(client);
    if (known !== undefined) return known;
    const session: Session = { plan: 'chosen', names: createStatementNames(namesMax) };
    sessions.set(client, session);
    return session;
  };
  return async (client, prepared, { mayName, hasCeiling }) => {
    const { sql: text, bindings: values, took } = prepared;
    if (costCeiling !== undefined && hasCeiling) await refuseCostly(client, prepared, { ceiling: costCeiling, before });
    // Under a ceiling nothing is named: what runs must be the plan that was weighed, and a kept one was made for other values.
    const name = mayName && costCeiling === undefined ? prepared.name : undefined;
    const session = sessionOf(client);
    await tell(client, session, name === undefined ? 'chosen' : prepared.plan);
    const named = name === undefined ? undefined : { name, ...session.names.use(name) };
    const startedMs = clock.nowMs();
    try {
      return await queryTextRows(client, { text, values, named, before });
    } catch (error) {
      if (name !== undefined) session.names.doubt(name);
      throw error;
    } finally {
      took(clock.nowMs() - startedMs);
    }
  };
}

/** Tells the planner of a session whether to keep plans. It would keep those of unnamed statements as well. */
async function tell(client: pg.PoolClient, session: Session, plan: Prepared['plan']): Promise<void> {
  if (session.plan === plan) return;
  await client.query(`set plan_cache_mode = ${plan === 'kept' ? 'force_generic_plan' : 'auto'}`);
  session.plan = plan;
}
