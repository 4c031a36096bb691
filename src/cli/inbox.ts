import { Fault } from '../core/index.ts';
import { BROKEN } from '../feeds/index.ts';
import type { Inbox, InboxFilter, InboxState, KeptMessage, MadeResource, WholeMessage } from '../store/index.ts';

export const INBOX_STATES: readonly InboxState[] = ['queued', 'mapped', 'filtered', 'quarantined'];

export interface InboxListOptions extends InboxFilter {
  readonly limit: number;
  readonly json?: boolean;
}

export interface InboxRetryOptions {
  readonly feed?: string;
  readonly reason?: string;
}

/** Most messages that one command queues anew. */
const RETRY_MAX = 100_000;

/** `fascia inbox list`: the newest messages, and how many there are of each state and reason. Out: the text. */
export async function listInbox(inbox: Inbox, { limit, json = false, ...filter }: InboxListOptions): Promise<string> {
  const messages = await inbox.list(filter, limit);
  const counts = (await inbox.counts('all')).filter(
    ({ feed, state, reason }) =>
      (filter.feed ?? feed) === feed && (filter.state ?? state) === state && (filter.reason ?? reason) === reason,
  );
  if (json) return JSON.stringify({ counts, messages });
  if (messages.length === 0) return 'The inbox holds no such message.';
  const total = counts.reduce((sum, count) => sum + count.messages, 0);
  return [
    ...counts.map(
      ({ feed, state, reason, messages: count }) =>
        `${feed}: ${count} × ${state}${reason === undefined ? '' : `: ${reason}`}`,
    ),
    '',
    ...aligned(messages.map(cellsOf)),
    ...(total > messages.length ? [`… and ${total - messages.length} older; --limit shows more`] : []),
  ].join('\n');
}

/** `fascia inbox show`: one message without its text, or its bytes as they came. Throws `inbox.unknown`. */
export async function showInbox(inbox: Inbox, id: string, raw: boolean): Promise<string | Buffer> {
  const message = /^[1-9]\d{0,17}$/.test(id) ? await inbox.show(id) : undefined;
  if (message === undefined)
    throw new Fault('inbox.unknown', `The inbox holds no message ${id}. "fascia inbox list" shows which it holds.`);
  return raw ? message.body : described(message, await inbox.madeBy(id));
}

/** `fascia inbox retry`: queues messages anew, by their ids or for a reason. Out: the text. Throws `inbox.unknown` where none is named. */
export async function retryInbox(inbox: Inbox, ids: readonly string[], options: InboxRetryOptions): Promise<string> {
  const meant = await meantBy(inbox, ids, options);
  const queued = await inbox.retry(meant, BROKEN);
  const left = meant.length - queued.length;
  const why = 'they are unknown, queued or mapped already, or can only be sent again';
  return `${queued.length} queued anew${left === 0 ? '.' : `; ${left} left as they are: ${why}.`}`;
}

/** `fascia inbox dismiss`: ends the quarantine of messages of which nothing will become. Out: the text. Throws `inbox.unknown`. */
export async function dismissInbox(inbox: Inbox, ids: readonly string[], options: InboxRetryOptions): Promise<string> {
  const meant = await meantBy(inbox, ids, options);
  const done = await inbox.dismiss(meant);
  return `${done.length} dismissed${done.length === meant.length ? '.' : `; ${meant.length - done.length} were not in quarantine.`}`;
}

async function meantBy(
  inbox: Inbox,
  ids: readonly string[],
  { feed, reason }: InboxRetryOptions,
): Promise<readonly string[]> {
  const wrong = ids.find((id) => !/^[1-9]\d{0,17}$/.test(id));
  if (wrong !== undefined) throw new Fault('inbox.unknown', `${wrong} is no id of a message.`);
  if (ids.length === 0 && reason === undefined)
    throw new Fault('inbox.unknown', 'Name the messages by their ids, or all of one reason with --reason.');
  const filter = { ...(feed === undefined ? {} : { feed }), ...(reason === undefined ? {} : { reason }) };
  return ids.length > 0 ? ids : (await inbox.list(filter, RETRY_MAX)).map(({ id }) => id);
}

function cellsOf({ id, receivedAtMs, feed, state, reason, event, controlId, bytes }: KeptMessage): readonly string[] {
  const why = reason === undefined ? state : `${state}: ${reason}`;
  return [id, instant(receivedAtMs), feed, why, event || '–', shown(controlId), `${bytes} bytes`];
}

function described(message: WholeMessage, made: readonly MadeResource[]): string {
  const { id, feed, sender, controlId, event, state, reason, encoding, flaws, address, bytes, answer } = message;
  const rows: readonly (readonly [string, string])[] = [
    ['message', id],
    ['feed', feed],
    ['state', reason === undefined ? state : `${state}: ${reason}`],
    ['since', instant(message.changedAtMs)],
    ['received', `${instant(message.receivedAtMs)} from ${address}`],
    ['sender', shown(sender)],
    ['event', event || '–'],
    ['control id', shown(controlId)],
    ['bytes', `${bytes}, ${encoding}`],
    ['flaws', flaws.join(', ') || 'none'],
    ['answered', answer === undefined ? 'nothing' : shown(answerCode(answer))],
    ...made.map(({ type, id: resource, version }) => ['made', `${type}/${resource}, version ${version}`] as const),
  ];
  return [...aligned(rows), '', `Its text may tell of a patient: fascia inbox show ${id} --raw`].join('\n');
}

function answerCode(answer: Buffer): string {
  return /\rMSA.(A[AER]|C[AER])/.exec(answer.toString('latin1'))?.[1] ?? 'unknown';
}

/** What a sender wrote cannot move a cursor, and is no longer than a line. */
function shown(text: string): string {
  const plain = text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');
  return plain === '' ? '–' : plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
