import type { Rejection, RejectionReason } from '../../../contracts/index.ts';

/** The rejected lines of one file: all are counted, the first are listed. */
export interface Report {
  readonly file: string;
  readonly listedMax: number;
  /** How many lines were rejected. */
  readonly count: number;
  readonly listed: readonly Rejection[];
  readonly byReason: ReadonlyMap<RejectionReason, { readonly count: number; readonly first: number }>;
  add(rejection: Omit<Rejection, 'file'>): void;
  /** Counts further lines of a reason that is listed already. */
  addUnlisted(reason: RejectionReason, lines: number): void;
}

/** A file in which everything is wrong must not fill the memory, nor the store. */
const LISTED_MAX = 1_000;

export function createReport(file: string): Report {
  const listed: Rejection[] = [];
  const byReason = new Map<RejectionReason, { count: number; first: number }>();
  let total = 0;
  const count = (reason: RejectionReason, lines: number, line: number): void => {
    const known = byReason.get(reason) ?? { count: 0, first: line };
    byReason.set(reason, { count: known.count + lines, first: Math.min(known.first, line) });
    total += lines;
  };
  return {
    file,
    listedMax: LISTED_MAX,
    get count() {
      return total;
    },
    listed,
    byReason,
    add(rejection) {
      count(rejection.reason, 1, rejection.line);
      if (listed.length < LISTED_MAX) listed.push({ file, ...rejection });
    },
    addUnlisted: (reason, lines) => {
      if (lines > 0) count(reason, lines, Infinity);
    },
  };
}
