import type { Bundle, OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../contracts/index.ts';
import type { Catalogue } from '../record/index.ts';

/** The resources of one type. */
export type ResourceOf<T extends ResourceType> = Extract<Resource, { readonly resourceType: T }>;

/** A site that runs, seen through its API. */
export interface Site {
  /** The URL of the FHIR API, without a slash at its end. */
  readonly base: string;
  /** What is served, as it was derived from the declarations. */
  readonly catalogue: Catalogue;
  /** Asks for a path below the base, or for an absolute URL such as a next link. */
  fetch(pathOrUrl: string, init?: RequestInit): Promise<Response>;
  /** Every match of a search, over all its pages. Throws where the search is refused. */
  matches<T extends ResourceType>(type: T, query?: string): Promise<ResourceOf<T>[]>;
  /** The same site, as an app sees it that may see one patient. In: a Patient's id. Close it before the site. */
  narrowedTo(patient: string): Promise<Site>;
  close(): Promise<void>;
}

/** The parts of a site that is reached over HTTP. */
export function siteAt(base: string): Pick<Site, 'base' | 'fetch' | 'matches'> {
  const ask: Site['fetch'] = async (pathOrUrl, given) => {
    const url = pathOrUrl.startsWith('http') ? pathOrUrl : `${base}/${pathOrUrl}`;
    // Without a FHIR type a Binary is answered as what it holds.
    const init = { ...given, headers: { Accept: 'application/fhir+json', ...(given?.headers as object | undefined) } };
    try {
      return await fetch(url, init);
    } catch {
      // A kept connection that the server closed meanwhile; clients try such requests once more.
      return fetch(url, init);
    }
  };
  const matches = async <T extends ResourceType>(type: T, query = ''): Promise<ResourceOf<T>[]> => {
    const pages = await pagesOf({ fetch: ask }, query === '' ? type : `${type}?${query}`);
    return pages.flatMap(matchesIn) as ResourceOf<T>[];
  };
  return { base, fetch: ask, matches };
}

/** All pages of a search. Throws where one is refused. */
export async function pagesOf(site: Pick<Site, 'fetch'>, typeAndQuery: string): Promise<Bundle[]> {
  const pages: Bundle[] = [];
  for (let next: string | undefined = typeAndQuery; next !== undefined;) {
    const page = await pageAt(site, next);
    pages.push(page);
    next = nextOf(page);
  }
  return pages;
}

/** One page of a search. Throws where it is refused. */
export async function pageAt(site: Pick<Site, 'fetch'>, pathOrUrl: string): Promise<Bundle> {
  const response = await site.fetch(pathOrUrl);
  const body = (await response.json()) as Bundle | OperationOutcome;
  if (body.resourceType === 'Bundle') return body;
  throw new Error(`${pathOrUrl} is answered ${response.status}: ${body.issue[0]?.diagnostics ?? 'without a reason'}`);
}

export function nextOf(page: Bundle): string | undefined {
  return page.link?.find((link) => link.relation === 'next')?.url;
}

export function matchesIn(page: Bundle): Resource[] {
  return (page.entry ?? []).flatMap(({ search, resource }) =>
    search?.mode === 'match' && resource !== undefined ? [resource] : [],
  );
}
