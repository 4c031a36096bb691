import type { Result, SqlSystem, Statement } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import { postgres } from '../render/postgres.ts';
import { splitRows } from '../render/finish.ts';
import { breakCircuit } from './circuit.ts';
import { describeTables } from './describe.ts';
import { explainReads } from './explain.ts';
import { createExecutor, Interrupted, NoConnection } from './execute.ts';
import { connectFailureOf, failureOf, isStaleStatement, timedOut, type Failure } from './failures.ts';
import type { PgSystemOptions } from './options.ts';
import { openPool } from './pool.ts';
import { createSessions } from './sessions.ts';
import { settingsOfTransaction } from './settings.ts';
import { createShapes, type Prepared } from './shapes.ts';
import { streamBatches } from './stream.ts';

/** How much longer than the server's own statement timeout a silent server is waited for. */
const DEADLINE_GRACE_MS = 500;

/** Connects a PostgreSQL system. Nothing is opened before the first statement, and a system that is down makes no start fail. */
export function openPgSystem(options: PgSystemOptions): SqlSystem {
  const { id, emit, clock, hopKeysMax, namedStatements } = options;
  const before = namedStatements ? undefined : settingsOfTransaction(options);
  const runOnSession = createSessions({ ...options, before });
  const pool = openPool(options);
  const executor = createExecutor(pool, options.statementTimeoutMs + DEADLINE_GRACE_MS);
  const breaker = breakCircuit(options);
  let shapes: ((statement: Statement) => Prepared) | undefined;
  const prepare = (statement: Statement): Prepared =>
    (shapes ??= createShapes(postgres(pool.traits() ?? { byteOrder: false }), namedStatements, clock))(statement);
  const attempt = (statement: Statement, signal: AbortSignal, mayName: boolean): Promise<Result> =>
    executor.withClient(async (client) => {
      const hasCeiling = statement.background !== true;
      return { rows: splitRows(statement, await runOnSession(client, prepare(statement), { mayName, hasCeiling })) };
    }, signal);
  const attemptTwice = (statement: Statement, signal: AbortSignal): Promise<Result> =>
    attempt(statement, signal, true).catch((error: unknown) => {
      if (!isStaleStatement(error)) throw error;
      return attempt(statement, signal, false);
    });
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    const startedMs = clock.nowMs();
    try {
      const result = await work();
      emit({ event: 'system.answered', system: id, ms: clock.nowMs() - startedMs });
      return result;
    } catch (error) {
      if (error instanceof Fault) throw error;
      if (error instanceof Interrupted && error.by === 'caller') throw abandoned(id, error.cause);
      const { fault, reason } = explain(id, error);
      emit({ event: 'system.failed', system: id, fault: fault.code, reason, ms: clock.nowMs() - startedMs });
      throw fault;
    }
  };
  const ask = <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => breaker.through(() => told(work), signal);
  const run: SqlSystem['run'] = (statement, signal) => ask(() => attemptTwice(statement, signal), signal);
  return {
    id,
    hopKeysMax,
    run,
    stream: (select, batchSize, signal) => streamBatches(run, select, batchSize, signal),
    describe: (tables, signal) =>
      ask(() => executor.withClient((client) => describeTables(client, tables, before), signal), signal),
    explain: (statement, signal) =>
      ask(() => executor.withClient((client) => explainReads(client, prepare(statement), before), signal), signal),
    health: () => ({ ...breaker.health(), pool: pool.use() }),
    close: () => executor.close(),
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
