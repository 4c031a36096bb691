/** How often something is measured. */
export interface Amount {
  /**
   * Many short rounds rather than few long ones, since the machine's weather changes within a long one; an even number, so that as many go backwards
   * as forwards: whoever follows a neighbour that filled the caches pays for it.
   */
  readonly rounds: number;
  /** Rounds before the first that counts: a large program is compiled over tens of thousands of requests. */
  readonly warmUpRounds: number;
  /** Requests of one operation in one round. */
  readonly requests: number;
}

/** How much is measured. */
export interface Sizes {
  /** Patients of the large data set. */
  readonly patients: number;
  /** Patients whose labs are about 10,000 rows. */
  readonly fewPatients: number;
  /** Ours against the others: a few percent of node's time count. */
  readonly comparison: Amount;
  /** What audit adds is a tenth of a request: it takes many rounds to tell it from the machine's weather, and warm ones, since audit is compiled anew. */
  readonly audit: Amount;
  /** Few rows against many, one server against itself. */
  readonly growth: Amount;
  /** The same for the requests of each type, which are many kinds. */
  readonly perType: Amount;
  /** Rows of the walk through all pages. */
  readonly pagedRows: number;
}

export const FEW_PATIENTS = 310;

export const FULL: Sizes = {
  patients: 100_000,
  fewPatients: FEW_PATIENTS,
  comparison: { rounds: 32, warmUpRounds: 30, requests: 400 },
  audit: { rounds: 64, warmUpRounds: 24, requests: 400 },
  growth: { rounds: 12, warmUpRounds: 4, requests: 500 },
  perType: { rounds: 8, warmUpRounds: 3, requests: 200 },
  pagedRows: 1_000_000,
};

/** Ends within ten minutes. `large`: the large data set where a full run has left it, else a tenth of it. */
export function quickSizes(large: boolean): Sizes {
  return {
    ...FULL,
    patients: large ? FULL.patients : 10_000,
    comparison: { rounds: 12, warmUpRounds: 8, requests: 300 },
    audit: { rounds: 12, warmUpRounds: 6, requests: 300 },
    growth: { rounds: 6, warmUpRounds: 3, requests: 300 },
    perType: { rounds: 4, warmUpRounds: 1, requests: 100 },
    pagedRows: 100_000,
  };
}
