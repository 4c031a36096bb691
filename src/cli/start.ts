import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { startServer, stopSignal, openLog, type Config, type RunningServer } from '../app/index.ts';
import { placesOf, systemClock } from '../core/index.ts';
import { createProgress, type Terminal } from './progress.ts';

/** `fascia start`: prepares, listens, says what to try, and ends when it is told to. */
export async function startCommand(config: Config): Promise<void> {
  const log = openLog(config.log);
  process.on('uncaughtException', (error: unknown) => {
    // Node's own report quotes the message, which may hold data of a patient.
    const name = error instanceof Error ? error.name : typeof error;
    log.emit({ event: 'server.defect', requestId: 'none', name, message: placesOf(error) });
    log.flush();
    process.exit(1);
  });
  const terminal: Terminal = {
    write: (text) => process.stdout.write(text),
    isInteractive: process.stdout.isTTY,
  };
  const stopped = stopSignal(process, systemClock, (signal) => {
    terminal.write(`\n${signal} again: stopping at once.\n`);
    process.exit(1);
  });
  terminal.write(
    config.demo === undefined
      ? 'Starting Fascia …\n'
      : 'Starting Fascia with the demo hospital Meridian (all data is synthetic) …\n',
  );
  const abandon = new AbortController();
  const starting = startServer({
    config,
    emit: log.emit,
    onProgress: createProgress(terminal),
    signal: abandon.signal,
  });
  const first = await Promise.race([starting, stopped]);
  if (typeof first === 'string') {
    abandon.abort();
    return leave(await starting.catch(() => undefined), first, terminal, log.flush);
  }
  terminal.write(welcome(first, config));
  await leave(first, await stopped, terminal, log.flush);
}

async function leave(
  server: RunningServer | undefined,
  signal: string,
  terminal: Terminal,
  flush: () => void,
): Promise<void> {
  terminal.write('\nStopping: requests in flight are finished …\n');
  await server?.stop(signal);
  flush();
  terminal.write('Stopped.\n');
  // A pipe whose reader is slow takes the last line later than this.
  process.stdout.write('', () => process.exit(0));
}

function welcome({ url, examples, installation }: RunningServer, config: Config): string {
  const lines = examples.map(({ shows, command }) => `  # ${shows}\n  ${command}`);
  const open =
    'Everybody on this machine can read everything: access is "open-loopback", meant for development and evaluation.';
  return `
Fascia is ready at ${url}  (FHIR R4 at ${url}/fhir)
${open}

Open ${url} in a browser, or try:
${lines.join('\n')}

${dataNote(config.home, installation.dataFolder)}Ctrl-C stops.
`;
}

function dataNote(home: string, folder: string | undefined): string {
  if (folder === undefined) return '';
  return isInside(home, folder)
    ? `Data lies in ${home}; delete that folder to begin anew. `
    : `Data lies in ${folder}, because the account that runs PostgreSQL cannot enter ${home}; delete both to begin anew. `;
}

/** A home may be named through a link; the folder is always the real one. */
function isInside(home: string, folder: string): boolean {
  return !relative(realpathSync(home), folder).startsWith('..');
}
