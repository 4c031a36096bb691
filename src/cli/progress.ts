/** Where text for people goes. */
export interface Terminal {
  write(text: string): void;
  /** Whether a line can be written over. */
  readonly isInteractive: boolean;
}

export type Progress = (step: string, done: number, of: number) => void;

/**
 * Reports preparation to a person: one line for each step, which counts up in place on a terminal and is written when it begins and ends elsewhere.
 */
export function createProgress(terminal: Terminal): Progress {
  let current = '';
  return (step, done, of) => {
    const finished = done >= of;
    const begins = step !== current;
    if (begins) current = step;
    if (terminal.isInteractive) {
      terminal.write(`\r\u001b[2K  ${step} ${finished ? 'done' : `${percent(done, of)} %`}${finished ? '\n' : ''}`);
    } else if (begins || finished) {
      terminal.write(`  ${step}${finished ? ' done' : ' …'}\n`);
    }
    if (finished) current = '';
  };
}

function percent(done: number, of: number): number {
  return of === 0 ? 0 : Math.floor((100 * done) / of);
}
