/** What a site's tests use, published as `fascia/testing`. It depends on no test runner. */
export { openSite, type OpenOptions } from './open-site.ts';
export type { ResourceOf, Site } from './site.ts';
export { siteChecks, type CheckOptions, type SiteCheck } from './site-checks.ts';
