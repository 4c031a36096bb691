import type { FeedState, ServerState, SystemState } from '../../src/http/index.ts';

const pool = { open: 2, idle: 1, waiting: 0, max: 10 };

export function systemState(changes: Partial<SystemState> = {}): SystemState {
  return {
    id: 'ehr',
    title: 'The records',
    stewardship: {
      owner: 'Records office',
      clinicalSteward: 'Dr Stewart',
      contact: 'records@example.org',
      serviceLevel: 'office hours',
      reviewDate: '2027-01-31',
    },
    types: ['Patient'],
    circuit: 'closed',
    lastSuccessMs: undefined,
    pool,
    expectations: { comparedMs: 0, closed: [], without: [], undeclared: { places: 0, values: 0 } },
    rows: { damaged: [], unmapped: [] },
    ...changes,
  };
}

/** The state of a server where all is well, with changes. */
export function serverState(changes: Partial<ServerState> = {}): ServerState {
  return {
    status: 'ready',
    version: '0.0.0',
    startedMs: 0,
    nowMs: 60_000,
    store: { isUp: true, pool },
    audit: { pending: 0, failing: false },
    linksAsOfMs: undefined,
    linksEveryMs: 600_000,
    systems: [systemState()],
    feeds: [],
    ...changes,
  };
}

export function feedState(changes: Partial<FeedState> = {}): FeedState {
  return {
    id: 'adt',
    title: 'Admissions',
    stewardship: { ...systemState().stewardship, decisionServed: 'who is written to' },
    port: 2575,
    counted: undefined,
    isSilent: false,
    ...changes,
  };
}
