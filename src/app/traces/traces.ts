import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import {
  defaultTextMapGetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace-base';
import type { Emit, FaultCode, NamedEvent } from '../../core/index.ts';
import type { Traced } from '../../http/index.ts';
import { telling } from './telling-exporter.ts';

/** Where spans go, and how many traces that no caller has begun are kept. */
export interface TraceSettings {
  /** A collector's OTLP/HTTP endpoint for traces, as a whole URL (https://opentelemetry.io/docs/specs/otlp/#otlphttp-request). */
  readonly url: string;
  /** Between 0 and 1. A caller's own decision wins. */
  readonly sampleRatio: number;
}

export interface TraceParts extends TraceSettings {
  readonly version: string;
  readonly emit: Emit;
}

/** Named events as spans: one of each request, and below it one of each statement that a system answered or failed. */
export interface Traces {
  readonly emit: Emit;
  /** Runs the work of one request within its span, which goes on a caller's trace (https://www.w3.org/TR/trace-context/). */
  readonly traced: Traced;
  /** Sends what was not sent yet, within the bound of one export. */
  readonly close: () => Promise<void>;
}

/** A collector that is silent must not hold up a stop for longer. */
const EXPORT_TIMEOUT_MS = 2_000;
const EXPORT_EVERY_MS = 1_000;
const QUEUE_SPANS_MAX = 16_384;
const EXPORT_SPANS_MAX = 2_048;

type Observers = {
  readonly [E in NamedEvent['event']]?: (event: Extract<NamedEvent, { event: E }>, at: Place) => void;
};

/** The request that is being answered. */
interface Place {
  readonly span: Span;
  readonly context: Context;
}

/**
 * A provider of its own: nothing is registered globally. Names and attributes are declared ones, as those of metrics are: routes, methods, systems,
 * statuses and fault codes, never a target, an id or a value.
 */
export function createTraces({ url, sampleRatio, version, emit }: TraceParts): Traces {
  const exporter = telling(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), emit);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'fascia', 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        maxQueueSize: QUEUE_SPANS_MAX,
        maxExportBatchSize: EXPORT_SPANS_MAX,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('fascia', version);
  const propagator = new W3CTraceContextPropagator();
  const running = new AsyncLocalStorage<Place>();
  const observers: Observers = {
    'request.done': endRequest,
    'system.answered': ({ system, ms }, at) => {
      traceStatement(tracer, at, { system, ms });
    },
    'system.failed': ({ system, ms = 0, fault }, at) => {
      traceStatement(tracer, at, { system, ms, fault });
    },
  };
  return {
    traced: (headers, work) => {
      const parent = propagator.extract(ROOT_CONTEXT, onlyTraceContext(headers), defaultTextMapGetter);
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent);
      return running.run({ span, context: trace.setSpan(parent, span) }, work);
    },
    emit: (event) => {
      const at = running.getStore();
      if (at === undefined) return;
      (observers[event.event] as ((event: NamedEvent, at: Place) => void) | undefined)?.(event, at);
    },
    // What could not be sent was said by the exporter.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Other headers may name patients. */
function onlyTraceContext({ traceparent, tracestate }: IncomingHttpHeaders): Record<string, unknown> {
  return { traceparent, tracestate };
}

function endRequest(
  { requestId, method, route, status, fault }: Extract<NamedEvent, { event: 'request.done' }>,
  { span }: Place,
): void {
  span.updateName(route);
  span.setAttributes({
    'http.request.method': method,
    'http.route': route.slice(route.indexOf(' ') + 1),
    'http.response.status_code': status,
    'fascia.request_id': requestId,
    ...errorType(fault),
  });
  // A caller's mistake is no error of the server (https://opentelemetry.io/docs/specs/semconv/http/http-spans/#status).
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** A statement that has just ended. */
function traceStatement(
  tracer: Tracer,
  { context }: Place,
  { system, ms, fault }: { readonly system: string; readonly ms: number; readonly fault?: FaultCode },
): void {
  const endedMs = Date.now();
  const attributes = { 'fascia.system': system, ...errorType(fault) };
  const options = { kind: SpanKind.CLIENT, startTime: endedMs - ms, attributes };
  const span = tracer.startSpan(`statement ${system}`, options, context);
  if (fault !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endedMs);
}

function errorType(fault: FaultCode | undefined): Attributes {
  return fault === undefined ? {} : { 'error.type': fault };
}
