import type { FeedStewardship, FileHealth, Stewardship, SystemHealth } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import type { Answer, Call } from './exchange.ts';
import { plain } from './health.ts';
import { degradedFeed, degradedServer, degradedSystem, instant } from './degraded.ts';
import type { FeedState, MessageCount, RowCounts, ServerState, SystemState } from './state.ts';

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
  readonly feeds: readonly FeedStatus[];
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

export interface FeedStatus extends FeedStewardship {
  readonly id: string;
  readonly title: string;
  readonly port?: number;
  readonly newestMessage?: string;
  /** By state and reason, when they were last counted. */
  readonly messages: readonly Pick<MessageCount, 'state' | 'reason' | 'messages'>[];
  /** Sentences; empty where all is well. */
  readonly degraded: readonly string[];
}

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
  const { status, version, startedMs, nowMs, store, audit, linksAsOfMs, systems, feeds } = state;
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
    feeds: feeds.map((feed) => feedStatus(feed, nowMs)),
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

function feedStatus(feed: FeedState, nowMs: number): FeedStatus {
  const { id, title, stewardship, port, counted } = feed;
  const { owner, clinicalSteward, contact, serviceLevel, reviewDate, decisionServed } = stewardship;
  return {
    ...{ id, title, owner, clinicalSteward, contact, serviceLevel, reviewDate, decisionServed },
    ...(port === undefined ? {} : { port }),
    ...(counted?.newestMs === undefined ? {} : { newestMessage: instant(counted.newestMs) }),
    messages: (counted?.messages ?? []).map(({ state, reason, messages }) => ({ state, reason, messages })),
    degraded: degradedFeed(feed, nowMs),
  };
}
