import type { Served } from '../../contracts/index.ts';
import { invalidValue } from '../search/refuse.ts';
import type { Pair } from '../search/index.ts';
import { parseCapabilities } from './capabilities.ts';
import { checkContentType } from './content-type.ts';
import { headerOf } from './header.ts';
import { isNativeAsked, negotiate } from './negotiation.ts';
import { preferencesOf, type Preferences } from './prefer.ts';
import { parseRead } from './read.ts';
import type { Asked, FhirRequest, IncomingRequest, Interaction, RequestBounds } from './request.ts';
import { labelOf, routeOf, type Route } from './route.ts';
import { parseSearchType } from './search-type.ts';
import { pairsOf, segmentsOf } from './target.ts';
import { parseValidate } from './validate.ts';

/**
 * Parses a request (https://hl7.org/fhir/R4/http.html). Throws Faults with a status of 400 to 499 only. What is wrong whatever the data is told
 * first (400, 406, 415), then an unknown path or type (404), then a method that is not offered (405).
 */
export function parseRequest(incoming: IncomingRequest, served: Served, bounds: RequestBounds): FhirRequest {
  const segments = segmentsOf(incoming.path);
  const route = routeOf(incoming.method, segments, served);
  const pairs = allPairs(incoming, route);
  const preferences = preferencesOf(headerOf(incoming.headers, 'prefer'));
  const [format, accept] = [last(pairs, '_format'), headerOf(incoming.headers, 'accept')];
  const native = isBinaryWhole(route, pairs) && isNativeAsked(format, accept);
  const asked: Asked = {
    format: negotiate(format, native ? undefined : accept),
    native,
    pretty: parsePretty(last(pairs, '_pretty')),
    preferences,
    route: labelOf(incoming.method, segments, route),
  };
  if (route.is === 'refused') throw route.fault;
  return { ...asked, ...interactionOf(route, pairs, preferences, incoming, served, bounds) };
}

/** GET and POST searches are one: the form follows the query (https://hl7.org/fhir/R4/http.html#search). */
function allPairs(incoming: IncomingRequest, route: Route): readonly Pair[] {
  const query = pairsOf(incoming.queryString, 'query');
  if (route.is !== 'search' || !route.hasForm || incoming.body === undefined || incoming.body === '') return query;
  checkContentType(headerOf(incoming.headers, 'content-type'), 'form');
  return [...query, ...pairsOf(incoming.body, 'body')];
}

function interactionOf(
  route: Exclude<Route, { is: 'refused' }>,
  pairs: readonly Pair[],
  { handling }: Preferences,
  incoming: IncomingRequest,
  served: Served,
  bounds: RequestBounds,
): Interaction {
  switch (route.is) {
    case 'capabilities':
      return parseCapabilities(pairs);
    case 'read':
      return parseRead(route, pairs, handling, incoming.headers);
    case 'search':
      return parseSearchType(route.type, pairs, handling, { ...bounds, served, base: incoming.base });
    case 'validate':
      return parseValidate(route, pairs, incoming);
  }
}

/** A part of a Binary is a part of the resource, not of what it holds. */
function isBinaryWhole(route: Route, pairs: readonly Pair[]): boolean {
  if (route.is !== 'read' || route.type !== 'Binary') return false;
  return !pairs.some(([name]) => name === '_summary' || name === '_elements');
}

function parsePretty(value: string | undefined): boolean {
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw invalidValue('_pretty', 'it is true or false.');
  return value === 'true';
}

function last(pairs: readonly Pair[], name: string): string | undefined {
  return pairs.findLast(([own]) => own === name)?.[1];
}
