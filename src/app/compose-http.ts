import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Audit, Sealer } from '../contracts/index.ts';
import { systemClock, type GroupHealth } from '../core/index.ts';
import { createValidator } from '../fhir/index.ts';
import {
  createFhirHandler,
  createHttpServer,
  type Example,
  type ServerState,
  type Story,
  type Traced,
} from '../http/index.ts';
import type { Installed, Record } from '../record/index.ts';
import type { Store } from '../store/index.ts';
import type { ComposeOptions } from './compose.ts';
import { corsPolicy } from './cors-policy.ts';
import type { Demo } from './demo-data.ts';
import { createDescriptions } from './descriptions.ts';
import { examplesFor } from './examples.ts';
import type { Expectations } from './keep-expectations.ts';
import { readLanding } from './landing-files.ts';
import { admitLoopback, openAccess } from './open-loopback.ts';
import type { Feeds } from './open-feeds.ts';
import { createStateProbe } from './server-state.ts';
import type { RowTally } from './tally-rows.ts';

/** The parts that HTTP stands on. */
export interface HttpGraph {
  readonly record: Record;
  readonly store: Store;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly demo: Demo | undefined;
  readonly installed: readonly Installed[];
  readonly auditHealth: () => GroupHealth;
  readonly expectations: Expectations;
  readonly rows: RowTally;
  readonly feeds: Feeds;
  readonly traced: Traced | undefined;
}

/** The HTTP side of an installation. */
export interface ComposedHttp {
  readonly server: Server;
  readonly examples: (origin: string) => readonly Example[];
  /** From now on `/readyz` answers 503 and connections close after their answer. */
  readonly beginDrain: () => void;
  readonly state: () => Promise<ServerState>;
}

/** Builds the HTTP server from the graph. */
export function createHttp(options: ComposeOptions, graph: HttpGraph): ComposedHttp {
  const { config, emit, clock = systemClock, newId = randomUUID, verify = () => openAccess } = options;
  const { record, store, audit, sealer, demo, installed, auditHealth, expectations, rows, feeds, traced } = graph;
  const publicUrl = config.publicUrl === undefined ? undefined : new URL(config.publicUrl);
  const stories: readonly Story[] = demo?.stories ?? [];
  const examples = (origin: string): readonly Example[] => examplesFor(record.served, stories, origin);
  const descriptions = createDescriptions(() => record.served);
  let draining = false;
  const state = createStateProbe({
    store,
    audit: auditHealth,
    installed,
    expectations: (system) => expectations.of(system),
    rows: (system) => rows.of(system),
    feeds: feeds.state,
    linksEveryMs: config.linkMinutes * 60_000,
    clock,
    isDraining: () => draining,
  });
  const server = createHttpServer({
    clock,
    emit,
    newId,
    limits: config.limits,
    cors: corsPolicy(config.corsOrigins),
    origin: (host) => config.publicUrl?.replace(/\/$/, '') ?? `http://${host ?? 'localhost'}`,
    draining: () => draining,
    ...(traced === undefined ? {} : { traced }),
    admit: (peer, host) => {
      admitLoopback(peer, host, publicUrl?.host);
    },
    state,
    landing: { ...readLanding(), stories, synthetic: demo !== undefined, served: () => record.served, examples },
    openApi: descriptions.openApi,
    fhir: createFhirHandler({
      record,
      audit,
      sealer,
      verify,
      clock,
      emit,
      page: config.page,
      limits: config.limits,
      pageTokenMinutes: config.pageTokenMinutes,
      validator: createValidator(),
      capabilities: descriptions.capabilities,
    }),
  });
  return { server, examples, beginDrain: () => (draining = true), state };
}
