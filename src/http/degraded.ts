import type { FileHealth } from '../contracts/index.ts';
import type { FeedState, ServerState, SystemState } from './state.ts';

/** Links older than so many of their intervals are late. */
const LATE_INTERVALS = 3;
/** They are counted every fifteen seconds. */
const LATE_COUNT_MS = 2 * 60_000;
/** A message that waits longer is not waiting for its turn. */
const STUCK_MS = 15 * 60_000;

/** Sentences about the server itself. */
export function degradedServer({ store, status, audit, linksAsOfMs, linksEveryMs, nowMs }: ServerState): string[] {
  const found: string[] = [];
  if (!store.isUp) found.push('Our own store does not answer: every request is refused with 503.');
  if (status === 'waiting for links between patients')
    found.push(
      'Which registrations are the same patient was never read from the systems: every request is refused with 503.',
    );
  if (status === 'draining') found.push('The server is stopping.');
  if (audit.failing) found.push('The last audit record could not be written: every request is refused with 503.');
  if (linksAsOfMs !== undefined && nowMs - linksAsOfMs > LATE_INTERVALS * linksEveryMs)
    found.push('Links between patients are late: a patient known in two systems may be seen apart.');
  return found;
}

export function degradedSystem(
  { circuit, pool, stewardship, files, expectations }: SystemState,
  nowMs: number,
): string[] {
  const found: string[] = [];
  if (circuit !== 'closed') found.push(`Its circuit is ${circuit}: what needs it is refused with 503.`);
  if (pool.waiting > 0) found.push(`${pool.waiting} requests wait for one of its ${pool.max} connections.`);
  if (files !== undefined) found.push(...degradedFiles(files));
  found.push(...degradedExpectations(expectations));
  if (stewardship.reviewDate < instant(nowMs).slice(0, 10)) found.push('Its mapping is due for review.');
  return found;
}

function degradedExpectations({ closed, without }: SystemState['expectations']): string[] {
  const found: string[] = [];
  if (closed.length > 0)
    found.push(`Its tables lack what ${closed.join(', ')} cannot do without: what needs them is refused with 503.`);
  if (without.length > 0)
    found.push(`Its tables lack optional columns: ${without.join(', ')} and the searches by them are turned off.`);
  return found;
}

function degradedFiles({ loaded, refused, overdue }: FileHealth): string[] {
  const found: string[] = [];
  if (loaded === undefined) found.push('None of its deliveries is loaded yet: what needs it is refused with 503.');
  else if (overdue) found.push(`Its files are of ${loaded.asOf}, which is older than promised.`);
  if (refused !== undefined) found.push(`Its newest delivery was refused, ${refused.fault}: ${refused.reason}.`);
  return found;
}

/** What a feed's steward should look at. */
export function degradedFeed({ port, counted, isSilent, stewardship }: FeedState, nowMs: number): string[] {
  const found: string[] = [];
  if (port === undefined) found.push('It is not listened for.');
  if (counted !== undefined && nowMs - counted.atMs > LATE_COUNT_MS)
    found.push(`Its messages could not be counted since ${instant(counted.atMs)}.`);
  if (isSilent)
    found.push(
      counted?.newestMs === undefined
        ? 'It is silent: nothing has come yet, which is longer than it should.'
        : `It is silent: nothing has come since ${instant(counted.newestMs)}, which is longer than it should.`,
    );
  const quarantined = (counted?.messages ?? []).filter(({ state }) => state === 'quarantined');
  const total = quarantined.reduce((sum, { messages }) => sum + messages, 0);
  if (total > 0) found.push(`${total} of its messages are in quarantine: fascia inbox list --state quarantined.`);
  const stuck = counted?.messages.find(({ state, oldestAtMs }) => state === 'queued' && nowMs - oldestAtMs > STUCK_MS);
  if (stuck !== undefined) found.push(`Its oldest queued message has waited since ${instant(stuck.oldestAtMs)}.`);
  if (stewardship.reviewDate < instant(nowMs).slice(0, 10)) found.push('It is due for review.');
  return found;
}

export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
