/** Where text for people goes. */
export interface Terminal {
  write(text: string): void;
  /** Whether a line can be written over. */
  readonly isInteractive: boolean;
}

export type Progress = (step: string, done: number, of: number) => void;

/** What steps are called for people. */
const titles: Readonly<Record<string, string>> = {
  database: 'Starting the database',
  rows: 'Inventing people and their records',
  indexes: 'Indexing the two legacy databases',
  persons: 'Linking persons across systems',
};

/**
 * Reports preparation to a person: one line for each step, which counts up in place on a terminal, and is written when it begins and ends elsewhere.
 */
export function createProgress(terminal: Terminal): Progress {
  let current = '';
  const ended = new Set<string>();
  return (step, done, of) => {
    if (ended.has(step)) return;
    const title = titles[step] ?? step;
    const ends = done >= of;
    if (terminal.isInteractive) {
      terminal.write(`\r\u001b[2K  ${title} … ${ends ? 'done\n' : `${Math.floor((100 * done) / of)} %`}`);
    } else if (step !== current || ends) {
      terminal.write(`  ${title}${ends ? ' … done' : ' …'}\n`);
    }
    current = step;
    if (ends) ended.add(step);
  };
}
