import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import type { Clock, NamedEvent } from '../../src/core/index.ts';
import { testClock } from '../support/demo-home.ts';
import { openScratch, type Scratch, type ScratchServer } from '../support/scratch.ts';

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: { readonly stringValue?: string; readonly intValue?: number };
  }[];
  readonly status: { readonly code?: number };
}

interface OtlpRequest {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
}

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/** A collector that takes OTLP over HTTP as JSON (https://opentelemetry.io/docs/specs/otlp/#otlphttp). */
interface Collector {
  readonly url: string;
  /** Everything that was sent, as it came. */
  readonly bodies: string[];
  /** The spans of one trace, once so many have come. */
  spansOf(traceId: string, atLeast: number): Promise<readonly OtlpSpan[]>;
  close(): Promise<void>;
}

async function openCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const arrived = new EventTarget();
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.setHeader('Content-Type', 'application/json').end('{}');
      arrived.dispatchEvent(new Event('spans'));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const spans = (): readonly OtlpSpan[] =>
    bodies.flatMap((body) =>
      (JSON.parse(body) as OtlpRequest).resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    bodies,
    async spansOf(traceId, atLeast) {
      for (;;) {
        const found = spans().filter((span) => span.traceId === traceId);
        if (found.length >= atLeast) return found;
        await once(arrived, 'spans');
      }
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const attributeOf = (span: OtlpSpan | undefined, key: string): string | number | undefined => {
  const value = span?.attributes.find((attribute) => attribute.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
};

const traceIds = Array.from({ length: 6 }, (_, i) => String(i + 1).repeat(32));
/** It goes on, so that statements take their time. */
const clock: Clock = { nowMs: () => testClock.nowMs() + performance.now() };

const parentId = '00f067aa0ba902b7';
const traced = (traceId: string, isSampled = true): RequestInit => ({
  headers: { traceparent: `00-${traceId}-${parentId}-0${isSampled ? 1 : 0}` },
});

describe('traces of a running server', () => {
  let scratch: Scratch;
  let collector: Collector;
  let server: ScratchServer;

  beforeAll(async () => {
    [scratch, collector] = await Promise.all([openScratch(), openCollector()]);
    server = await scratch.start({ settings: { traces: { url: collector.url } }, clock });
  });
  afterAll(async () => {
    await scratch.drop();
    await collector.close();
  });

  it('go on with the trace of a caller: a request, and below it the statements that it needed', async () => {
    const [traceId = ''] = traceIds;
    const answer = await server.fetch('Observation?_count=2', traced(traceId));
    expect(answer.status).toBe(200);
    const spans = await collector.spansOf(traceId, 2);
    const request = spans.find(({ kind }) => kind === SERVER);
    expect(request).toMatchObject({ name: 'GET /fhir/Observation', parentSpanId: parentId });
    expect(attributeOf(request, 'http.response.status_code')).toBe(200);
    expect(attributeOf(request, 'http.route')).toBe('/fhir/Observation');
    expect(attributeOf(request, 'fascia.request_id')).toBe(answer.headers.get('x-request-id'));
    const below = spans.filter(({ kind }) => kind === CLIENT);
    expect(below.map(({ name }) => name)).toContain('statement meridian-ehr');
    for (const span of below) {
      expect(span.parentSpanId).toBe(request?.spanId);
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThan(BigInt(span.startTimeUnixNano));
      expect(BigInt(span.startTimeUnixNano)).toBeGreaterThanOrEqual(
        BigInt(request?.startTimeUnixNano ?? 0) - 2_000_000n,
      );
    }
  });

  it('keep requests apart that run at the same time', async () => {
    const [, first = '', second = ''] = traceIds;
    const asked = await Promise.all([
      server.fetch('Encounter?_count=5', traced(first)),
      server.fetch('MedicationDispense?_count=5', traced(second)),
    ]);
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    const systemsOf = async (traceId: string): Promise<ReadonlySet<string>> =>
      new Set((await collector.spansOf(traceId, 2)).filter(({ kind }) => kind === CLIENT).map(({ name }) => name));
    expect(await systemsOf(first)).toEqual(new Set(['statement meridian-ehr']));
    expect(await systemsOf(second)).toEqual(new Set(['statement meridian-pharmacy']));
  });

  it('leave out what a caller does not sample, and tell nothing of a patient', async () => {
    const [, , , , unsampled = '', last = ''] = traceIds;
    const found = (await (await server.fetch('Patient?_count=20', traced(unsampled, false))).json()) as Bundle<Patient>;
    const patients = (found.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Patient' ? [resource] : [],
    );
    const told: string[] = [];
    for (const { id = '', name } of patients) {
      const family = name?.[0]?.family ?? '';
      await server.fetch(`Patient/${id}`);
      await server.fetch(`Patient?family=${encodeURIComponent(family)}`);
      await server.fetch(`Zork${family}/${id}`, { method: 'POST', body: family });
      told.push(id, family, encodeURIComponent(family));
    }
    await server.fetch('Patient?_count=1', traced(last));
    await collector.spansOf(last, 2);
    const everything = collector.bodies.join('\n');
    expect(everything).not.toContain(unsampled);
    const words = new Set(everything.split(/[^\p{L}\p{N}.%-]+/u));
    expect(told.filter((text) => text !== '' && words.has(text))).toEqual([]);
    expect(everything).not.toMatch(/Zork|PATMAST|select/);
  });

  it('show which system failed, and that the caller was told so', async () => {
    const [, , , traceId = ''] = traceIds;
    await scratch.proxies.ehr.refuse();
    expect((await server.fetch('Practitioner?_count=1', traced(traceId))).status).toBe(503);
    const spans = await collector.spansOf(traceId, 2);
    const errors = spans.map((span) => [span.name, span.status.code, attributeOf(span, 'error.type')]);
    expect(errors).toContainEqual(['GET /fhir/Practitioner', ERROR, 'system.unavailable']);
    expect(errors).toContainEqual(['statement meridian-ehr', ERROR, 'system.unavailable']);
  });
});

describe('traces without a collector', () => {
  it('cost no answer; what is lost is said, and a stop does not wait for it', async () => {
    const scratch = await openScratch();
    const lost = Promise.withResolvers<NamedEvent>();
    try {
      const collector = await openCollector();
      await collector.close();
      const server = await scratch.start({
        settings: { traces: { url: collector.url } },
        emit: (event) => {
          if (event.event === 'traces.lost') lost.resolve(event);
        },
      });
      expect((await server.fetch('Observation?_count=2')).status).toBe(200);
      await server.stop();
      expect(await lost.promise).toMatchObject({ spans: expect.any(Number), reason: expect.any(String) });
    } finally {
      await scratch.drop();
    }
  });
});
