import type { Resource } from '@medplum/fhirtypes';
import type { Parameter } from './definitions.ts';
import type { Oracle } from './oracle.ts';
import { createRandom, type Random } from './random.ts';
import { malformedVariants } from './malformed.ts';
import { referencesOf } from './values.ts';
import { variantsOf, type Variant } from './variants.ts';
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
}

export interface GeneratedQuery {
  readonly type: string;
  readonly query: string;
  /** What it exercises: `Type.param`, `Type.param:modifier`, `Type.ref.param`, `Type._has:Source:ref:param`, `Type._include …`, `Type._sort …`. */
  readonly about: readonly string[];
}

interface Part {
  readonly name: string;
  readonly value: string;
  readonly about: string;
}

/** How many matches are paged through; of larger answers most are only counted. */
const pagedMatchesMax = 300;

/** Searches whose values come from the resources, and near misses: repeatable from the seed. */
export function generateQueries(input: GenerateInput): GeneratedQuery[] {
  const { oracle } = input;
  const random = createRandom(input.seed);
  const { zone, nowMs, baseUrl, secondaries } = oracle;
  const setting = { zone, nowMs, baseUrl, secondaries };
  const queries: GeneratedQuery[] = [];
  const seen = new Set<string>();
  const visible = (type: string) => oracle.visible(type, input.reach);

  function add(type: string, parts: readonly Part[]): void {
    const criteria = parts.map(encodePart).join('&');
    const expected = oracle.search(type, criteria, input.reach);
    const shape = expected.refused === undefined ? shapeOf(expected.total, criteria, input, random) : '';
    const query = [criteria, shape].filter((part) => part !== '').join('&');
    if (seen.has(`${type}?${query}`)) return;
    seen.add(`${type}?${query}`);
    queries.push({ type, query, about: parts.map((part) => part.about) });
  }

  const holders = new Map<Parameter, readonly Resource[]>();
  function holdersOf(parameter: Parameter): readonly Resource[] {
    let found = holders.get(parameter);
    if (!found) {
      found = visible(parameter.base).filter((resource) => oracle.elements(parameter, resource).length > 0);
      holders.set(parameter, found);
    }
    return found;
  }

  /** Variants that concern one resource's own value of a parameter. */
  function variantsAt(parameter: Parameter, resource: Resource): Variant[] {
    const element = random.pick(oracle.elements(parameter, resource));
    const missing = random.chance(0.1)
      ? [{ name: `${parameter.code}:missing`, value: String(random.chance(0.5)) }]
      : [];
    return [...(element === undefined ? [] : variantsOf(parameter, element, setting, random)), ...missing];
  }

  function partAt(resource: Resource, prefix = '', about = `${resource.resourceType}.`): Part | undefined {
    const parameters = oracle.advertised.parameters(resource.resourceType);
    const held = parameters.filter((parameter) => oracle.elements(parameter, resource).length > 0);
    const variants = held.flatMap((parameter) => random.sample(variantsAt(parameter, resource), 3));
    const hits = variants.filter((variant) => oracle.holds(resource, variant.name, variant.value));
    const variant = random.pick(random.chance(0.85) ? hits : variants);
    return variant && { name: prefix + variant.name, value: variant.value, about: about + variant.name };
  }

  for (const type of oracle.advertised.types) {
    for (const parameter of oracle.advertised.parameters(type)) {
      addAlone(type, parameter);
    }
    addChains(type);
    addIncludes(type);
    addOrders(type);
  }
  const types = oracle.advertised.types.filter((type) => visible(type).length > 0);
  for (let n = input.combinations ?? 500; n > 0; n -= 1) addCombination(random.pick(types));
  return queries;

  function addAlone(type: string, parameter: Parameter): void {
    const wanted = input.perParameter ?? 30;
    const about = (name: string) => `${type}.${name}`;
    for (const value of parameter.code === '_id' ? [] : ['true', 'false']) {
      const name = `${parameter.code}:missing`;
      add(type, [{ name, value, about: about(name) }]);
    }
    for (const { name, value } of malformedVariants(parameter))
      add(type, [{ name, value, about: `${about(name)} malformed` }]);
    const pairs = random.sample(holdersOf(parameter), 12).flatMap((resource) => {
      return variantsAt(parameter, resource).map((variant) => ({ variant, resource }));
    });
    const isHit = ({ variant, resource }: (typeof pairs)[number]) =>
      oracle.holds(resource, variant.name, variant.value);
    const spread = spreadOver(
      random.sample(pairs, 40 * wanted).sort((a, b) => Number(isHit(b)) - Number(isHit(a))),
      ({ variant }) => shapeOfVariant(variant),
    );
    const misses = spread.filter((pair) => !isHit(pair)).slice(0, Math.floor(wanted / 3));
    const hits = spread.filter(isHit).slice(0, wanted - misses.length);
    for (const { variant } of [...hits, ...misses]) add(type, [{ ...variant, about: about(variant.name) }]);
  }

  /** Each reference parameter followed to each target with each of the target's parameters, and the same backwards with `_has`. */
  function addChains(type: string): void {
    for (const parameter of oracle.advertised.parameters(type).filter((p) => p.type === 'reference')) {
      for (const target of parameter.targets.filter((t) => oracle.advertised.types.includes(t))) {
        const pairs = random
          .sample(holdersOf(parameter), 40)
          .flatMap((from) => targetsOf(parameter, from, target).map((to) => ({ from, to })));
        for (const inner of oracle.advertised.parameters(target)) {
          const pair = random.pick(pairs.filter(({ to }) => oracle.elements(inner, to).length > 0));
          for (const variant of pair ? random.sample(variantsAt(inner, pair.to), 2) : []) {
            const head =
              parameter.targets.length > 1 && random.chance(0.6) ? `${parameter.code}:${target}` : parameter.code;
            add(type, [
              {
                name: `${head}.${variant.name}`,
                value: variant.value,
                about: `${type}.${parameter.code}.${inner.code}`,
              },
            ]);
          }
        }
        for (const inner of oracle.advertised.parameters(type)) {
          const pair = random.pick(pairs.filter(({ from }) => oracle.elements(inner, from).length > 0));
          for (const variant of pair ? random.sample(variantsAt(inner, pair.from), 2) : []) {
            const name = `_has:${type}:${parameter.code}:${variant.name}`;
            add(target, [
              { name, value: variant.value, about: `${target}._has:${type}:${parameter.code}:${inner.code}` },
            ]);
          }
        }
      }
    }
  }

  function targetsOf(parameter: Parameter, resource: Resource, type: string): Resource[] {
    const references = oracle.elements(parameter, resource).flatMap((element) => referencesOf(element, oracle.baseUrl));
    return references.flatMap((r) =>
      'id' in r && r.type === type ? (oracle.at(r.type, r.id, input.reach) ?? []) : [],
    );
  }

  function includePart(type: string): Part[] {
    const all = [
      ...oracle.advertised.includes(type).map((value) => ({ name: '_include', value })),
      ...oracle.advertised.revincludes(type).map((value) => ({ name: '_revinclude', value })),
    ].filter(({ value }) => !value.includes('*'));
    return all.map((part) => ({ ...part, about: `${type}.${part.name} ${part.value}` }));
  }

  function addIncludes(type: string): void {
    for (const include of includePart(type)) {
      for (const resource of random.sample(visible(type), 3)) {
        const part = partAt(resource);
        add(type, part ? [part, include] : [include]);
      }
    }
  }

  function addOrders(type: string): void {
    for (const parameter of oracle.advertised.parameters(type).filter(isSortable)) {
      for (const value of [parameter.code, `-${parameter.code}`]) {
        const sort = { name: '_sort', value, about: `${type}._sort ${parameter.code}` };
        add(type, [sort]);
        for (const resource of random.sample(visible(type), 2)) {
          const part = partAt(resource);
          if (part) add(type, [part, sort]);
        }
      }
    }
  }

  function isSortable(parameter: Parameter): boolean {
    if (input.sortable) return input.sortable(parameter.base, parameter.code);
    return ['date', 'number', 'quantity', 'string'].includes(parameter.type);
  }

  function addCombination(type: string | undefined): void {
    const resource = type === undefined ? undefined : random.pick(visible(type));
    if (type === undefined || !resource) return;
    const parts = Array.from({ length: 1 + random.below(3) }, () =>
      partAt(random.chance(0.8) ? resource : (random.pick(visible(type)) ?? resource)),
    );
    const chosen = parts
      .flatMap((part) => part ?? [])
      .map((part) => (random.chance(0.15) ? withAlternative(part, type) : part));
    if (random.chance(0.3)) chosen.push(...random.sample(chainParts(type, resource), 1));
    if (random.chance(0.3)) chosen.push(...random.sample(includePart(type), 1 + random.below(2)));
    const sort = random.pick(oracle.advertised.parameters(type).filter(isSortable));
    if (sort && random.chance(0.4)) {
      chosen.push({
        name: '_sort',
        value: (random.chance(0.5) ? '-' : '') + sort.code,
        about: `${type}._sort ${sort.code}`,
      });
    }
    if (chosen.some(({ name }) => !/^_(sort|include|revinclude)$/.test(name)))
      add(type, random.sample(chosen, chosen.length));
  }

  /** The same parameter and modifier with a second value of another resource: OR. */
  function withAlternative(part: Part, type: string): Part {
    const [code = '', modifier] = part.name.split(':');
    const parameter = oracle.advertised.parameter(type, code);
    const other = parameter && modifier !== 'missing' ? random.pick(holdersOf(parameter)) : undefined;
    if (!parameter || !other) return part;
    const alternative = random.pick(variantsAt(parameter, other).filter(({ name }) => name === part.name));
    return alternative ? { ...part, value: `${part.value},${alternative.value}` } : part;
  }

  function chainParts(type: string, resource: Resource): Part[] {
    return oracle.advertised
      .parameters(type)
      .filter((p) => p.type === 'reference')
      .flatMap((parameter) =>
        parameter.targets
          .flatMap((target) => targetsOf(parameter, resource, target))
          .flatMap((to) => {
            const head = `${parameter.code}:${to.resourceType}.`;
            return partAt(to, head, `${type}.${parameter.code}.`) ?? [];
          }),
      );
  }
}

/** What kind of question a variant is: modifier, prefix, and which parts between bars are filled. */
function shapeOfVariant({ name, value }: Variant): string {
  const prefix = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[-\d])/.exec(value)?.[0] ?? '';
  const parts = value.split('|').map((part) => (part === '' ? '' : 'x'));
  return `${name} ${prefix} ${parts.join('|')}`;
}

/** The same items, such that each kind comes before any kind comes again. */
function spreadOver<T>(items: readonly T[], kindOf: (item: T) => string): T[] {
  const kinds = new Map<string, T[]>();
  for (const item of items) kinds.set(kindOf(item), [...(kinds.get(kindOf(item)) ?? []), item]);
  const rounds = Math.max(0, ...[...kinds.values()].map((list) => list.length));
  return Array.from({ length: rounds }, (_, at) =>
    [...kinds.values()].flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}

function encodePart({ name, value }: Part): string {
  return `${encodeURIComponent(name).replaceAll('%3A', ':')}=${encodeURIComponent(value)}`;
}

/** Page size and total: small answers are paged in small pages, large ones mostly counted. */
function shapeOf(total: number, criteria: string, input: GenerateInput, random: Random): string {
  const countMax = input.countMax ?? 100;
  if (criteria.includes('_count=') || criteria.includes('_summary=')) return '';
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

export interface Coverage {
  /** What some search with a non-empty answer exercised. */
  readonly tested: readonly string[];
  /** Advertised parameters (`Type.param`) that never had a non-empty answer without `:missing` or `:not`: untested. */
  readonly untestedParameters: readonly string[];
  /** Other things (chains, `_has`, includes, orders) that never had one. */
  readonly untested: readonly string[];
  readonly emptyAnswers: number;
  readonly queries: number;
}

/** Which parameters were really put to the test: one without a non-empty answer counts as untested. */
export function coverageOf(oracle: Oracle, queries: readonly GeneratedQuery[], reach?: Reach): Coverage {
  const tested = new Set<string>();
  const touched = new Set<string>();
  let emptyAnswers = 0;
  for (const { type, query, about } of queries) {
    const answer = oracle.search(type, query, reach);
    for (const one of about) if (!one.endsWith('malformed')) touched.add(one);
    if (answer.total === 0) emptyAnswers += 1;
    const needsInclude = about.some((one) => /\._(rev)?include /.test(one));
    if (answer.total === 0) continue;
    for (const one of about)
      if (!needsInclude || answer.includes.size > 0 || !/\._(rev)?include /.test(one)) tested.add(one);
  }
  const parameters = oracle.advertised.types.flatMap((type) =>
    oracle.advertised.parameters(type).map((p) => `${type}.${p.code}`),
  );
  const isTested = (parameter: string) =>
    [parameter, `${parameter}:exact`, `${parameter}:contains`].some((name) => tested.has(name));
  return {
    tested: [...tested].sort(),
    untestedParameters: parameters.filter((parameter) => !isTested(parameter)),
    untested: [...touched].filter((one) => !tested.has(one) && !parameters.includes(one)).sort(),
    emptyAnswers,
    queries: queries.length,
  };
}
