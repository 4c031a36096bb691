import type { Resource } from '@medplum/fhirtypes';
import type { Advertised, Parameter } from './definitions.ts';
import { parameterTest, type Finder, type Setting } from './match.ts';
import { refuse } from './refusal.ts';
import { referencesOf } from './values.ts';
import type { World } from './world.ts';

/** What every criterion is judged by. */
export interface Ground {
  readonly advertised: Advertised;
  readonly setting: Setting;
  readonly finder: Finder;
  /** Memory of who refers to whom, by what the caller may see and the reference parameter. */
  readonly referrers: WeakMap<World, Map<Parameter, ReadonlyMap<string, readonly Resource[]>>>;
}

export type Test = (resource: Resource) => boolean;

export function advertisedParameter({ advertised }: Ground, type: string, code: string): Parameter {
  return advertised.parameter(type, code) ?? refuse(`parameter ${type}.${code}`);
}

/** The instances of this server that a reference parameter leads to. */
export function referencedBy(
  { finder, setting }: Ground,
  parameter: Parameter,
  resource: Resource,
): { readonly type: string; readonly id: string }[] {
  const elements = finder(parameter.expression, resource);
  return elements.flatMap((e) => referencesOf(e, setting.baseUrl)).flatMap((r) => ('id' in r ? [r] : []));
}

/** What the caller may see and refers somewhere by a parameter, by the `Type/id` that it refers to. */
export function referrersBy(
  ground: Ground,
  world: World,
  parameter: Parameter,
): ReadonlyMap<string, readonly Resource[]> {
  const ofWorld = ground.referrers.get(world) ?? new Map<Parameter, ReadonlyMap<string, readonly Resource[]>>();
  ground.referrers.set(world, ofWorld);
  const known = ofWorld.get(parameter);
  if (known !== undefined) return known;
  const referrers = new Map<string, Resource[]>();
  for (const resource of world.visible(parameter.base))
    for (const { type, id } of referencedBy(ground, parameter, resource)) {
      const name = `${type}/${id}`;
      const list = referrers.get(name);
      if (list === undefined) referrers.set(name, [resource]);
      else list.push(resource);
    }
  ofWorld.set(parameter, referrers);
  return referrers;
}

/** One `name=value` of a query as a test of resources. Throws Refusal. */
export function criterionTest(ground: Ground, world: World, type: string, name: string, value: string): Test {
  if (name.startsWith('_has:')) return hasTest(ground, world, type, name, value);
  if (name.includes('.')) return chainTest(ground, world, type, name, value);
  const [code = '', modifier, ...more] = name.split(':');
  if (more.length > 0) refuse('modifier');
  return parameterTest(advertisedParameter(ground, type, code), modifier, value, ground.setting, ground.finder);
}

/** https://hl7.org/fhir/R4/search.html#chaining: some target that the caller may see satisfies the rest. */
function chainTest(ground: Ground, world: World, type: string, name: string, value: string): Test {
  const [head = '', inner = '', ...more] = name.split('.');
  const [code = '', target] = head.split(':');
  const parameter = advertisedParameter(ground, type, code);
  if (parameter.type !== 'reference' || more.length > 0) refuse('chain');
  if (target !== undefined && !parameter.targets.includes(target)) refuse('not a target type');
  const innerCode = inner.split(':')[0] ?? '';
  const possible = target === undefined ? parameter.targets : [target];
  const targets = possible.filter((t) => ground.advertised.parameter(t, innerCode));
  if (targets.length === 0) refuse(`chain to ${innerCode}`);
  const satisfying = targets.flatMap((t) => world.visible(t).filter(criterionTest(ground, world, t, inner, value)));
  const names = new Set(satisfying.map((r) => `${r.resourceType}/${r.id ?? ''}`));
  return (resource) => referencedBy(ground, parameter, resource).some((r) => names.has(`${r.type}/${r.id}`));
}

/** https://hl7.org/fhir/R4/search.html#has: something that the caller may see satisfies the rest and refers here. */
function hasTest(ground: Ground, world: World, type: string, name: string, value: string): Test {
  const [, source = '', code = '', ...rest] = name.split(':');
  const inner = rest.join(':');
  const parameter = advertisedParameter(ground, source, code);
  if (parameter.type !== 'reference' || inner.startsWith('_has') || inner.includes('.')) refuse('_has');
  const satisfying = world.visible(source).filter(criterionTest(ground, world, source, inner, value));
  const names = new Set(satisfying.flatMap((r) => referencedBy(ground, parameter, r)).map((r) => `${r.type}/${r.id}`));
  return (resource) => names.has(`${type}/${resource.id ?? ''}`);
}
