import type pg from 'pg';
import type { Result, SqlSystem, Statement } from '../../../contracts/index.ts';
import { Fault, type Clock } from '../../../core/index.ts';
import { postgres } from '../render/postgres.ts';
import { splitRows } from '../render/finish.ts';
import { breakCircuit } from './circuit.ts';
import { refuseCostly } from './cost-ceiling.ts';
import { createExecutor, Interrupted, NoConnection } from './execute.ts';
import { connectFailureOf, failureOf, isStaleStatement, timedOut, type Failure } from './failures.ts';
import type { PgSystemOptions } from './options.ts';
import { openPool } from './pool.ts';
import { createShapes, type Prepared } from './shapes.ts';
import { streamBatches } from './stream.ts';
import { queryTextRows, type TextRow } from './text-rows.ts';

/** How much longer than the server's own statement timeout a silent server is waited for. */
const DEADLINE_GRACE_MS = 500;

/** Connects a PostgreSQL system. Nothing is opened before the first statement, and a system that is down makes no start fail. */
export function openPgSystem(options: PgSystemOptions): SqlSystem {
  const { id, emit, clock, hopKeysMax, costCeiling, namedStatements } = options;
  const query = createQuery(clock);
  const pool = openPool(options);
  const executor = createExecutor(pool, options.statementTimeoutMs + DEADLINE_GRACE_MS);
  let shapes: ((statement: Statement) => Prepared) | undefined;
  const attempt = (statement: Statement, signal: AbortSignal, mayName: boolean): Promise<Result> =>
    executor.withClient(async (client) => {
      shapes ??= createShapes(postgres(pool.traits() ?? { byteOrder: false }), namedStatements, clock);
      const prepared = shapes(statement);
      if (costCeiling !== undefined) await refuseCostly(client, prepared, costCeiling);
      return { rows: splitRows(statement, await query(client, prepared, mayName)) };
    }, signal);
  const run = async (statement: Statement, signal: AbortSignal): Promise<Result> => {
    try {
      return await attempt(statement, signal, true).catch((error: unknown) => {
        if (!isStaleStatement(error)) throw error;
        return attempt(statement, signal, false);
      });
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (error instanceof Interrupted && error.by === 'caller') throw abandoned(id, error.cause);
      const { fault, reason } = explain(id, error);
      emit({ event: 'system.failed', system: id, fault: fault.code, reason });
      throw fault;
    }
  };
  const breaker = breakCircuit(run, options);
  return {
    id,
    hopKeysMax,
    run: breaker.run,
    stream: (select, batchSize, signal) => streamBatches(breaker.run, select, batchSize, signal),
    health: breaker.health,
    close: () => executor.close(),
  };
}

/** Runs a statement on a connection, whose planner is told before whether to keep the plan. */
function createQuery(
  clock: Clock,
): (client: pg.PoolClient, prepared: Prepared, mayName: boolean) => Promise<TextRow[]> {
  const told = new WeakMap<pg.PoolClient, Prepared['plan']>();
  return async (client, { sql, bindings, name, plan, took }, mayName) => {
    if ((told.get(client) ?? 'chosen') !== plan) {
      await client.query(`set plan_cache_mode = ${plan === 'kept' ? 'force_generic_plan' : 'auto'}`);
      told.set(client, plan);
    }
    const named = name === undefined || !mayName ? {} : { name };
    const startedMs = clock.nowMs();
    try {
      return await queryTextRows(client, { text: sql, values: bindings, ...named });
    } finally {
      took(clock.nowMs() - startedMs);
    }
  };
}

function explain(id: string, error: unknown): Failure {
  if (error instanceof NoConnection) return connectFailureOf(id, error.cause);
  if (error instanceof Interrupted) return timedOut(id, 'silent beyond the deadline');
  return failureOf(id, error);
}

/** Nobody waits for this answer; the failure only ends the work. */
function abandoned(id: string, reason: unknown): Fault {
  return reason instanceof Fault
    ? reason
    : new Fault('system.unavailable', `The request to the system ${id} was given up by its caller.`);
}
