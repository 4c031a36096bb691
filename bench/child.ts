import { fork, type ChildProcess } from 'node:child_process';
import process from 'node:process';

/** What a child process answers: names, each with what goes in and comes out (structured clones). */
export type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** Another process of the benchmark, asked one thing at a time. */
export interface Child<A extends Answers> {
  ask<K extends keyof A & string>(name: K, input: Parameters<A[K]>[0]): Promise<Awaited<ReturnType<A[K]>>>;
  stop(): Promise<void>;
}

type Reply = { readonly value: unknown } | { readonly error: string };

const STARTED = 'started';

/**
 * Starts a TypeScript file that calls `answerAsks`, and resolves when it is ready. In: the file, its settings (JSON), flags
 * of Node, and whether its standard error is thrown away.
 * Rejects when the process ends before it is ready, or fails an ask.
 */
export async function startChild<A extends Answers>(
  file: string,
  settings: unknown,
  { quiet = false, flags = [] }: { readonly quiet?: boolean; readonly flags?: readonly string[] } = {},
): Promise<Child<A>> {
  const child = fork(file, [JSON.stringify(settings)], {
    execArgv: ['--conditions=development', '--disable-warning=ExperimentalWarning', ...flags],
    serialization: 'advanced',
    // Standard output belongs to the goals, standard error to the log of the product.
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit', 'ipc'],
  });
  await replyOf(child, file);
  return {
    ask: async (name, input) => {
      const reply = replyOf(child, file);
      child.send({ name, input });
      return (await reply) as never;
    },
    stop: () => stopped(child),
  };
}

function replyOf(child: ChildProcess, file: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => {
      child.off('message', answered);
      reject(new Error(`${file} ended with ${String(code)}`));
    };
    const answered = (message: unknown): void => {
      child.off('exit', ended);
      const reply = message as Reply;
      if ('error' in reply) reject(new Error(`${file}: ${reply.error}`));
      else resolve(reply.value);
    };
    child.once('message', answered);
    child.once('exit', ended);
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

/** The other side: tells the parent that this process is ready, answers its asks, and ends with `close` when the parent lets go. */
export function answerAsks(answers: Answers, close: () => Promise<void> = () => Promise.resolve()): void {
  const send = (reply: Reply): void => void process.send?.(reply);
  process.on('message', (message: { readonly name: string; readonly input: never }) => {
    void Promise.resolve(message)
      .then(({ name, input }) => answers[name]?.(input))
      .then(
        (value) => {
          send({ value });
        },
        (error: unknown) => {
          send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
        },
      );
  });
  process.once('disconnect', () => {
    void close().finally(() => process.exit(0));
  });
  send({ value: STARTED });
}

/** The settings that the parent gave. */
export function settingsOf(): unknown {
  return JSON.parse(process.argv[2] ?? '{}');
}
