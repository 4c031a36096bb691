import { always, type Branch, type ParamType, type ServedParam } from '../../contracts/index.ts';
import { searchParameters, type SearchParameterDefinition } from '../../fhir/index.ts';
import { parsePaths, parseRelativePaths, type Path } from './paths.ts';
import { leaves, rootOf, walk, type Hit, type Place } from './walk.ts';

/** What one search parameter means on one branch. A branch that does not declare the element has no hits: it never matches. */
export interface BranchParam {
  readonly code: string;
  readonly type: ParamType;
  readonly hits: readonly Hit[];
  /** Composites: each focus element with its components' hits, relative to the focus. */
  readonly foci: readonly Focus[];
  /** What cannot be asked in SQL here, although the branch declares the element: there are no hits and foci then. */
  readonly residual?: Residual;
}

/** A parameter that is judged on each resource in memory. */
export interface Residual {
  /** Top-level elements that have to be written for it. */
  readonly elements: readonly string[];
  /** In how many places of the declaration it looks. */
  readonly places: number;
}

export interface Focus {
  readonly via: Place['via'];
  readonly components: readonly { readonly type: ParamType; readonly hits: readonly Hit[] }[];
}

/** `undefined`: the branch declares the element, but not in a way that can be searched, so the type must not advertise the parameter. */
export type BranchParams = ReadonlyMap<string, BranchParam | undefined>;

/** Types whose values can be compared in memory. A reference means whom its native key means: without a key nobody can follow it. */
const JUDGED: ReadonlySet<string> = new Set(['token', 'string', 'date', 'number', 'quantity', 'uri', 'composite']);

/** Parameters that compare sounds, not values: their R4 expression alone would promise a plain string search. */
const PHONETIC: ReadonlySet<string> = new Set(['phonetic']);

/** Walks every R4 search parameter of the branch's type over its declared elements. */
export function branchParams(branch: Branch): BranchParams {
  const params = new Map<string, BranchParam | undefined>();
  for (const definition of searchParameters(branch.type)) {
    if (PHONETIC.has(definition.code)) continue;
    params.set(definition.code, branchParam(branch, definition));
  }
  params.set('_id', { code: '_id', type: 'token', hits: [], foci: [] });
  params.set('_lastUpdated', lastUpdatedParam(branch));
  for (const name of ['security', 'tag'] as const) params.set(`_${name}`, labelParam(branch, name));
  return params;
}

function branchParam(branch: Branch, definition: SearchParameterDefinition): BranchParam | undefined {
  const type = definition.type as ParamType;
  const root = rootOf(branch.elements, branch.type);
  if (definition.expression === undefined) return undefined;
  const paths = parsePaths(definition.expression, branch.type);
  if (paths === undefined) return undefined;
  const places = paths.flatMap((path) => walk(root, path.steps));
  const residual = (): BranchParam | undefined => {
    const elements = JUDGED.has(type) ? elementsOf(paths, definition) : undefined;
    if (elements === undefined) return undefined;
    return { code: definition.code, type, hits: [], foci: [], residual: { elements, places: places.length } };
  };
  if (type === 'composite') {
    const foci = places.map((place) => focusOf(place, definition));
    if (foci.some((focus) => focus === undefined)) return residual();
    const complete = (foci as Focus[]).filter((focus) => focus.components.every((c) => c.hits.length > 0));
    return { code: definition.code, type, hits: [], foci: complete };
  }
  const searchable = searchableHits(places, type);
  return searchable === undefined ? residual() : { code: definition.code, type, hits: searchable, foci: [] };
}

/** The top-level elements that an expression looks at. A composite's may be the resource itself: then its components tell. */
function elementsOf(paths: readonly Path[], definition: SearchParameterDefinition): readonly string[] | undefined {
  const components = definition.components.map(({ expression }) => parseRelativePaths(expression));
  if (components.includes(undefined)) return undefined;
  const relative = components.flatMap((steps) => steps ?? []);
  const all = paths.flatMap(({ steps }) => (steps.length > 0 ? [steps] : relative));
  const names = new Set(all.flatMap(([first]) => first?.name ?? []));
  return names.size === 0 ? undefined : [...names];
}

function focusOf(place: Place, definition: SearchParameterDefinition): Focus | undefined {
  const local: Place = { ...place, via: [] };
  const components = [];
  for (const component of definition.components) {
    const paths = parseRelativePaths(component.expression);
    const type = component.type as ParamType;
    if (paths === undefined) return undefined;
    const at = paths.flatMap((steps) => walk(local, steps));
    const hits = searchableHits(at, type);
    if (hits === undefined) return undefined;
    components.push({ type, hits });
  }
  return { via: place.via, components };
}

/** The hits at places, if each can be inverted for this kind of search; undefined if one cannot, so that what is found would be a part only. */
function searchableHits(places: readonly Place[], type: ParamType): readonly Hit[] | undefined {
  const hits = places.flatMap((place) => leaves(place).filter((hit) => belongs(hit.path, place.path, type)));
  return hits.every((hit) => isSearchable(hit, type)) ? hits : undefined;
}

function isSearchable(hit: Hit, type: ParamType): boolean {
  if (hit.written === undefined) return false;
  if (type === 'reference') return hit.codec.reference !== undefined;
  return type !== 'composite' && hit.codec.searches?.[type] !== undefined;
}

/**
 * A leaf below a complex element that is no part of what the parameter compares (a Period inside a HumanName, the label `system` of a ContactPoint) does
 * not forbid the parameter, and finds nothing.
 */
function belongs(path: string, place: string, type: ParamType): boolean {
  if (path === place) return true;
  const names = path.slice(place.length + 1).split('.');
  if (names.includes('extension')) return false;
  return !BESIDE[type]?.has(names.at(-1) ?? '');
}

const BESIDE: Partial<Record<ParamType, ReadonlySet<string>>> = {
  string: new Set(['period', 'use', 'type', 'system', 'rank']),
  token: new Set(['period', 'use', 'rank', 'text', 'type', 'system', 'display', 'version']),
};

function lastUpdatedParam(branch: Branch): BranchParam | undefined {
  const codec = branch.lastUpdated;
  if (codec?.searches?.date === undefined) return undefined;
  return {
    code: '_lastUpdated',
    type: 'date',
    hits: [{ codec, via: [], written: always, path: `${branch.type}.meta.lastUpdated` }],
    foci: [],
  };
}

function labelParam(branch: Branch, name: 'security' | 'tag'): BranchParam | undefined {
  const path = `${branch.type}.meta.${name}`;
  const hits = (branch.labels?.[name] ?? []).map((codec): Hit => ({ codec, via: [], written: always, path }));
  const isKnown = hits.every((hit) => isSearchable(hit, 'token'));
  return isKnown ? { code: `_${name}`, type: 'token', hits, foci: [] } : undefined;
}

/** The modifiers that hold on every branch. */
export function modifiersOf(type: ParamType, params: readonly BranchParam[]): readonly string[] {
  const codes: string[] = [];
  if (type === 'composite') return codes;
  if (params.every((param) => param.hits.every((hit) => hit.codec.present !== undefined))) codes.push('missing');
  if (type === 'string') codes.push('exact', 'contains');
  if (type === 'token') codes.push('not');
  if (type === 'uri') codes.push('below', 'above');
  return codes;
}

const RESIDUAL_NOTE =
  'Judged on each resource after it was read: only beside another criterion, without a total, and neither in a chain nor in _has.';

/** How strings are compared, where a column declares no folding. */
export function documentationOf(served: Pick<ServedParam, 'type'>, params: readonly BranchParam[]): string | undefined {
  const judged = params.some(({ residual }) => residual !== undefined) ? [RESIDUAL_NOTE] : [];
  if (served.type !== 'string') return judged[0];
  const exact = params.some(
    (param) =>
      param.residual !== undefined ||
      param.hits.some((hit) => hit.codec.note?.folding === undefined && hit.codec.constant === undefined),
  );
  const compared = exact
    ? 'Case-insensitive; exact in accents where a source has no accent-insensitive form.'
    : 'Case- and accent-insensitive.';
  return [compared, ...judged].join(' ');
}
