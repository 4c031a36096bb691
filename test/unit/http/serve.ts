import type { Access, Audit, AuthorisedPlan, Chunk } from '../../../src/contracts/index.ts';
import { fixedClock, type Emit } from '../../../src/core/index.ts';
import { createValidator } from '../../../src/fhir/index.ts';
import { createApp, createFhirHandler, type FhirParts, type Handler } from '../../../src/http/index.ts';
import { legibleSealer } from '../../support/sealer.ts';
import { serverState } from '../../support/server-state.ts';
import { served } from '../fhir/served.ts';

export const access: Access = { reach: { is: 'open' }, agent: 'tester' };

export interface ServeParts {
  readonly run: (plan: AuthorisedPlan, signal: AbortSignal) => AsyncIterable<Chunk>;
  readonly audit: Audit;
  readonly emit: Emit;
  readonly changes?: Partial<FhirParts>;
  readonly requestTimeoutMs?: number;
}

/** The routes over a record layer and an auditor that a test makes up. */
export function serveRecord({ run, audit, emit, changes = {}, requestTimeoutMs = 5_000 }: ServeParts): {
  readonly app: ReturnType<typeof createApp>;
  readonly fhir: Handler;
} {
  const clock = fixedClock('2026-03-01T12:00:00Z');
  const limits = { uriBytesMax: 300, headerBytesMax: 4_000, bodyBytesMax: 1_000, requestTimeoutMs };
  const fhir = createFhirHandler({
    record: { served, run },
    audit,
    sealer: legibleSealer,
    validator: createValidator(),
    verify: () => access,
    ...{ clock, emit, limits, page: { default: 10, max: 20 }, pageTokenMinutes: 10 },
    capabilities: (base) => JSON.stringify({ resourceType: 'CapabilityStatement', url: base }),
    ...changes,
  });
  const app = createApp({
    ...{ clock, emit, limits, fhir, newId: () => 'made-id', draining: () => false },
    cors: { wildcard: false, allows: () => false },
    origin: (host) => `http://${host ?? ''}`,
    admit: () => undefined,
    state: () => Promise.resolve(serverState()),
    landing: { html: '', css: '', stories: [], synthetic: true, served: () => served, examples: () => [] },
    openApi: () => '{}',
  });
  return { app, fhir };
}
