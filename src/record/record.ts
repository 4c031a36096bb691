import type { AuthorisedPlan, Chunk, Links, RecordReader, Sealer } from '../contracts/index.ts';
import type { Clock, Emit } from '../core/index.ts';
import { createIds } from './ids.ts';
import { buildCatalogue, type Catalogue, type Installed } from './model/catalogue.ts';
import { linkAll } from './persons/linker.ts';
import { primariesOf } from './persons/primaries.ts';
import { createRenderings, type RunEnvironment } from './run/environment.ts';
import { runRead } from './run/read.ts';
import { runSearch } from './run/search.ts';

export interface RecordParts {
  /** Modules with their systems, in rank order: a person's Patient comes from the first system that knows it. */
  readonly installed: readonly Installed[];
  readonly links: Links;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly emit: Emit;
  /** The server's declared zone (IANA). */
  readonly zone: string;
  /** The mapping's version: part of every versionId. */
  readonly version: string;
  readonly hopKeysMax: number;
  readonly includesMax: number;
}

export interface Record extends RecordReader {
  readonly catalogue: Catalogue;
  /** Reads all declared person links anew and takes them into use. */
  linkPersons(signal: AbortSignal): Promise<void>;
  /** Takes links that another process wrote into use. */
  refreshExceptions(): Promise<void>;
}

/** The one read path: an authorised plan becomes statements, rows, and sealed chunks of text. Throws `module.invalid` where modules cannot be served. */
export function createRecord(parts: RecordParts): Record {
  const catalogue = buildCatalogue(parts.installed);
  const branches = new Map([...catalogue.byPrefix].map(([prefix, entry]) => [prefix, entry.branch]));
  let primaries = primariesOf([...branches.values()], [], parts.hopKeysMax);
  const env: RunEnvironment = {
    catalogue,
    ids: createIds(branches, parts.sealer),
    links: parts.links,
    primaries: () => primaries,
    context: () => ({ zone: parts.zone, nowMs: parts.clock.nowMs() }),
    hopKeysMax: parts.hopKeysMax,
    includesMax: parts.includesMax,
    emit: parts.emit,
    renderingOf: createRenderings(parts.version),
  };
  const refreshExceptions = async (): Promise<void> => {
    primaries = primariesOf([...branches.values()], await parts.links.exceptions(), parts.hopKeysMax);
  };
  return {
    served: catalogue.served,
    catalogue,
    refreshExceptions,
    async linkPersons(signal) {
      await linkAll({ catalogue, links: parts.links, clock: parts.clock, emit: parts.emit }, signal);
      await refreshExceptions();
    },
    run: (plan, signal) => run(plan, env, signal),
  };
}

async function* run(plan: AuthorisedPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Chunk> {
  yield plan.interaction === 'read' ? await runRead(plan, env, signal) : await runSearch(plan, env, signal);
}
