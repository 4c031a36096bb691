import type { Clock, GroupHealth } from '../core/index.ts';
import type { FeedState, RowCounts, ServerState } from '../http/index.ts';
import type { Installed } from '../record/index.ts';
import type { Store } from '../store/index.ts';
import type { ExpectationState } from './keep-expectations.ts';
import { packageVersion } from './version.ts';

export interface StateParts {
  readonly store: Store;
  readonly audit: () => GroupHealth;
  readonly installed: readonly Installed[];
  readonly expectations: (system: string) => ExpectationState;
  readonly rows: (system: string) => RowCounts;
  readonly feeds: () => readonly FeedState[];
  readonly linksEveryMs: number;
  readonly clock: Clock;
  readonly isDraining: () => boolean;
}

/** How to ask for the state of the server: it touches the store, and no legacy system. */
export function createStateProbe({
  store,
  audit,
  installed,
  expectations,
  rows,
  feeds,
  linksEveryMs,
  clock,
  isDraining,
}: StateParts): () => Promise<ServerState> {
  const startedMs = clock.nowMs();
  return async () => {
    const isUp = await store.ping().then(
      () => true,
      () => false,
    );
    const linksAsOfMs = isUp ? await store.links.asOfMs().catch(() => undefined) : undefined;
    return {
      status: isDraining() ? 'draining' : statusOf(isUp, linksAsOfMs),
      version: packageVersion(),
      startedMs,
      nowMs: clock.nowMs(),
      store: { isUp, pool: store.poolUse() },
      audit: audit(),
      linksAsOfMs,
      linksEveryMs,
      systems: installed.map(({ module, system }) => ({
        id: module.id,
        title: module.title,
        stewardship: module.stewardship,
        types: [...new Set(module.branches.map((branch) => branch.type))],
        ...system.health(),
        expectations: expectations(module.id),
        rows: rows(module.id),
      })),
      feeds: feeds(),
    };
  };
}

function statusOf(isUp: boolean, linksAsOfMs: number | undefined): ServerState['status'] {
  if (!isUp) return 'waiting for the store';
  return linksAsOfMs === undefined ? 'waiting for links between patients' : 'ready';
}
