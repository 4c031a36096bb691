import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Emit } from '../../core/index.ts';

/** An exporter that says when spans were lost, and why: the library keeps that to itself. */
export function telling(exporter: SpanExporter, emit: Emit): SpanExporter {
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        if (result.code !== ExportResultCode.SUCCESS)
          emit({ event: 'traces.lost', spans: spans.length, reason: reasonOf(result.error) });
        done(result);
      });
    },
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

/** An operating system's code or an HTTP status: what a collector answers in its own words is not repeated. */
function reasonOf(error: (Error & { readonly code?: unknown }) | undefined): string {
  const code = error?.code;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : (error?.name ?? 'unknown');
}
