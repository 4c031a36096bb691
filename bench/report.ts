import { stderr, stdout } from 'node:process';

/** Progress goes to standard error; standard output holds nothing but one line for each goal. */
export interface Report {
  /** A line of its own. */
  say(text: string): void;
  /** The share of a long step; written when it has grown by a tenth. */
  progress(step: string, done: number, of: number): void;
  /** One goal: `name measured goal ok|short`. */
  goal(line: string): void;
}

export function createReport(): Report {
  let last = '';
  return {
    say: (text) => void stderr.write(`${text}\n`),
    progress(step, done, of) {
      const line = `  ${step} ${Math.floor((10 * done) / Math.max(of, 1)) * 10} %`;
      if (line !== last) stderr.write(`${line}\n`);
      last = line;
    },
    goal: (line) => void stdout.write(`${line}\n`),
  };
}
