import { Fault, type FaultCode } from '../../../core/index.ts';

/** A failure of a system as a Fault and as the short reason of its event: a SQLSTATE or a phrase, never a name, a value or SQL. */
export interface Failure {
  readonly fault: Fault;
  readonly reason: string;
}

export const RETRY_AFTER_SECONDS = 5;

export function unavailable(id: string, reason: string, retryAfterSeconds = RETRY_AFTER_SECONDS): Failure {
  return failure('system.unavailable', `The system ${id} cannot be reached at the moment.`, reason, retryAfterSeconds);
}

export function timedOut(id: string, reason: string): Failure {
  return failure('system.timeout', `The system ${id} did not answer in time.`, reason);
}

function failure(code: FaultCode, message: string, reason: string, retryAfterSeconds?: number): Failure {
  return { fault: new Fault(code, message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), reason };
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const QUERY_CANCELED = '57014';
const LOCK_NOT_AVAILABLE = '55P03';
const CACHED_PLAN_STALE = '0A000';
const UNKNOWN_STATEMENT_NAME = '26000';
/** Connection exceptions, too many connections, shutdown and start-up, conflicts on a standby. */
const unavailableStates = /^(?:08...|53300|57P0[1-3]|57P05|25P03|40001)$/;

/** Why a statement failed, from the driver's error. */
export function failureOf(id: string, error: unknown): Failure {
  const state = sqlStateOf(error);
  if (state === undefined) return unavailable(id, 'the connection broke');
  if (state === QUERY_CANCELED || state === LOCK_NOT_AVAILABLE) return timedOut(id, state);
  if (unavailableStates.test(state)) return unavailable(id, state);
  return failure('system.failed', `The system ${id} could not answer this request.`, state);
}

/** Why no connection could be had. Whatever the cause, the system cannot be reached. */
export function connectFailureOf(id: string, error: unknown): Failure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return unavailable(id, typeof code === 'string' ? code : 'no connection in time');
}

/** A prepared statement that no longer fits the schema, or that the server does not know: a new connection does not have it. */
export function isStaleStatement(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state === CACHED_PLAN_STALE || state === UNKNOWN_STATEMENT_NAME;
}

/** Only the server's own reports have one; a broken connection has an error code of the operating system, or none. */
function sqlStateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
