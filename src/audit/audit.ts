import type { Audit, AuditRecord } from '../contracts/index.ts';
import {
  causeCode,
  createGroupCommit,
  Fault,
  type Clock,
  type Emit,
  type GroupHealth,
  type GroupRefusal,
} from '../core/index.ts';
import { disclosureRecord, endRecord } from './records.ts';

export interface AuditOptions {
  /** One durable insert. It must settle: until then its records hold a place among those in flight. */
  readonly append: (records: readonly AuditRecord[]) => Promise<void>;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Inserts at the same time; 1 by default. More shorten the wait where the commit is slow, and make smaller groups. */
  readonly inFlightMax?: number;
  /** Records in one insert; 500 by default. */
  readonly groupMax?: number;
  /** Records that wait or are in flight; a further one is refused. 10,000 by default. */
  readonly pendingMax?: number;
  /** How long a record may wait until it is durable; 5 s by default. */
  readonly timeoutMs?: number;
}

/** The auditor with what its owner needs. */
export interface Auditing extends Audit {
  health(): GroupHealth;
  close(): Promise<void>;
}

/**
 * The auditor. Each promise resolves when its record is durable, and rejects with `audit.unavailable` (503) when the insert fails, takes too
 * long, or too many wait. `close` refuses new records and resolves when those that wait are written.
 */
export function createAudit(options: AuditOptions): Auditing {
  const { append, clock, emit, inFlightMax = 1, groupMax = 500, pendingMax = 10_000, timeoutMs = 5_000 } = options;
  const group = createGroupCommit<AuditRecord, undefined>({
    write: async (records) => {
      await append(records);
      return undefined;
    },
    ...{ clock, refuse: unavailable, inFlightMax, groupMax, pendingMax, timeoutMs },
    onWritten: (records, ms) => {
      emit({ event: 'audit.written', records, ms });
    },
    onFailed: (reason, cause) => {
      emit({ event: 'audit.failed', reason: reason === 'late' ? 'timeout' : causeCode(cause) });
    },
  });
  return {
    disclosed: (facts, access, plan, chunk) => group.add(disclosureRecord(facts, access, plan, chunk, clock.nowMs())),
    ended: (facts, access, fault) => group.add(endRecord(facts, access, fault, clock.nowMs())),
    health: () => group.health(),
    close: () => group.close(),
  };
}

const REFUSALS: Readonly<Record<GroupRefusal, string>> = {
  failed: 'The audit record could not be written.',
  late: 'The audit record was not written in time.',
  'too-many': 'Too many audit records wait to be written.',
  closing: 'The server is stopping.',
};

function unavailable(reason: GroupRefusal, cause?: unknown): Fault {
  return new Fault('audit.unavailable', `${REFUSALS[reason]} Without it no answer is given. Try again later.`, {
    retryAfterSeconds: 5,
    cause,
  });
}
