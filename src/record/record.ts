import type { AuthorisedPlan, Chunk, Links, RecordReader, Sealer } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import type { Lost } from './expectations/compare.ts';
import { createIds } from './ids.ts';
import { buildCatalogue, type Catalogue, type Installed } from './model/catalogue.ts';
import { createCandidates } from './lower/candidates.ts';
import { linkAll } from './persons/linker.ts';
import { primariesOf } from './persons/primaries.ts';
import { createRenderings, type PageBounds, type RunEnvironment } from './run/environment.ts';
import { refuseClosed } from './run/refuse-drifted.ts';
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
  readonly page: PageBounds;
}

/** How soon linking persons is to be tried again after it failed. */
export const LINK_RETRY_SECONDS = 15;

export interface Record extends RecordReader {
  readonly catalogue: Catalogue;
  /** Reads all declared person links anew and takes them into use. */
  linkPersons(signal: AbortSignal): Promise<void>;
  /**
   * Takes what each system, by its id, has lost into use, for requests that begin from now on: branches without it, and all that is derived from them.
   */
  adapt(lostIn: (system: string) => Lost): void;
  /** Takes the links of the store into use. Before links were ever read, plans are refused with `persons.not-linked`. */
  takeLinks(): Promise<void>;
}

/** The one read path: an authorised plan becomes statements, rows, and sealed chunks of text. Throws `module.invalid` where modules cannot be served. */
export function createRecord(parts: RecordParts): Record {
  const declared = buildCatalogue(parts.installed);
  const branches = declared.branches.map(({ branch }) => branch);
  let primaries = primariesOf(branches, [], parts.hopKeysMax);
  const environmentOf = (catalogue: Catalogue): RunEnvironment => ({
    catalogue,
    ids: createIds(new Map([...catalogue.byPrefix].map(([prefix, entry]) => [prefix, entry.branch])), parts.sealer),
    links: parts.links,
    primaries: () => primaries,
    context: () => ({ zone: parts.zone, nowMs: parts.clock.nowMs() }),
    hopKeysMax: parts.hopKeysMax,
    page: parts.page,
    emit: parts.emit,
    candidates: createCandidates(),
    renderingOf: createRenderings(parts.version),
  });
  let env = environmentOf(declared);
  let isLinked = false;
  const takeLinks = async (): Promise<void> => {
    primaries = primariesOf(branches, await parts.links.exceptions(), parts.hopKeysMax);
    isLinked = true;
  };
  return {
    get served() {
      return env.catalogue.served;
    },
    get catalogue() {
      return env.catalogue;
    },
    takeLinks,
    adapt(lostIn) {
      env = environmentOf(buildCatalogue(parts.installed, lostIn));
    },
    async linkPersons(signal) {
      const { catalogue } = env;
      // Links that were read from a part of the systems would take the others apart.
      refuseClosed(catalogue, 'Patient');
      const patients = catalogue.byType.get('Patient') ?? [];
      await linkAll({ patients, links: parts.links, clock: parts.clock, emit: parts.emit }, signal);
      await takeLinks();
    },
    run(plan, signal) {
      if (!isLinked) throw notLinked();
      return run(plan, env, signal);
    },
  };
}

async function* run(plan: AuthorisedPlan, env: RunEnvironment, signal: AbortSignal): AsyncGenerator<Chunk> {
  if (plan.interaction === 'read') yield await runRead(plan, env, signal);
  else yield* runSearch(plan, env, signal);
}

/** Whoever is known in two places would be told apart, and an answer about one of them would look whole. */
function notLinked(): Fault {
  return new Fault(
    'persons.not-linked',
    'Which registrations are the same patient was not read from the systems yet, so no answer could be whole; it is tried again every few seconds.',
    { retryAfterSeconds: LINK_RETRY_SECONDS },
  );
}
