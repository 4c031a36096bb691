import type pg from 'pg';
import type { Clock, Emit } from '../../../core/index.ts';

export interface PgSystemOptions {
  /** The system's name in configuration, answers and events. */
  readonly id: string;
  /** A URL, or what `pg` takes in its place. */
  readonly connection: string | pg.PoolConfig;
  /** Where tables that name no schema lie, in lower case; by default where the database looks for them. */
  readonly schema?: string | undefined;
  readonly poolMax: number;
  readonly statementTimeoutMs: number;
  /** Bounds the wait for a free connection and the making of a new one. */
  readonly connectTimeoutMs: number;
  readonly hopKeysMax: number;
  /** Statements that the planner expects to cost more are refused as too costly. It costs an EXPLAIN before each statement, and keeps no plans. */
  readonly costCeiling?: number | undefined;
  /** False behind a pooler that shares sessions between transactions: nothing stays in a session. */
  readonly namedStatements: boolean;
  /** Most statement names that one connection holds. */
  readonly namesMax?: number | undefined;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly circuit?: CircuitOptions | undefined;
}

export interface CircuitOptions {
  /** So many failures in a row open the circuit. */
  readonly failuresMax: number;
  /** After so long one statement may try again. */
  readonly retryAfterMs: number;
}
