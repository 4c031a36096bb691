import type { ResourceType, Served } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { parseSearch, type Handling, type Pair } from '../search/index.ts';
import type { Interaction, RequestBounds } from './request.ts';

/** https://hl7.org/fhir/R4/http.html#search, of one type; or a further page of one, which stands alone because its token holds the search. */
export function parseSearchType(
  type: ResourceType,
  pairs: readonly Pair[],
  handling: Handling,
  context: RequestBounds & { readonly served: Served; readonly base: string },
): Interaction {
  const page = pairs.find(([name]) => name === '_page');
  if (page === undefined) return { is: 'search', ...parseSearch({ ...context, type, pairs, handling }) };
  if (pairs.some(([name], at) => name !== '_format' && name !== '_pretty' && at !== pairs.indexOf(page)))
    throw new Fault('search.page-token', 'A page link holds its whole search; nothing can be added to it.', {
      expression: '_page',
    });
  return { is: 'page', type, token: page[1] };
}
