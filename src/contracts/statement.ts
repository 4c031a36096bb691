import type { Column, KindName, Table, TableAlias } from './column.ts';
import type { Join, Predicate } from './predicate.ts';
import type { FileHealth } from './files.ts';
import type { PoolUse } from './ports.ts';
import type { Row } from './codec.ts';

/**
 * One SELECT over one branch. `columns` come back in this order as canonical texts. `orderBy` is the native order, all ascending or all
 * descending. Joins that no column, predicate or order uses are left out.
 */
export interface Select {
  readonly from: TableAlias;
  readonly joins: readonly Join[];
  readonly where: Predicate;
  readonly columns: readonly Column[];
  readonly orderBy: readonly Column[];
  readonly descending: boolean;
  /** At most so many rows; undefined for a child statement, which is bounded by its keys. */
  readonly limit?: number;
  readonly distinct?: boolean;
}

/**
 * One statement against one system. `page`: the selects become one UNION ALL, each with its own order and limit; rows of one select keep their
 * order, and each row carries the index of its select. `count`: the sum of the selects' row counts, one row with one text.
 */
export interface Statement {
  readonly is: 'page' | 'count';
  /** What the modules declare asks for it, not a caller: no cost ceiling applies. */
  readonly background?: true;
  readonly selects: readonly Select[];
}

/** Rows by select: `rows[i]` are those of `selects[i]`. For a count, `rows[0][0][0]` is the number. */
export interface Result {
  readonly rows: readonly (readonly Row[])[];
}

/** How a system is doing, from what its statements met. */
export interface SystemHealth {
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** When it last answered; undefined: not since this start. */
  readonly lastSuccessMs: number | undefined;
  readonly pool: PoolUse;
  /** Where the system is a department's files. */
  readonly files?: FileHealth;
}

/** What a system's own catalogue says of a column. */
export interface LiveColumn {
  /** As the system calls it; for people at a console, never for callers or logs. */
  readonly type: string;
  /** The kinds that a module may declare of it. */
  readonly kinds: readonly KindName[];
}

/** What a system's own catalogue says of a table: the columns that its account may read, by name. */
export type LiveTable = ReadonlyMap<string, LiveColumn>;

/** A table that a statement reads from one end to the other. */
export interface WholeRead {
  readonly table: string;
  /** How many rows the system takes it to have. */
  readonly rows: number;
}

/** One legacy system, connected: pool, circuit, timeout and dialect behind it. */
export interface SqlSystem {
  readonly id: string;
  /** Most keys that a key step may pass. */
  readonly hopKeysMax: number;
  /**
   * Runs one statement on one connection. Throws Faults: `system.failed` (502), `system.unavailable` (503, circuit open or no connection),
   * `system.timeout` (504). An abort cancels the statement in the database.
   */
  run(statement: Statement, signal: AbortSignal): Promise<Result>;
  /** Column texts of a whole select in batches, in native order, for the linker: never held in memory at once. */
  stream(select: Select, batchSize: number, signal: AbortSignal): AsyncIterable<readonly Row[]>;
  /** Asks the system's catalogue about tables; undefined for one that is not there, or of which nothing may be read. Throws as `run` does. */
  describe(tables: readonly Table[], signal: AbortSignal): Promise<readonly (LiveTable | undefined)[]>;
  /**
   * Plans a statement without running it: the tables that it would read whole, because no index leads to the rows. Throws as `run` does.
   */
  explain(statement: Statement, signal: AbortSignal): Promise<readonly WholeRead[]>;
  health(): SystemHealth;
  close(): Promise<void>;
}
