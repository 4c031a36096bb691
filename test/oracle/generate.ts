import type { Resource } from '@medplum/fhirtypes';
import type { Parameter } from './definitions.ts';
import { malformedVariants } from './malformed.ts';
import type { Oracle } from './oracle.ts';
import { createPicker, type Part, type Picker } from './picker.ts';
import { createRandom, type Random } from './random.ts';
import type { Variant } from './variants.ts';
import type { Reach } from './world.ts';

export interface GenerateInput {
  readonly oracle: Oracle;
  readonly seed: number;
  /** Searches of each parameter alone. Default 30. */
  readonly perParameter?: number;
  /** Random combinations of criteria, orders, includes and page sizes. Default 500. */
  readonly combinations?: number;
  /** Whether the server promises to sort by a parameter. Default: dates, numbers, quantities and strings. */
  readonly sortable?: (type: string, code: string) => boolean;
  /** The server's largest page. Default 100. */
  readonly countMax?: number;
  readonly reach?: Reach;
  /**
   * So many searches beside the combinations, in equal shares of the types: each kind of question of a type is asked before one is asked again.
   * Default: all that were made.
   */
  readonly queriesMax?: number;
  /** No chains, no `_has`, no includes and no orders beside the combinations. Default false. */
  readonly isLocal?: boolean;
}

export interface GeneratedQuery {
  readonly type: string;
  readonly query: string;
  /** What it exercises: `Type.param`, `Type.param:modifier`, `Type.ref.param`, `Type._has:Source:ref:param`, `Type._include …`, `Type._sort …`. */
  readonly about: readonly string[];
}

/** What the steps of one generation share. */
interface Work extends Picker {
  readonly input: GenerateInput;
  readonly oracle: Oracle;
  readonly random: Random;
  readonly add: (type: string, parts: readonly Part[]) => void;
}

/** How many matches are paged through; of larger answers most are only counted. */
const pagedMatchesMax = 300;

/** Searches whose values come from the resources, and near misses: repeatable from the seed. */
export function generateQueries(input: GenerateInput): GeneratedQuery[] {
  const { oracle, reach } = input;
  const random = createRandom(input.seed);
  const queries = new Map<string, GeneratedQuery>();

  function add(type: string, parts: readonly Part[]): void {
    const criteria = parts.map(encodePart).join('&');
    const expected = oracle.search(type, criteria, reach);
    const shape = expected.refused === undefined ? shapeOf(expected.total, input.countMax ?? 100, random) : '';
    const query = [criteria, shape].filter((part) => part !== '').join('&');
    queries.set(`${type}?${query}`, { type, query, about: parts.map((part) => part.about) });
  }

  const pending: Pending[] = [];
  const gather = (type: string, parts: readonly Part[]): void => {
    pending.push({ type, parts });
  };
  const work: Work = { ...createPicker(oracle, random, reach), input, oracle, random, add: gather };
  for (const type of oracle.advertised.types) {
    for (const parameter of oracle.advertised.parameters(type)) addAlone(work, parameter);
    if (input.isLocal === true) continue;
    for (const parameter of work.referenceParameters(type)) addHops(work, parameter);
    addIncludes(work, type);
    addOrders(work, type);
  }
  for (const { type, parts } of shared(pending, input, random)) add(type, parts);
  const types = oracle.advertised.types.filter((type) => work.visible(type).length > 0);
  for (let n = input.combinations ?? 500; n > 0; n -= 1) addCombination({ ...work, add }, random.pick(types) ?? '');
  return [...queries.values()];
}

interface Pending {
  readonly type: string;
  readonly parts: readonly Part[];
}

/** Each type's share of the searches that may be asked. */
function shared(
  pending: readonly Pending[],
  { oracle, queriesMax }: GenerateInput,
  random: Random,
): readonly Pending[] {
  if (queriesMax === undefined) return pending;
  const share = Math.ceil(queriesMax / oracle.advertised.types.length);
  const different = new Map(pending.map((one) => [`${one.type}?${one.parts.map(encodePart).join('&')}`, one]));
  return [...Map.groupBy(different.values(), ({ type }) => type).values()].flatMap((list) => {
    const kinds = spreadOver(random.sample(list, list.length), ({ parts }) => parts.map(({ about }) => about).join());
    return kinds.slice(0, share);
  });
}

function addAlone({ input, oracle, random, add, holdersOf, variantsAt, edgesOf }: Work, parameter: Parameter): void {
  const { base: type, code } = parameter;
  const wanted = input.perParameter ?? 30;
  const about = (name: string) => `${type}.${name}`;
  for (const value of code === '_id' || parameter.type === 'composite' ? [] : ['true', 'false']) {
    add(type, [{ name: `${code}:missing`, value, about: about(`${code}:missing`) }]);
  }
  for (const variant of malformedVariants(parameter)) {
    add(type, [{ ...variant, about: `${about(variant.name)} malformed` }]);
  }
  for (const variant of edgesOf(parameter)) add(type, [{ ...variant, about: about(variant.name) }]);
  const holders = random.sample(holdersOf(parameter), Math.min(Math.max(12, Math.ceil(wanted / 8)), wanted + 3));
  // A value that few resources have is asked in more ways.
  const rounds = Math.min(12, Math.ceil(12 / Math.max(1, holders.length)));
  const judged = Array.from({ length: rounds }, () => holders).flatMap((round) =>
    round.flatMap((resource) =>
      variantsAt(parameter, resource).map((variant) => {
        return { variant, isHit: oracle.holds(resource, variant.name, variant.value) };
      }),
    ),
  );
  const spread = spreadOver(random.sample(judged, judged.length), ({ variant }) => kindOf(variant));
  const misses = spread.filter(({ isHit }) => !isHit).slice(0, Math.floor(wanted / 3));
  const hits = spread.filter(({ isHit }) => isHit).slice(0, wanted - misses.length);
  for (const { variant } of [...hits, ...misses]) add(type, [{ ...variant, about: about(variant.name) }]);
}

/** A reference parameter followed to each target with each of the target's parameters, and backwards with `_has`. */
function addHops(work: Work, parameter: Parameter): void {
  const { oracle, random, holdersOf, targetsOf } = work;
  for (const target of parameter.targets.filter((type) => oracle.advertised.types.includes(type))) {
    const pairs = random
      .sample(holdersOf(parameter), 40)
      .flatMap((from) => targetsOf(parameter, from, target).map((to) => ({ from, to })));
    const head = parameter.targets.length > 1 && random.chance(0.6) ? `${parameter.code}:${target}` : parameter.code;
    const froms = pairs.map(({ from }) => from);
    const tos = pairs.map(({ to }) => to);
    const chainAbout = `${parameter.base}.${parameter.code}.`;
    const hasHead = `_has:${parameter.base}:${parameter.code}:`;
    addThrough(work, parameter.base, target, tos, `${head}.`, chainAbout);
    addThrough(work, target, parameter.base, froms, hasHead, `${target}.${hasHead}`);
  }
}

/** Each parameter of the inner type, asked of `type` through a chain or `_has`. */
function addThrough(
  work: Work,
  type: string,
  inner: string,
  at: readonly Resource[],
  head: string,
  about: string,
): void {
  const { oracle, random, add, hasValue, variantsAt } = work;
  for (const parameter of oracle.advertised.parameters(inner)) {
    const holders = random.sample(
      at.filter((one) => hasValue(parameter, one)),
      Math.min(5, (work.input.perParameter ?? 5) + 1),
    );
    const variants = holders.flatMap((one) => {
      return variantsAt(parameter, one).map((variant) => ({
        ...variant,
        isHit: oracle.holds(one, variant.name, variant.value),
      }));
    });
    const asked = [
      ...random.sample(
        variants.filter(({ isHit }) => isHit),
        1,
      ),
      ...random.sample(variants, 1),
    ];
    for (const { name, value } of asked) add(type, [{ name: head + name, value, about: about + parameter.code }]);
  }
}

function includeParts({ oracle }: Work, type: string): Part[] {
  const parts = [
    ...oracle.advertised.includes(type).map((value) => ({ name: '_include', value })),
    ...oracle.advertised.revincludes(type).map((value) => ({ name: '_revinclude', value })),
  ];
  return parts
    .filter(({ value }) => !value.includes('*'))
    .map((part) => ({ ...part, about: `${type}.${part.name} ${part.value}` }));
}

function addIncludes(work: Work, type: string): void {
  for (const include of includeParts(work, type)) {
    const [, code = ''] = include.value.split(':');
    const parameter = include.name === '_include' ? work.oracle.advertised.parameter(type, code) : undefined;
    const resources = parameter ? work.holdersOf(parameter) : work.visible(type);
    for (const resource of work.random.sample(resources, 4)) {
      work.add(type, [...[work.partAt(resource) ?? []].flat(), include]);
    }
  }
}

function sortParts({ input, oracle }: Work, type: string): Part[] {
  const isSortable = (parameter: Parameter) =>
    input.sortable?.(type, parameter.code) ?? ['date', 'number', 'quantity', 'string'].includes(parameter.type);
  return oracle.advertised
    .parameters(type)
    .filter(isSortable)
    .flatMap(({ code }) =>
      [code, `-${code}`].map((value) => ({ name: '_sort', value, about: `${type}._sort ${code}` })),
    );
}

function addOrders(work: Work, type: string): void {
  for (const sort of sortParts(work, type)) {
    work.add(type, [sort]);
    for (const resource of work.random.sample(work.visible(type), 2)) {
      work.add(type, [...[work.partAt(resource) ?? []].flat(), sort]);
    }
  }
}

/** One to three criteria that mostly hold for one resource, perhaps with an alternative, a chain, includes and an order. */
function addCombination(work: Work, type: string): void {
  const { random, visible, partAt } = work;
  const resource = random.pick(visible(type));
  if (!resource) return;
  const parts: Part[] = [];
  for (let n = 1 + random.below(3); n > 0; n -= 1) {
    const part = partAt(random.chance(0.9) ? resource : (random.pick(visible(type)) ?? resource));
    if (part) parts.push(random.chance(0.15) ? withAlternative(work, part, type) : part);
  }
  if (random.chance(0.3)) parts.push(...random.sample(chainParts(work, resource), 1));
  if (parts.length === 0) return;
  if (random.chance(0.3)) parts.push(...random.sample(includeParts(work, type), 1 + random.below(2)));
  if (random.chance(0.4)) parts.push(...random.sample(sortParts(work, type), 1));
  work.add(type, random.sample(parts, parts.length));
}

/** The same parameter and modifier with a second value, of another resource: OR. */
function withAlternative({ oracle, random, holdersOf, variantsAt }: Work, part: Part, type: string): Part {
  const [code = '', modifier] = part.name.split(':');
  const parameter = oracle.advertised.parameter(type, code);
  const other = parameter && modifier !== 'missing' ? random.pick(holdersOf(parameter)) : undefined;
  if (!parameter || !other) return part;
  const alternative = random.pick(variantsAt(parameter, other).filter(({ name }) => name === part.name));
  return alternative ? { ...part, value: `${part.value},${alternative.value}` } : part;
}

function chainParts({ partAt, targetsOf, referenceParameters }: Work, resource: Resource): Part[] {
  const type = resource.resourceType;
  return referenceParameters(type).flatMap((parameter) =>
    parameter.targets.flatMap((target) =>
      targetsOf(parameter, resource, target).flatMap((to) => {
        const part = partAt(to);
        if (!part) return [];
        const code = part.name.split(':')[0] ?? '';
        return [
          { ...part, name: `${parameter.code}:${target}.${part.name}`, about: `${type}.${parameter.code}.${code}` },
        ];
      }),
    ),
  );
}

/** What kind of question a variant is: modifier, prefix, and which parts between bars are filled. */
function kindOf({ name, value }: Variant): string {
  const prefix = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[-\d])/.exec(value)?.[0] ?? '';
  const parts = value.split('|').map((part) => (part === '' ? '' : 'x'));
  return `${name} ${prefix} ${parts.join('|')}`;
}

/** The same items, such that each kind comes before any kind comes again. */
function spreadOver<T>(items: readonly T[], kind: (item: T) => string): T[] {
  const kinds = [...Map.groupBy(items, kind).values()];
  const rounds = Math.max(0, ...kinds.map((list) => list.length));
  return Array.from({ length: rounds }, (_, at) => kinds.flatMap((list) => list.slice(at, at + 1))).flat();
}

function encodePart({ name, value }: Part): string {
  return `${encodeURIComponent(name).replaceAll('%3A', ':')}=${encodeURIComponent(value)}`;
}

/** Page size and total: small answers are paged in small pages, large ones mostly counted. */
function shapeOf(total: number, countMax: number, random: Random): string {
  if (total > pagedMatchesMax) {
    if (random.chance(0.8)) return random.chance(0.5) ? '_summary=count' : '_count=0';
    return `_count=${countMax}`;
  }
  const smallest = Math.max(1, Math.ceil(total / 15));
  const count = random.pick([1, 2, 3, 7, 20, 50, countMax]) ?? 20;
  const wantsTotal = random.chance(0.3) ? '&_total=accurate' : '';
  if (total <= 15 && random.chance(0.3)) return wantsTotal.slice(1);
  return `_count=${Math.min(countMax, Math.max(smallest, count))}${wantsTotal}`;
}
