import { pino, type DestinationStream } from 'pino';
import type { Emit, NamedEvent } from '../core/index.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** How serious each event is. Events are the only thing that is logged, and none of them carries PHI. */
const levels: Readonly<Record<NamedEvent['event'], Exclude<LogLevel, 'silent'>>> = {
  'server.listening': 'info',
  'server.stopping': 'info',
  'server.stopped': 'info',
  'server.defect': 'error',
  'request.done': 'info',
  'database.adopted': 'warn',
  'database.started': 'info',
  'database.recovered': 'warn',
  'store.migrated': 'info',
  'demo.progress': 'debug',
  'system.answered': 'debug',
  'system.circuit': 'warn',
  'system.failed': 'warn',
  'system.drifted': 'error',
  'system.restored': 'info',
  'row.damaged': 'debug',
  'code.unmapped': 'debug',
  'rows.damaged': 'warn',
  'codes.unmapped': 'warn',
  'codes.undeclared': 'warn',
  'persons.linked': 'info',
  'audit.written': 'debug',
  'audit.failed': 'error',
  'inbox.kept': 'debug',
  'inbox.failed': 'error',
  'inbox.mapped': 'debug',
  'inbox.stalled': 'error',
  'message.defect': 'error',
  'message.set-aside': 'warn',
  'feed.listening': 'info',
  'feed.disconnected': 'warn',
  'feed.silent': 'warn',
  'feed.heard': 'info',
  'files.loaded': 'info',
  'files.refused': 'error',
  'files.rejected': 'warn',
  'files.overdue': 'warn',
  'traces.lost': 'warn',
};

export interface Log {
  readonly emit: Emit;
  /** Writes what is still held back; for the end of the process. */
  readonly flush: () => void;
}

/** Lines are held back until so many characters wait or so much time has passed: a system call for each would cost more than the line. */
const HELD_BACK_LENGTH = 8_192;
const HELD_BACK_MS = 200;

/** The log of a process: JSON lines on standard error, so that standard output stays with what people read. */
export function openLog(level: LogLevel): Log {
  const standardError = pino.destination({
    dest: 2,
    sync: false,
    minLength: HELD_BACK_LENGTH,
    periodicFlush: HELD_BACK_MS,
  });
  return {
    emit: createLog(level, standardError),
    flush: () => {
      standardError.flushSync();
    },
  };
}

/** Writes named events as JSON lines. In: the least level to write, and where to. */
export function createLog(level: LogLevel, destination: DestinationStream): Emit {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (named) => {
    const written = isProbe(named) ? 'debug' : levels[named.event];
    // The most frequent events are the least wanted ones.
    if (!logger.isLevelEnabled(written)) return;
    const { event, ...facts } = named;
    logger[written](facts, event);
  };
}

/** Balancers ask for health every second; that is not worth a line. */
function isProbe(named: NamedEvent): boolean {
  return named.event === 'request.done' && ['/livez', '/readyz', '/status'].includes(named.route);
}
