import type { FeedStatus, StatusDocument } from '../app/index.ts';

/** Exit codes of `fascia status`, for scripts. */
export const STATUS_CODES = { well: 0, degraded: 2, notRunning: 3 } as const;

export interface StatusOptions {
  readonly host: string;
  readonly port: number;
  readonly json: boolean;
  readonly print: (text: string) => void;
}

const TIMEOUT_MS = 10_000;

/**
 * `fascia status`: asks the server on this machine how it and its systems are doing, and prints it. Out: 0 where all is well, 2 where something is degraded, 3
 * where no server answers.
 */
export async function showStatus({ host, port, json, print }: StatusOptions): Promise<number> {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const found = await ask(url);
  if (typeof found === 'string') {
    print(
      json ? JSON.stringify({ status: 'not running', url, reason: found }) : `No server answers at ${url}: ${found}.`,
    );
    return STATUS_CODES.notRunning;
  }
  print(json ? JSON.stringify(found) : describe(found, url));
  return isWell(found) ? STATUS_CODES.well : STATUS_CODES.degraded;
}

/** The document, or why there is none. */
async function ask(url: string): Promise<StatusDocument | string> {
  try {
    const answer = await fetch(`${url}/status`, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const body = (await answer.json().catch(() => undefined)) as Partial<StatusDocument> | undefined;
    return answer.ok && body?.systems !== undefined
      ? (body as StatusDocument)
      : 'something else than Fascia listens there';
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'it was silent for ten seconds';
    return 'nothing listens there; start one with "fascia start", or name its port with --port';
  }
}

function isWell({ status, degraded, systems, feeds }: StatusDocument): boolean {
  return (
    status === 'ready' && degraded.length === 0 && [...systems, ...feeds].every((one) => one.degraded.length === 0)
  );
}

function describe(document: StatusDocument, url: string): string {
  const { status, version, startedAt, askedAt, store, audit, linksAsOf, degraded, systems, feeds } = document;
  const links = linksAsOf === undefined ? 'never read' : `${age(linksAsOf, askedAt)} old`;
  const lines = [
    `Fascia ${version} at ${url}: ${status}, started ${startedAt}`,
    `  store ${store}; audit ${audit.failing ? 'failing' : 'up'}, ${audit.pending} records waiting; links between patients ${links}`,
    ...degraded.map((sentence) => `  ! ${sentence}`),
  ];
  for (const system of systems) {
    const { id, title, types, circuit, lastSuccess, pool, undeclared } = system;
    const last =
      lastSuccess === undefined ? 'has not answered since the start' : `answered ${age(lastSuccess, askedAt)} ago`;
    lines.push(
      '',
      `${id} (${title}): circuit ${circuit}, ${last}`,
      ...system.degraded.map((sentence) => `  ! ${sentence}`),
      ...system.rows.damaged.map(
        ({ branch, element, reason, times }) => `  ${times} × left out: ${element} (${branch}), ${reason}`,
      ),
      ...system.rows.unmapped.map(
        ({ branch, element, times }) => `  ${times} × a code without a map: ${element} (${branch})`,
      ),
      ...(undeclared.places === 0
        ? []
        : [
            `  ${undeclared.values} × no code of its module, in ${undeclared.places} columns of its newest rows: fascia check ${id}`,
          ]),
      `  owner ${system.owner}; steward ${system.clinicalSteward}; ${system.contact}; ${system.serviceLevel}; review by ${system.reviewDate}`,
      `  ${pool.open - pool.idle} of ${pool.max} connections in use; serves ${types.join(', ')}`,
    );
  }
  for (const feed of feeds) lines.push('', ...describeFeed(feed, askedAt));
  return lines.join('\n');
}

function describeFeed(feed: FeedStatus, askedAt: string): readonly string[] {
  const { id, title, port, newestMessage, messages } = feed;
  const newest = newestMessage === undefined ? 'no message yet' : `newest message ${age(newestMessage, askedAt)} ago`;
  return [
    `${id} (${title}): feed, ${port === undefined ? 'not listened for' : `listening on port ${port}`}, ${newest}`,
    ...feed.degraded.map((sentence) => `  ! ${sentence}`),
    ...messages.map(
      ({ state, reason, messages: count }) => `  ${count} × ${state}${reason === undefined ? '' : `: ${reason}`}`,
    ),
    `  serves: ${feed.decisionServed}`,
    `  owner ${feed.owner}; steward ${feed.clinicalSteward}; ${feed.contact}; ${feed.serviceLevel}; review by ${feed.reviewDate}`,
  ];
}

/** How long before `at` an instant was, for people. */
function age(instant: string, at: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(instant)) / 1000));
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
