import type { Finding, Inspection, Place } from '../../record/index.ts';

/** What `fascia check` found in one system: places and counts, never values. For people who may know its tables: not for callers, not for logs. */
export interface SystemReport {
  readonly system: string;
  /** What could not be looked at, and the code of the fault that was met. */
  readonly unseen: readonly { readonly what: string; readonly fault: string }[];
  /** Whether all rows were read, and each resource validated. */
  readonly complete: boolean;
  readonly expectations: readonly Expectation[];
  /** Branches that cannot be looked at, because required columns are missing. */
  readonly closed: readonly string[];
  readonly branches: readonly Inspection[];
  /** Mapped columns that were blank in every row that was looked at. */
  readonly dead: readonly Place[];
  /** Columns of the system's tables that no mapping uses. */
  readonly unused: readonly Place[];
  readonly missingIndexes: readonly MissingIndex[];
}

export interface Expectation {
  readonly is: Finding['is'];
  readonly table: string;
  readonly column?: string;
  readonly optional: boolean;
  readonly declared?: string;
  readonly live?: string;
}

/** An advertised search for which a large table has to be read from one end to the other. */
export interface MissingIndex {
  readonly type: string;
  readonly branch: string;
  readonly parameter: string;
  readonly table: string;
  readonly rows: number;
}

/** Whether there is nothing that somebody must mend. Dead and unused columns, and codes without a map, are work for stewards, not failures. */
export function isSound({ unseen, expectations, missingIndexes, branches }: SystemReport): boolean {
  return (
    unseen.length === 0 &&
    expectations.every(({ optional }) => optional) &&
    missingIndexes.length === 0 &&
    branches.every(
      ({ refused, invalid, uncoded, unreached }) =>
        refused.length + invalid.length + uncoded.length === 0 && unreached.every(({ reason }) => reason !== 'none'),
    )
  );
}

export function expectationOf(finding: Finding): Expectation {
  const { is } = finding;
  const table = finding.table.name;
  if (finding.is === 'no-table') return { is, table, optional: false };
  const { column, optional } = finding;
  return finding.is === 'no-column'
    ? { is, table, column, optional }
    : { is, table, column, optional, declared: finding.declared, live: finding.live };
}
