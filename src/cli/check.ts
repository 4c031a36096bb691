import { checkSystems, isSound, type Config, type SystemReport } from '../app/index.ts';
import { describeReport } from './check-text.ts';
import type { Terminal } from './progress.ts';

export interface CheckCommandOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  /** Rows of each branch that are looked at without `all`. */
  readonly rows?: number;
  /** Tables from so many rows on need an index for what is searched. */
  readonly large?: number;
}

const byDefault = { rows: 1_000, large: 10_000 };

export interface CheckOutput {
  readonly print: (text: string) => void;
  /** Where progress is shown. */
  readonly terminal: Terminal;
}

/** `fascia check`: holds systems against their modules. Out: the exit code, 0 where there is nothing to mend. */
export async function runCheck(
  config: Config,
  systems: readonly string[],
  options: CheckCommandOptions,
  { print, terminal }: CheckOutput,
): Promise<number> {
  const { all = false, json = false, rows = byDefault.rows, large: largeRows = byDefault.large } = options;
  const reports: SystemReport[] = [];
  const onProgress = createProgress(terminal);
  for await (const report of checkSystems(config, systems, { all, rows, largeRows, onProgress })) {
    if (terminal.isInteractive) terminal.write('\r\u001b[2K');
    reports.push(report);
    if (!json) print(describeReport(report));
  }
  if (json) print(JSON.stringify({ systems: reports }));
  return reports.every(isSound) ? 0 : 1;
}

function createProgress(terminal: Terminal): (system: string, step: string, rows: number) => void {
  let last = '';
  return (system, step, rows) => {
    const line = `${system}: ${step}`;
    if (terminal.isInteractive) terminal.write(`\r\u001b[2K${line}, ${String(rows)} rows`);
    else if (line !== last) terminal.write(`${line} …\n`);
    last = line;
  };
}
