import type { CapabilityStatement, Resource } from '@medplum/fhirtypes';
import { readAdvertised, type Advertised, type Parameter } from './definitions.ts';
import type { Folding } from './folding.ts';
import { createFinder, parameterTest, type Setting } from './match.ts';
import { orderBy } from './order.ts';
import { readQuery, type Query } from './query.ts';
import { Refusal, refuse } from './refusal.ts';
import { referencesOf } from './values.ts';
import { isSecondary, personIds, worldOf, type Reach, type World } from './world.ts';
import { zoneOf, type Zone } from './zone.ts';

export interface OracleInput {
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  /** The server's IANA zone, for dates without an offset. */
  readonly zone: string;
  readonly nowMs: number;
  readonly advertised: CapabilityStatement;
  readonly baseUrl?: string;
  /** How a string parameter compares; `lower` where nothing is declared. */
  readonly folding?: Setting['folding'];
  readonly codeSystem?: Setting['codeSystem'];
}

/** What the answer must be. */
export interface Expectation {
  readonly ids: readonly string[];
  readonly total: number;
  /** Groups of tied ids, in order; one group where no order is asked for. */
  readonly order: readonly (readonly string[])[];
  /** `Type/id` of all that the matches include. On its page, an include that is also a match there appears as match only. */
  readonly includes: ReadonlySet<string>;
  /** Why the server must refuse; everything else is then empty. */
  readonly refused?: string;
}

export interface Oracle {
  readonly advertised: Advertised;
  readonly zone: Zone;
  readonly nowMs: number;
  readonly baseUrl: string;
  search(type: string, queryString: string, reach?: Reach): Expectation;
  /** `Type/id` of what a page with these matches must include. */
  includesOf(type: string, queryString: string, ids: readonly string[], reach?: Reach): ReadonlySet<string>;
  /** Whether one resource satisfies one criterion. */
  holds(resource: Resource, name: string, value: string): boolean;
  /** The JSON elements that a parameter's expression finds. */
  elements(parameter: Parameter, resource: Resource): readonly unknown[];
  visible(type: string, reach?: Reach): readonly Resource[];
  at(type: string, id: string, reach?: Reach): Resource | undefined;
  /** Ids of the secondary records of the person with this Patient id. */
  secondaries(patientId: string): readonly string[];
}

type Test = (resource: Resource) => boolean;

/** A second evaluator of R4 search, from the specification, over all served resources in memory. https://hl7.org/fhir/R4/search.html */
export function createOracle(input: OracleInput): Oracle {
  const advertised = readAdvertised(input.advertised);
  const baseUrl = input.baseUrl ?? '';
  const zone = zoneOf(input.zone);
  const setting: Setting = {
    zone,
    nowMs: input.nowMs,
    baseUrl,
    folding: input.folding ?? ((): Folding => 'lower'),
    codeSystem: input.codeSystem ?? (() => undefined),
    person: personIds(input.resources.get('Patient') ?? []),
  };
  const finder = createFinder();
  const worlds = new Map<string, World>();

  function worldFor(reach: Reach | undefined): World {
    const name = reach?.patient ?? '';
    let world = worlds.get(name);
    if (!world) worlds.set(name, (world = worldOf(input.resources, reach, baseUrl)));
    return world;
  }

  function advertisedParameter(type: string, code: string): Parameter {
    return advertised.parameter(type, code) ?? refuse(`parameter ${type}.${code}`);
  }

  function referenced(parameter: Parameter, resource: Resource): { readonly type: string; readonly id: string }[] {
    const elements = finder(parameter.expression, resource);
    return elements.flatMap((e) => referencesOf(e, baseUrl)).flatMap((r) => ('id' in r ? [r] : []));
  }

  function testOf(type: string, name: string, value: string, world: World): Test {
    if (name.startsWith('_has:')) return hasTest(type, name, value, world);
    if (name.includes('.')) return chainTest(type, name, value, world);
    const [code = '', modifier, ...more] = name.split(':');
    if (more.length > 0) refuse('modifier');
    return parameterTest(advertisedParameter(type, code), modifier, value, setting, finder);
  }

  /** https://hl7.org/fhir/R4/search.html#chaining: some target that the caller may see satisfies the rest. */
  function chainTest(type: string, name: string, value: string, world: World): Test {
    const [head = '', inner = '', ...more] = name.split('.');
    const [code = '', target] = head.split(':');
    const parameter = advertisedParameter(type, code);
    if (parameter.type !== 'reference' || more.length > 0) refuse('chain');
    if (target !== undefined && !parameter.targets.includes(target)) refuse('not a target type');
    const innerCode = inner.split(':')[0] ?? '';
    const targets = (target === undefined ? parameter.targets : [target]).filter((t) =>
      advertised.parameter(t, innerCode),
    );
    if (targets.length === 0) refuse(`chain to ${innerCode}`);
    const satisfying = new Set(
      targets.flatMap((t) =>
        world
          .visible(t)
          .filter(testOf(t, inner, value, world))
          .map((r) => `${t}/${r.id ?? ''}`),
      ),
    );
    return (resource) => referenced(parameter, resource).some((r) => satisfying.has(`${r.type}/${r.id}`));
  }

  /** https://hl7.org/fhir/R4/search.html#has: something that the caller may see satisfies the rest and refers here. */
  function hasTest(type: string, name: string, value: string, world: World): Test {
    const [, source = '', code = '', ...rest] = name.split(':');
    const inner = rest.join(':');
    const parameter = advertisedParameter(source, code);
    if (parameter.type !== 'reference' || inner.startsWith('_has') || inner.includes('.')) refuse('_has');
    const satisfying = world.visible(source).filter(testOf(source, inner, value, world));
    const found = new Set(satisfying.flatMap((r) => referenced(parameter, r)).map((r) => `${r.type}/${r.id}`));
    return (resource) => found.has(`${type}/${resource.id ?? ''}`);
  }

  function matchesOf(type: string, query: Query, world: World): Resource[] {
    if (!advertised.types.includes(type)) refuse('type');
    const known = query.criteria.filter(({ name }) => !isUndefined(type, name));
    if (known.length === 0 && query.criteria.length > 0) refuse('no criterion remains');
    const tests = known.map(({ name, value }) => testOf(type, name, value, world));
    return world.visible(type).filter((resource) => tests.every((test) => test(resource)));
  }

  /** A name that neither R4 nor the server knows for the type is ignored. */
  function isUndefined(type: string, name: string): boolean {
    const code = name.split(/[:.]/)[0] ?? '';
    return code !== '_has' && !advertised.parameter(type, code) && !advertised.defined(type, code);
  }

  function included(type: string, query: Query, matches: readonly Resource[], world: World): Set<string> {
    const found = new Set<string>();
    for (const { source, code, target } of query.includes) {
      const parameter = advertisedParameter(source, code);
      if (source !== type || parameter.type !== 'reference') refuse('_include');
      for (const r of matches.flatMap((match) => referenced(parameter, match))) {
        if ((target === undefined || target === r.type) && world.at(r.type, r.id)) found.add(`${r.type}/${r.id}`);
      }
    }
    const here = new Set(matches.map((match) => `${type}/${match.id ?? ''}`));
    for (const { source, code, target } of query.revincludes) {
      const parameter = advertisedParameter(source, code);
      if (parameter.type !== 'reference' || (target !== undefined && target !== type)) refuse('_revinclude');
      for (const resource of world.visible(source)) {
        const refers = referenced(parameter, resource).some((r) => here.has(`${r.type}/${r.id}`));
        if (refers) found.add(`${source}/${resource.id ?? ''}`);
      }
    }
    return found;
  }

  function search(type: string, queryString: string, reach?: Reach): Expectation {
    try {
      const query = readQuery(queryString);
      const world = worldFor(reach);
      const matches = matchesOf(type, query, world);
      const ids = matches.map((match) => match.id ?? '');
      const order = query.sort
        ? orderBy(matches, advertisedParameter(type, query.sort.code), query.sort.descending, setting, finder)
        : [ids];
      return { ids, total: ids.length, order, includes: included(type, query, matches, world) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ids: [], total: 0, order: [], includes: new Set(), refused: error.message };
    }
  }

  return {
    advertised,
    zone,
    nowMs: input.nowMs,
    baseUrl,
    search,
    includesOf: (type, queryString, ids, reach) => {
      const world = worldFor(reach);
      const matches = ids.flatMap((id) => world.at(type, id) ?? []);
      return included(type, readQuery(queryString), matches, world);
    },
    holds: (resource, name, value) => testOf(resource.resourceType, name, value, worldFor(undefined))(resource),
    elements: (parameter, resource) => finder(parameter.expression, resource),
    visible: (type, reach) => worldFor(reach).visible(type),
    at: (type, id, reach) => worldFor(reach).at(type, id),
    secondaries: (patientId) => {
      const ids = (input.resources.get('Patient') ?? []).filter(isSecondary).map((patient) => patient.id ?? '');
      return ids.filter((id) => setting.person(id) === patientId);
    },
  };
}
