import { readFileSync, statSync, globSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Fault, type Clock } from '../core/index.ts';
import {
  connectMllp,
  fieldText,
  parseHeader,
  parseMessage,
  splitMessages,
  type MllpConnection,
} from '../sources/hl7v2/index.ts';

export interface MllpSendOptions {
  readonly host: string;
  readonly port: number;
  /** Messages are sent over so many at the same time, each waiting for its answer before the next. */
  readonly connections: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly print: (line: string) => void;
}

/** One message of a file. */
interface Sending {
  readonly place: string;
  readonly bytes: Buffer;
}

/** What a sender that asks for answers only sometimes (MSH-15) waits for one. */
const MAYBE_MS = 1_000;

/**
 * `fascia mllp-send`: sends the messages of files, and prints each answer and the rate. In: files, and folders whose files are meant. Out: 0 where every message
 * was accepted, 1 otherwise. Throws `file.unreadable` for a path that is not there, and `feed.unreachable` where nobody listens.
 */
export async function mllpSend(paths: readonly string[], options: MllpSendOptions): Promise<number> {
  const { clock, print, connections } = options;
  const messages = paths.flatMap((path) => messagesOf(path, print));
  if (messages.length === 0) {
    print('No message was found: none of the files has a line that begins with MSH.');
    return 1;
  }
  const counts = new Map<string, number>();
  const queue = messages.values();
  const beganMs = clock.nowMs();
  await Promise.all(
    Array.from({ length: Math.min(connections, messages.length) }, async () => {
      await sendEach(queue, options, (code) => counts.set(code, (counts.get(code) ?? 0) + 1));
    }),
  );
  const seconds = Math.max(clock.nowMs() - beganMs, 1) / 1000;
  const told = [...counts].map(([code, count]) => `${count} ${code}`).join(', ');
  print(
    `${messages.length} messages in ${seconds.toFixed(1)} s (${Math.round(messages.length / seconds)} per second): ${told}`,
  );
  return [...counts.keys()].every((code) => ACCEPTED.includes(code)) ? 0 : 1;
}

const UNWANTED = 'no answer wanted';
const ACCEPTED = ['AA', 'CA', UNWANTED];

function messagesOf(path: string, print: (line: string) => void): readonly Sending[] {
  const files = filesOf(path);
  return files.flatMap((file) => {
    const messages = splitMessages(readFileSync(file));
    const name = relative(process.cwd(), file);
    if (messages.length === 0) print(`–   ${name}: no message`);
    return messages.map((bytes, at) => ({ bytes, place: messages.length === 1 ? name : `${name}#${at + 1}` }));
  });
}

function filesOf(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
  } catch (cause) {
    throw new Fault('file.unreadable', `There is no file or folder ${path}.`, { cause });
  }
  return globSync('**/*', { cwd: path, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function sendEach(
  queue: Iterator<Sending> & Iterable<Sending>,
  options: MllpSendOptions,
  count: (code: string) => void,
): Promise<void> {
  let connection: MllpConnection | undefined;
  for (const message of queue) {
    const wanted = wantedAnswer(message.bytes);
    const timeoutMs = wanted === 'maybe' ? MAYBE_MS : options.timeoutMs;
    connection ??= await connectMllp({ ...options, timeoutMs: options.timeoutMs });
    const began = options.clock.nowMs();
    const answer = await connection.send(message.bytes, wanted === 'never' ? 0 : timeoutMs).catch((error: unknown) => {
      connection = undefined;
      return error as Error;
    });
    const { code, text } = judged(message.bytes, answer, wanted);
    count(code);
    options.print(`${code}  ${message.place}${text}  ${options.clock.nowMs() - began} ms`);
  }
  connection?.close();
}

/** By MSH-15: with ER, silence means that the message was accepted. */
function wantedAnswer(message: Buffer): 'always' | 'maybe' | 'never' {
  const accept = parseHeader(message.toString('latin1'))?.acceptAcknowledgement.toUpperCase();
  if (accept === 'NE') return 'never';
  return accept === 'ER' ? 'maybe' : 'always';
}

function judged(
  message: Buffer,
  answer: Buffer | Error | undefined,
  wanted: ReturnType<typeof wantedAnswer>,
): { readonly code: string; readonly text: string } {
  if (answer === undefined) return { code: UNWANTED, text: '' };
  if (answer instanceof Error)
    // Silence says that all is well; a connection that breaks says nothing.
    return wanted === 'maybe' && answer.message.includes('nothing came')
      ? { code: UNWANTED, text: '' }
      : { code: 'no answer', text: `: ${answer.message}` };
  const header = parseHeader(message.toString('latin1'));
  const parsed = parseMessage(answer.toString('latin1'));
  const msa = parsed?.message.getSegment('MSA');
  const [code = '', controlId = '', text = ''] = [1, 2, 3].map((field) => fieldText(msa, field));
  const what = `  ${header?.type ?? ''}^${header?.trigger ?? ''} ${header?.controlId ?? ''}`;
  if (controlId !== header?.controlId)
    return { code: 'wrong answer', text: `${what}: it names ${controlId || 'no message'}` };
  return { code, text: `${what}${text === '' ? '' : `: ${text}`}` };
}
