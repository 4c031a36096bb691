import type { ResourceType } from '../contracts/index.ts';
import { checkElements } from './checks/elements.ts';
import { checkNarrowing } from './checks/narrowing.ts';
import { checkPaging } from './checks/paging.ts';
import { checkRendering } from './checks/rendering.ts';
import { checkValidity } from './checks/validity.ts';
import type { Site } from './site.ts';

/** One obligation of a site. `run` rejects with what is not as it must be. */
export interface SiteCheck {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** How thoroughly a site is judged. */
export interface CheckOptions {
  /** How many resources of each shape are validated. Default: all. */
  readonly perShape?: number;
}

type Check = (site: Site, type: ResourceType, options: CheckOptions) => Promise<void>;

const ofEachType: readonly (readonly [what: string, check: Check])[] = [
  ['every resource is valid R4', checkValidity],
  ['every declared element occurs', checkElements],
  ['a read, its version and every subset agree with the search', checkRendering],
  ['pages of any size, in every order, visit each match once', checkPaging],
];

/**
 * What every site owes its callers, whatever its modules map: one check for each served type and obligation. In: a site whose systems do not change
 * while the checks run. Give them to any test runner.
 */
export function siteChecks(site: Site, options: CheckOptions = {}): SiteCheck[] {
  const types = [...site.catalogue.served.values()].map(({ type }) => type);
  return [
    ...types.flatMap((type) =>
      ofEachType.map(([what, check]) => ({ name: `${type}: ${what}`, run: () => check(site, type, options) })),
    ),
    ...(types.includes('Patient')
      ? [{ name: 'one patient’s app sees that patient, and nobody else', run: () => checkNarrowing(site) }]
      : []),
  ];
}
