import type { SystemHealth } from '../../../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../../../core/index.ts';
import type { CircuitOptions } from './options.ts';
import { unavailable } from './failures.ts';

type Health = Omit<SystemHealth, 'pool'>;

export interface Breaker {
  /** Does work that asks the system, if the circuit lets it. */
  through<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>;
  health(): Health;
}

const byDefault: CircuitOptions = { failuresMax: 5, retryAfterMs: 5_000 };

/**
 * Stops asking a system that does not answer: after some failures in a row all statements fail at once, until after a delay one may try. Only an
 * unreachable or silent system counts; one that reports an error, such as a missing column, has answered.
 */
export function breakCircuit(options: {
  readonly id: string;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly circuit?: CircuitOptions | undefined;
}): Breaker {
  const { id, clock, emit } = options;
  const { failuresMax, retryAfterMs } = options.circuit ?? byDefault;
  let circuit: Health['circuit'] = 'closed';
  let lastSuccessMs: number | undefined;
  let failures = 0;
  let openedMs = 0;
  const turn = (state: Health['circuit']): void => {
    if (state === circuit) return;
    circuit = state;
    emit({ event: 'system.circuit', system: id, state });
  };
  const admit = (): void => {
    if (circuit === 'closed') return;
    const leftMs = openedMs + retryAfterMs - clock.nowMs();
    if (circuit === 'half-open' || leftMs > 0) {
      throw unavailable(id, 'circuit open', Math.max(1, Math.ceil(leftMs / 1000))).fault;
    }
    turn('half-open');
  };
  const fail = (): void => {
    failures += 1;
    if (circuit === 'closed' && failures < failuresMax) return;
    openedMs = clock.nowMs();
    turn('open');
  };
  const answered = (): void => {
    failures = 0;
    turn('closed');
  };
  return {
    health: () => ({ circuit, lastSuccessMs }),
    async through(work, signal) {
      admit();
      try {
        const result = await work();
        answered();
        lastSuccessMs = clock.nowMs();
        return result;
      } catch (error) {
        if (signal.aborted) {
          // Nothing was learnt; the next statement may try.
          if (circuit === 'half-open') turn('open');
        } else if (error instanceof Fault && isSilence(error)) fail();
        else answered();
        throw error;
      }
    },
  };
}

function isSilence(fault: Fault): boolean {
  return fault.code === 'system.unavailable' || fault.code === 'system.timeout';
}
