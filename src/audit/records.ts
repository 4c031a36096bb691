import type { Access, AuditRecord, Chunk, Entry, Plan, RequestFacts } from '../contracts/index.ts';

/** What one chunk discloses, and to whom. */
export function disclosureRecord(
  facts: RequestFacts,
  access: Access,
  plan: Plan,
  chunk: Chunk,
  atMs: number,
): AuditRecord {
  return {
    requestId: facts.requestId,
    atMs,
    agent: access.agent,
    action: 'disclosed',
    interaction: plan.interaction,
    type: plan.type,
    query: facts.query,
    patients: patientsOf(chunk.entries),
    instances: chunk.entries.map(instanceOf),
    systems: chunk.systems,
    status: 200,
    last: chunk.last,
  };
}

/** A request that was refused (below 500) or that failed. Its plan may never have come to be, so the query alone says what was asked. */
export function endRecord(
  facts: RequestFacts,
  access: Access | undefined,
  fault: { readonly code: string; readonly status: number },
  atMs: number,
): AuditRecord {
  return {
    requestId: facts.requestId,
    atMs,
    agent: access?.agent ?? 'unverified',
    action: fault.status < 500 ? 'refused' : 'failed',
    interaction: '',
    type: '',
    query: facts.query,
    patients: [],
    instances: [],
    systems: [],
    status: fault.status,
    fault: fault.code,
    last: true,
  };
}

function instanceOf(entry: Entry): string {
  const instance = `${entry.type}/${entry.id}`;
  return entry.versionId === undefined ? instance : `${instance}/_history/${entry.versionId}`;
}

/** Each person once. Most pages are about one person, whom all entries name alike. */
function patientsOf(entries: readonly Entry[]): readonly string[] {
  const patients = new Set<string>();
  for (const entry of entries) for (const patient of entry.patients) patients.add(patient);
  return [...patients];
}
