import type { FileHealth, Stewardship, SystemHealth } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import type { Answer, Call } from './exchange.ts';
import { plain } from './health.ts';
import type { RowCounts, ServerState, SystemState } from './state.ts';

/** What `/status` answers, for `fascia status`. Times are instants; what is not known is left out. */
export interface StatusDocument {
  readonly status: ServerState['status'];
  readonly version: string;
  readonly startedAt: string;
  readonly askedAt: string;
  readonly store: 'up' | 'down';
  readonly audit: ServerState['audit'];
  readonly linksAsOf?: string;
  /** Sentences about the server itself; empty where all is well. */
  readonly degraded: readonly string[];
  readonly systems: readonly SystemStatus[];
}

export interface SystemStatus extends Stewardship {
  readonly id: string;
  readonly title: string;
  readonly types: readonly string[];
  readonly circuit: SystemHealth['circuit'];
  readonly lastSuccess?: string;
  readonly pool: SystemHealth['pool'];
  /** Of a system of files: the delivery that is served. */
  readonly files?: {
    readonly asOf: string;
    readonly loadedAt: string;
    readonly lines: number;
    readonly rejected: number;
  };
  /** Types that are closed, and FHIRPaths of elements that are left out, because its tables are not what its module expects. */
  readonly closed: readonly string[];
  readonly without: readonly string[];
  /** What of its rows could not be mapped since the start, by place: for its stewards. */
  readonly rows: RowCounts;
  /** In how many columns its newest rows hold values beside the codes of its module, and how many. */
  readonly undeclared: SystemState['expectations']['undeclared'];
  /** When its tables were last compared with what is expected. */
  readonly comparedAt?: string;
  /** Sentences; empty where all is well. */
  readonly degraded: readonly string[];
}

/** Links older than so many of their intervals are late. */
const LATE_INTERVALS = 3;

/**
 * `/status`: the state of the server with the owners of its systems. It is for people on this machine: a call that came through a proxy is refused,
 * whatever host it names. Throws `access.forbidden`.
 */
export async function answerStatus(call: Call, probe: () => Promise<ServerState>): Promise<Answer> {
  const proxied = ['forwarded', 'x-forwarded-for', 'via'].find((name) => call.headers[name] !== undefined);
  if (proxied !== undefined)
    throw new Fault('access.forbidden', 'The status is told to callers on this machine only, not through a proxy.');
  return plain(200, '/status', statusDocument(await probe()));
}

export function statusDocument(state: ServerState): StatusDocument {
  const { status, version, startedMs, nowMs, store, audit, linksAsOfMs, systems } = state;
  return {
    status,
    version,
    startedAt: instant(startedMs),
    askedAt: instant(nowMs),
    store: store.isUp ? 'up' : 'down',
    audit,
    ...(linksAsOfMs === undefined ? {} : { linksAsOf: instant(linksAsOfMs) }),
    degraded: degradedServer(state),
    systems: systems.map((system) => systemStatus(system, nowMs)),
  };
}

function systemStatus(system: SystemState, nowMs: number): SystemStatus {
  const { id, title, stewardship, types, circuit, lastSuccessMs, pool, files, expectations, rows } = system;
  const { comparedMs, closed, without, undeclared } = expectations;
  const { owner, clinicalSteward, contact, serviceLevel, reviewDate } = stewardship;
  return {
    ...{ id, title, types, owner, clinicalSteward, contact, serviceLevel, reviewDate, circuit, pool },
    ...(lastSuccessMs === undefined ? {} : { lastSuccess: instant(lastSuccessMs) }),
    ...(files?.loaded === undefined ? {} : { files: loadedFiles(files.loaded) }),
    ...{ closed, without, rows, undeclared },
    ...(comparedMs === undefined ? {} : { comparedAt: instant(comparedMs) }),
    degraded: degradedSystem(system, nowMs),
  };
}

function loadedFiles({
  asOf,
  atMs,
  lines,
  rejected,
}: NonNullable<FileHealth['loaded']>): NonNullable<SystemStatus['files']> {
  return { asOf, loadedAt: instant(atMs), lines, rejected };
}

function degradedServer({ store, status, audit, linksAsOfMs, linksEveryMs, nowMs }: ServerState): string[] {
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

function degradedSystem({ circuit, pool, stewardship, files, expectations }: SystemState, nowMs: number): string[] {
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

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
