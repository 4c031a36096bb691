import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A process as a user of a terminal meets it. */
export interface Running {
  readonly pid: number;
  /** What it has said so far, on both streams. */
  readonly output: () => string;
  /** Resolves when the output matches; rejects when the process ends before. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  /** To the process alone. */
  readonly signal: (signal: NodeJS.Signals) => void;
  /** To every process of the terminal, as Ctrl-C does. */
  readonly signalGroup: (signal: NodeJS.Signals) => void;
}

/** Starts a process in a group of its own. */
export function run(
  command: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string },
): Running {
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid = 0 } = child;
  let output = '';
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      output += piece.toString();
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    pid,
    ended,
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output);
          if (found === null) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then((code) => {
          reject(new Error(`ended with ${String(code)} before it said ${String(pattern)}:\n${output}`));
        });
      }),
    signal: (signal) => process.kill(pid, signal),
    signalGroup: (signal) => process.kill(-pid, signal),
  };
}
