import { LRUCache } from 'lru-cache';
import type { Rendering } from '../../contracts/index.ts';
import type { Emit } from '../../core/index.ts';
import type { Candidates } from '../lower/candidates.ts';
import type { Resolver } from '../lower/resolve.ts';
import type { CatalogueBranch } from '../model/catalogue.ts';
import { compileRendering, renderingKey, type BranchRendering } from '../write/rendering.ts';

/** What bounds a page, beside the number of matches that is asked for. */
export interface PageBounds {
  /** Most resources that the includes of one page may add. */
  readonly includesMax: number;
  /** Most matches that are fetched and written at once. */
  readonly blockRows: number;
  /** Most rows that are looked at for one page, where a criterion is judged on each. */
  readonly lookedAtMax: number;
  /** Most characters of text in one sealed chunk, unless one entry has more. */
  readonly chunkCharactersMax: number;
}

/** What every run shares: the resolver's parts, compiled renderings, and limits. */
export interface RunEnvironment extends Resolver {
  readonly emit: Emit;
  readonly candidates: Candidates;
  readonly renderingOf: (entry: CatalogueBranch, rendering: Rendering, judgedOn?: readonly string[]) => BranchRendering;
  readonly page: PageBounds;
}

/** Compiles a rendering once per branch and way of rendering; `version` is the mapping's version, part of every versionId. */
export function createRenderings(version: string): RunEnvironment['renderingOf'] {
  const compiled = new LRUCache<string, BranchRendering>({ max: 2_000 });
  return (entry, rendering, judgedOn = []) => {
    const key = `${entry.branch.prefix}|${renderingKey(rendering, judgedOn)}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const made = compileRendering(entry, rendering, version, judgedOn);
    compiled.set(key, made);
    return made;
  };
}
