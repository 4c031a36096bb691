import type pg from 'pg';
import { Fault } from '../../../core/index.ts';
import { cancelRunning } from './cancel.ts';
import { isStaleStatement } from './failures.ts';
import type { Pool } from './pool.ts';

/** What runs on one connection. Rejects with the driver's error, or with `Interrupted` when the caller or the deadline ended it. */
export interface Executor {
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>, signal: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/** No connection could be had. `cause` is the driver's error. */
export class NoConnection extends Error {}

export class Interrupted extends Error {
  readonly by: 'caller' | 'deadline';
  constructor(by: 'caller' | 'deadline', cause?: unknown) {
    super('The statement was interrupted.', { cause });
    this.by = by;
  }
}

/**
 * One connection for one piece of work. When the signal aborts, or the server is silent beyond `deadlineMs`, what runs is cancelled in the database
 * and the connection is given up, because a late cancellation could hit its next statement.
 */
export function createExecutor(pool: Pool, deadlineMs: number): Executor {
  const cancelling = new Set<Promise<void>>();
  const giveUp = (client: pg.PoolClient): void => {
    const cancelled = cancelRunning(client).finally(() => cancelling.delete(cancelled));
    cancelling.add(cancelled);
    client.release(true);
  };
  return {
    async withClient(work, signal) {
      const client = await acquire(pool, signal);
      let isReleased = false;
      const { promise: interrupted, reject } = Promise.withResolvers<never>();
      const interrupt = (by: 'caller' | 'deadline'): void => {
        if (isReleased) return;
        isReleased = true;
        giveUp(client);
        reject(new Interrupted(by, signal.reason));
      };
      const onAbort = (): void => {
        interrupt('caller');
      };
      const timer = setTimeout(() => {
        interrupt('deadline');
      }, deadlineMs);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const result = await Promise.race([work(client), interrupted]);
        isReleased = true;
        client.release();
        return result;
      } catch (error) {
        if (!isReleased) client.release(!leavesSession(error));
        isReleased = true;
        throw error;
      } finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      }
    },
    async close() {
      await Promise.all(cancelling);
      await pool.close();
    },
  };
}

/** A report of the server leaves the session usable, unless the statement's name went stale; so does a refusal of ours. */
function leavesSession(error: unknown): boolean {
  if (error instanceof Fault) return true;
  if (isStaleStatement(error)) return false;
  return typeof error === 'object' && error !== null && 'severity' in error && error.severity === 'ERROR';
}

/** Waits for a connection as long as the pool allows; a caller that goes away meanwhile does not keep the one that comes. */
function acquire(pool: Pool, signal: AbortSignal): Promise<pg.PoolClient> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new Interrupted('caller', signal.reason));
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    pool.connect().then(
      (client) => {
        signal.removeEventListener('abort', onAbort);
        if (signal.aborted) client.release();
        else resolve(client);
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(new NoConnection('No connection.', { cause }));
      },
    );
  });
}
