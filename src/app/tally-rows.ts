import type { Emit, NamedEvent } from '../core/index.ts';
import type { RowCounts } from '../http/index.ts';
import { repeat, type Schedule } from './schedule.ts';

/** Counts of rows and codes that could not be mapped, by the place where they were met. */
export interface RowTally extends Schedule {
  /** Hears all events. */
  readonly heard: (event: NamedEvent) => void;
  /** What was met in a system since the start. */
  of(system: string): RowCounts;
}

type Met = Extract<NamedEvent, { readonly event: 'row.damaged' | 'code.unmapped' }>;

interface Place {
  readonly met: Met;
  times: number;
  told: number;
}

/** The log has a line for each place where something was met since the line before, not for each time. */
const tellMs = 600_000;

/**
 * Counts what each answer met, since a page of damaged rows would else be a page of the log. Places are declared names, so they are few. What was not
 * told yet is told when the tally stops.
 */
export function tallyRows(emit: Emit): RowTally {
  const places = new Map<string, Place>();
  const tell = (): void => {
    for (const place of places.values()) {
      const times = place.times - place.told;
      place.told = place.times;
      if (times > 0) emit(summary(place.met, times));
    }
  };
  const schedule = repeat(
    () => {
      tell();
      return Promise.resolve();
    },
    tellMs,
    false,
  );
  return {
    async stop() {
      await schedule.stop();
      tell();
    },
    heard(event) {
      if (event.event !== 'row.damaged' && event.event !== 'code.unmapped') return;
      const name = nameOf(event);
      const known = places.get(name);
      if (known === undefined) places.set(name, { met: event, times: 1, told: 0 });
      else known.times += 1;
    },
    of(system) {
      const here = [...places.values()].filter(({ met }) => met.system === system);
      return {
        damaged: here.flatMap(({ met, times }) =>
          met.event === 'row.damaged' ? [{ branch: met.branch, element: met.element, reason: met.reason, times }] : [],
        ),
        unmapped: here.flatMap(({ met, times }) =>
          met.event === 'code.unmapped' ? [{ branch: met.branch, element: met.element, times }] : [],
        ),
      };
    },
  };
}

function nameOf(met: Met): string {
  return [met.event, met.system, met.branch, met.element, met.event === 'row.damaged' ? met.reason : ''].join('\u0000');
}

function summary(met: Met, times: number): NamedEvent {
  const { system, branch, element } = met;
  return met.event === 'row.damaged'
    ? { event: 'rows.damaged', system, branch, element, reason: met.reason, times }
    : { event: 'codes.unmapped', system, branch, element, times };
}
