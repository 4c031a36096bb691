import type { Resource } from '@medplum/fhirtypes';
import type { Parameter } from './definitions.ts';
import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';
import { isJson, referencesOf } from './values.ts';
import { variantsOf, type Variant } from './variants.ts';
import { boundaryVariants, clockVariants } from './variants-edge.ts';
import type { Reach } from './world.ts';

/** One `name=value` of a query, before encoding, and what it exercises. */
export interface Part extends Variant {
  readonly about: string;
}

/** Picks parts of queries from what the resources hold. */
export interface Picker {
  readonly visible: (type: string) => readonly Resource[];
  /** Whether a resource has a value for a parameter; a composite needs one for each component in one element. */
  readonly hasValue: (parameter: Parameter, resource: Resource) => boolean;
  /** The resources that have a value for a parameter. */
  readonly holdersOf: (parameter: Parameter) => readonly Resource[];
  /** Ways to ask about one resource's own value of a parameter: hits and near misses. */
  readonly variantsAt: (parameter: Parameter, resource: Resource) => Variant[];
  /** Searches on the edges of values that are there, each prefix once. */
  readonly edgesOf: (parameter: Parameter) => Variant[];
  /** One criterion that mostly holds for the resource. */
  readonly partAt: (resource: Resource) => Part | undefined;
  /** The resources of a type that a resource refers to. */
  readonly targetsOf: (parameter: Parameter, resource: Resource, type: string) => Resource[];
  readonly referenceParameters: (type: string) => Parameter[];
}

export function createPicker(oracle: Oracle, random: Random, reach: Reach | undefined): Picker {
  const { advertised, zone, nowMs, baseUrl } = oracle;
  const setting = { zone, nowMs, baseUrl, secondaries: (id: string) => oracle.secondaries(id) };
  const holders = new Map<Parameter, readonly Resource[]>();
  const visible = (type: string) => oracle.visible(type, reach);

  const hasValue = (parameter: Parameter, resource: Resource) => oracle.hasValue(parameter, resource);

  function holdersOf(parameter: Parameter): readonly Resource[] {
    let found = holders.get(parameter);
    if (!found) {
      found = visible(parameter.base).filter((resource) => hasValue(parameter, resource));
      holders.set(parameter, found);
    }
    return found;
  }

  function variantsAt(parameter: Parameter, resource: Resource): Variant[] {
    const element = random.pick(oracle.elements(parameter, resource));
    const asksMissing = random.chance(0.1) && parameter.code !== '_id' && parameter.type !== 'composite';
    const missing = { name: `${parameter.code}:missing`, value: String(random.chance(0.5)) };
    const variants = element === undefined ? [] : variantsOf(parameter, element, setting, random);
    return [...variants, ...(asksMissing ? [missing] : [])];
  }

  function edgesOf(parameter: Parameter): Variant[] {
    const elements = random.sample(holdersOf(parameter), 200).flatMap((one) => oracle.elements(parameter, one));
    const kinds = [...Map.groupBy(elements, kindOfElement).values()];
    const different = [...kinds.flatMap((kind) => kind.slice(0, 1)), ...elements.slice(0, 1)].slice(0, 8);
    const boundaries = different.flatMap((element) => boundaryVariants(parameter, element, setting));
    const clock = elements.map((element) => clockVariants(parameter, element, setting));
    return [
      ...boundaries,
      ...clock
        .filter((variants) => variants.length > 0)
        .slice(0, 2)
        .flat(),
    ];
  }

  function partAt(resource: Resource): Part | undefined {
    const type = resource.resourceType;
    const held = advertised.parameters(type).filter((parameter) => hasValue(parameter, resource));
    const variants = held.flatMap((parameter) => random.sample(variantsAt(parameter, resource), 3));
    const hits = variants.filter((variant) => oracle.holds(resource, variant.name, variant.value));
    const variant = random.pick(random.chance(0.85) ? hits : variants);
    return variant && { ...variant, about: `${type}.${variant.name}` };
  }

  function targetsOf(parameter: Parameter, resource: Resource, type: string): Resource[] {
    const references = oracle.elements(parameter, resource).flatMap((element) => referencesOf(element, baseUrl));
    return references.flatMap((r) => ('id' in r && r.type === type ? (oracle.at(r.type, r.id, reach) ?? []) : []));
  }

  const referenceParameters = (type: string) => advertised.parameters(type).filter((p) => p.type === 'reference');
  return { visible, hasValue, holdersOf, variantsAt, edgesOf, partAt, targetsOf, referenceParameters };
}

/** A quantity by its comparator, a date by its precision, anything else by what it consists of. */
function kindOfElement(element: unknown): string {
  if (typeof element === 'string') return String(element.length);
  if (!isJson(element)) return typeof element;
  const comparator = element['comparator'];
  return typeof comparator === 'string' ? comparator : Object.keys(element).sort().join(' ');
}
