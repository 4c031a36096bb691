import type { CapabilityStatement, Resource } from '@medplum/fhirtypes';
import { advertisedParameter, criterionTest, type Ground } from './criteria.ts';
import { readAdvertised, type Advertised, type Parameter } from './definitions.ts';
import type { Folding } from './folding.ts';
import { includedWith } from './includes.ts';
import { createFinder, type Finder, type Setting } from './match.ts';
import { orderBy } from './order.ts';
import { readQuery, type Query } from './query.ts';
import { Refusal, refuse } from './refusal.ts';
import { secondariesOf, worldOf, type Reach, type World } from './world.ts';
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
  /** What expressions were found to hold, for several oracles over the same resources. Default: a memory of its own. */
  readonly finder?: Finder;
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
  /** Whether there is such an element; a composite needs one for each component in one element. */
  hasValue(parameter: Parameter, resource: Resource): boolean;
  visible(type: string, reach?: Reach): readonly Resource[];
  at(type: string, id: string, reach?: Reach): Resource | undefined;
  /** Ids of the secondary records of the person with this Patient id. */
  secondaries(patientId: string): readonly string[];
}

/** A second evaluator of R4 search, from the specification, over all served resources in memory. https://hl7.org/fhir/R4/search.html */
export function createOracle(input: OracleInput): Oracle {
  const ground = groundOf(input);
  const { advertised, setting, finder } = ground;
  const worlds = new Map<string, World>();

  function worldFor(reach: Reach | undefined): World {
    const name = reach?.patient ?? '';
    let world = worlds.get(name);
    if (!world) worlds.set(name, (world = worldOf(input.resources, reach, setting.baseUrl)));
    return world;
  }

  return {
    advertised,
    zone: setting.zone,
    nowMs: setting.nowMs,
    baseUrl: setting.baseUrl,
    search: (type, queryString, reach) => search(ground, worldFor(reach), type, queryString),
    includesOf: (type, queryString, ids, reach) => {
      const world = worldFor(reach);
      const matches = ids.flatMap((id) => world.at(type, id) ?? []);
      return includedWith(ground, world, type, readQuery(queryString), matches);
    },
    holds: (resource, name, value) =>
      criterionTest(ground, worldFor(undefined), resource.resourceType, name, value)(resource),
    elements: (parameter, resource) => finder(parameter.expression, resource),
    hasValue: (parameter, resource) =>
      finder(parameter.expression, resource).some((element) =>
        parameter.components.every(({ expression }) => finder(expression, element as object).length > 0),
      ),
    visible: (type, reach) => worldFor(reach).visible(type),
    at: (type, id, reach) => worldFor(reach).at(type, id),
    secondaries: (patientId) => secondariesOf(input.resources.get('Patient') ?? [], patientId),
  };
}

function groundOf(input: OracleInput): Ground {
  const setting: Setting = {
    zone: zoneOf(input.zone),
    nowMs: input.nowMs,
    baseUrl: input.baseUrl ?? '',
    folding: input.folding ?? ((): Folding => 'lower'),
    codeSystem: input.codeSystem ?? (() => undefined),
  };
  return {
    advertised: readAdvertised(input.advertised),
    setting,
    finder: input.finder ?? createFinder(),
    referrers: new WeakMap(),
  };
}

function search(ground: Ground, world: World, type: string, queryString: string): Expectation {
  try {
    const query = readQuery(queryString);
    const matches = matchesOf(ground, world, type, query);
    const ids = matches.map((match) => match.id ?? '');
    const order = query.sort ? orderOf(ground, type, query.sort, matches) : [ids];
    return { ids, total: ids.length, order, includes: includedWith(ground, world, type, query, matches) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ids: [], total: 0, order: [], includes: new Set(), refused: error.message };
  }
}

function matchesOf(ground: Ground, world: World, type: string, query: Query): Resource[] {
  if (!ground.advertised.types.includes(type)) refuse('type');
  const known = query.criteria.filter(({ name }) => !isUndefined(ground, type, name));
  if (known.length === 0 && query.criteria.length > 0) refuse('no criterion remains');
  const tests = known.map(({ name, value }) => criterionTest(ground, world, type, name, value));
  return world.visible(type).filter((resource) => tests.every((test) => test(resource)));
}

/** A name that neither R4 nor the server knows for the type is ignored. */
function isUndefined({ advertised }: Ground, type: string, name: string): boolean {
  const code = name.split(/[:.]/)[0] ?? '';
  return code !== '_has' && !advertised.parameter(type, code) && !advertised.defined(type, code);
}

function orderOf(
  ground: Ground,
  type: string,
  sort: NonNullable<Query['sort']>,
  matches: readonly Resource[],
): string[][] {
  const parameter = advertisedParameter(ground, type, sort.code);
  return orderBy(matches, parameter, sort.descending, ground.setting, ground.finder);
}
