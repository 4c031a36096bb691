import { Fault, placesOf, type Emit } from '../core/index.ts';
import { outcomeOf } from '../fhir/index.ts';
import type { Answer, Call } from './exchange.ts';

/**
 * The answer to a call that failed: an OperationOutcome under the fault's status. What is no Fault is a defect of ours: the caller learns only
 * that, and the log the place in our code but never the message, which may quote a row.
 */
export function refusal(error: unknown, call: Call, emit: Emit, route = '/'): Answer {
  const fault = asFault(error, call, emit);
  const retry = fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
  const allow = fault.allow === undefined ? {} : { Allow: fault.allow.join(', ') };
  return {
    status: fault.status,
    headers: {
      'Content-Type': 'application/fhir+json; charset=utf-8',
      'Cache-Control': 'no-store',
      ...retry,
      ...allow,
    },
    body: outcomeOf(fault),
    route,
    fault: fault.code,
  };
}

/** The fault that an error is. Emits `server.defect` for what is none. */
export function asFault(error: unknown, call: Call, emit: Emit): Fault {
  if (error instanceof Fault) return error;
  const name = error instanceof Error ? error.name : typeof error;
  emit({ event: 'server.defect', requestId: call.requestId, name, message: placesOf(error) });
  return new Fault('server.defect', 'The server failed to answer. Report it with the X-Request-Id of this answer.', {
    cause: error,
  });
}
