import type { ResourceType } from '../../contracts/index.ts';
import { expectNone } from '../differences.ts';
import { matchesIn, nextOf, pageAt, type Site } from '../site.ts';

/** Large types are followed so far: orders and the joints between pages do not change behind it. */
const matchesMax = 1_500;

/** Each order visits each match once, the same whatever the size of a page (https://hl7.org/fhir/R4/http.html#paging). */
export async function checkPaging(site: Site, type: ResourceType): Promise<void> {
  const params = [...(site.catalogue.served.get(type)?.params.values() ?? [])];
  const sorts = params.filter(({ sortable }) => sortable).flatMap(({ code }) => [code, `-${code}`]);
  const findings: string[] = [];
  for (const query of ['', ...sorts.map((sort) => `_sort=${sort}`)]) {
    const order = query === '' ? 'without an order' : query;
    const whole = await firstIds(site, type, query, 500);
    if (new Set(whole).size !== whole.length) findings.push(`${order}: a match is visited twice`);
    const paged = await firstIds(site, type, query, Math.max(1, Math.ceil(whole.length / 7)));
    const at = whole.findIndex((id, i) => paged[i] !== id);
    if (at !== -1 || paged.length !== whole.length)
      findings.push(`${order}: small pages differ from large ones at match ${at === -1 ? whole.length : at}`);
  }
  expectNone('not every match is visited once', findings);
}

async function firstIds(site: Site, type: ResourceType, query: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  const first = `${type}?${query === '' ? '' : `${query}&`}_count=${count}`;
  for (let next: string | undefined = first; next !== undefined && ids.length < matchesMax;) {
    const page = await pageAt(site, next);
    ids.push(...matchesIn(page).map(({ id }) => id ?? ''));
    next = nextOf(page);
  }
  return ids.slice(0, matchesMax);
}
