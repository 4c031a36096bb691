import type { FileHealth } from '../contracts/index.ts';
import type { Answer, Call } from './exchange.ts';
import type { FeedState, ServerState, SystemState } from './state.ts';

/** `/livez`: the process answers. */
export function answerAlive(): Promise<Answer> {
  return Promise.resolve(plain(200, '/livez', { status: 'alive' }));
}

/**
 * `/readyz`: 200 while requests can be answered, else 503. A system that is out of order does not make this server unready: the others are still
 * served, and every replica shares it. Nor does a log that cannot be written: nobody but requests would find out that it can again.
 */
export async function answerReady(probe: () => Promise<ServerState>): Promise<Answer> {
  const { status, store, audit, systems, feeds } = await probe();
  return plain(status === 'ready' ? 200 : 503, '/readyz', {
    status,
    store: store.isUp ? 'up' : 'down',
    audit: audit.failing ? 'failing' : 'up',
    systems: Object.fromEntries(systems.map((system) => [system.id, systemText(system)])),
    ...(feeds.length === 0 ? {} : { feeds: Object.fromEntries(feeds.map((feed) => [feed.id, feedText(feed)])) }),
  });
}

function systemText({ circuit, files, expectations }: SystemState): string {
  const { closed, without } = expectations;
  return [`circuit ${circuit}${filesText(files)}`, ...listed('closed', closed), ...listed('without', without)].join(
    '; ',
  );
}

function feedText({ port, counted, isSilent }: FeedState): string {
  const newest =
    counted?.newestMs === undefined ? 'nothing yet' : `newest message ${new Date(counted.newestMs).toISOString()}`;
  return `${port === undefined ? 'not listened for' : 'listening'}, ${newest}${isSilent ? ', silent' : ''}`;
}

function listed(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what}: ${names.join(', ')}`];
}

function filesText(files: FileHealth | undefined): string {
  if (files === undefined) return '';
  return files.loaded === undefined
    ? ', no files loaded yet'
    : `, files of ${files.loaded.asOf}${files.overdue ? ', overdue' : ''}`;
}

export function plain(status: number, route: string, value: unknown): Answer {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  return { status, headers, body: `${JSON.stringify(value)}\n`, route };
}

/** Whether a call only reads. */
export function isRead(call: Call): boolean {
  return call.method === 'GET' || call.method === 'HEAD';
}
