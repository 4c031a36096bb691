import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Emit, NamedEvent } from '../../core/index.ts';
import type { ServerState } from '../../http/index.ts';
import { observeState } from './state-gauges.ts';

/** Counts of named events, and gauges of the server's state, as Prometheus reads them. */
export interface Metrics {
  readonly emit: Emit;
  /** The exposition text for a state of the server. */
  text(state: ServerState): Promise<string>;
  readonly contentType: string;
}

const requestBuckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const statementBuckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

type Observers = { readonly [E in NamedEvent['event']]?: (event: Extract<NamedEvent, { event: E }>) => void };

/**
 * A registry of its own. Labels take few values: declared routes, systems, branches and elements, statuses and fault codes, never anything that
 * a caller or a row brings.
 */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = observeState(registry);
  const observers = createObservers(registry);
  return {
    contentType: registry.contentType,
    emit: (event) => {
      const observe = observers[event.event] as ((event: NamedEvent) => void) | undefined;
      observe?.(event);
    },
    text: (state) => {
      gauges(state);
      return registry.metrics();
    },
  };
}

function createObservers(registry: Registry): Observers {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name: `fascia_${name}`, help, labelNames, registers });
  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram({ name: `fascia_${name}_seconds`, help, labelNames, buckets, registers });

  const requests = counter('http_requests_total', 'Answered requests.', ['route', 'status', 'fault']);
  const durations = seconds('http_request_duration', 'Time until an answer was written.', ['route'], requestBuckets);
  const defects = counter('defects_total', 'Failures that are defects of this software.');
  const statements = seconds(
    'system_statement_duration',
    'Time until a statement was answered, with the wait for a connection.',
    ['system'],
    statementBuckets,
  );
  const failures = counter('system_failures_total', 'Statements that failed.', ['system', 'fault']);
  const circuits = counter('system_circuit_changes_total', 'Changes of a circuit.', ['system', 'state']);
  const damaged = counter('rows_damaged_total', 'Rows that could not be mapped.', ['system', 'branch', 'element']);
  const unmapped = counter('codes_unmapped_total', 'Codes without a map.', ['system', 'branch', 'element']);
  const auditRecords = counter('audit_records_total', 'Audit records made durable.');
  const auditSeconds = seconds('audit_write_duration', 'Time of an insert into the log.', [], statementBuckets);
  const auditFailures = counter('audit_failures_total', 'Inserts into the log that failed.');
  const spansLost = counter('spans_lost_total', 'Spans that the collector of traces did not take.');
  const linked = new Gauge({
    name: 'fascia_persons',
    help: 'Persons by the last linking.',
    labelNames: ['kind'],
    registers,
  });
  return {
    'request.done': ({ route, status, ms, fault = '' }) => {
      requests.inc({ route, status, fault });
      durations.observe({ route }, ms / 1000);
    },
    'server.defect': () => {
      defects.inc();
    },
    'system.answered': ({ system, ms }) => {
      statements.observe({ system }, ms / 1000);
    },
    'system.failed': ({ system, fault }) => {
      failures.inc({ system, fault });
    },
    'system.circuit': ({ system, state }) => {
      circuits.inc({ system, state });
    },
    'row.damaged': ({ system, branch, element }) => {
      damaged.inc({ system, branch, element });
    },
    'code.unmapped': ({ system, branch, element }) => {
      unmapped.inc({ system, branch, element });
    },
    'audit.written': ({ records, ms }) => {
      auditRecords.inc(records);
      auditSeconds.observe(ms / 1000);
    },
    'audit.failed': () => {
      auditFailures.inc();
    },
    'traces.lost': ({ spans }) => {
      spansLost.inc(spans);
    },
    'persons.linked': (event) => {
      for (const kind of ['linked', 'candidates', 'dangling'] as const) linked.set({ kind }, event[kind]);
    },
  };
}
