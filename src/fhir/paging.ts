import type { Cursor, ResourceType, Sealer, Served } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import type { RequestBounds, SearchRequest } from './interaction/index.ts';
import { parseSearch, type Pair } from './search/index.ts';

/** A search that goes on: what was applied, and where its last page ended. */
export interface PageState {
  readonly pairs: readonly Pair[];
  readonly cursor: Cursor;
}

/** Whose page it is: a token works for the same type and the same caller only. */
export interface PageOwner {
  readonly type: ResourceType;
  readonly agent: string;
}

/** The token of a next link: sealed, so that it tells nothing and cannot be changed. `nowMs` starts its life. */
export function sealPage(sealer: Sealer, owner: PageOwner, state: PageState, nowMs: number): string {
  return sealer.seal(JSON.stringify([nowMs, state.pairs, state.cursor]), contextOf(owner));
}

/**
 * What a token holds. Throws `search.page-token` for one that was not sealed here for this owner, and `search.page-expired` for one older than
 * `lifeMs`.
 */
export function openPage(sealer: Sealer, owner: PageOwner, token: string, nowMs: number, lifeMs: number): PageState {
  const text = sealer.open(token, contextOf(owner));
  if (text === undefined)
    throw new Fault('search.page-token', 'The page link is not one of this server for this caller; search again.', {
      expression: '_page',
    });
  const [sealedMs, pairs, cursor] = JSON.parse(text) as [number, readonly Pair[], Cursor];
  if (nowMs - sealedMs > lifeMs)
    throw new Fault('search.page-expired', 'The page link has expired; search again.', { expression: '_page' });
  return { pairs, cursor };
}

/** The search of a page: parsed from its pairs as at first, at the page's place. */
export function resumeSearch(
  state: PageState,
  type: ResourceType,
  context: RequestBounds & { readonly served: Served; readonly base: string },
): SearchRequest {
  const { plan, applied } = parseSearch({ ...context, type, pairs: state.pairs, handling: 'strict' });
  return { is: 'search', plan: { ...plan, cursor: state.cursor }, applied };
}

function contextOf({ type, agent }: PageOwner): string {
  return `page ${type} ${agent}`;
}
