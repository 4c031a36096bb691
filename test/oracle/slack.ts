import type { Resource } from '@medplum/fhirtypes';
import type { Oracle } from './oracle.ts';
import { readQuery } from './query.ts';
import { referencesOf } from './values.ts';
import type { Reach } from './world.ts';

/** What damaged rows, which no one outside can see, may add to an answer. They never take anything away. */
export interface Slack {
  /** Whether a match beyond the expected ones may come from a damaged row behind a chain or `_has`. */
  excuses(id: string): boolean;
  /** How much the total may exceed the expected one. */
  readonly total: number;
}

interface Asked {
  readonly oracle: Oracle;
  readonly damaged: (type: string) => number;
  readonly reach: Reach | undefined;
}

/**
 * A damaged row is no entry, but a predicate over stored columns finds it: it counts in totals, a chain passes through it, and `_has` is satisfied
 * by it. A chain excuses only a resource that refers to an instance that nobody is served; `_has`, as many resources as its source has damaged
 * rows. All other criteria must hold. Under a reach `_has` excuses nothing, so that no leak hides behind damage.
 */
export function slackOf({ oracle, damaged, reach }: Asked, type: string, queryString: string): Slack {
  const { criteria } = readQuery(queryString);
  const isHas = ({ name }: { readonly name: string }) => name.startsWith('_has:');
  const isChain = (one: { readonly name: string }) => !isHas(one) && one.name.includes('.');
  const behindHas = reach ? 0 : sum(criteria.filter(isHas).map(({ name }) => damaged(name.split(':')[1] ?? '')));
  const codes = criteria.filter(isChain).map(({ name }) => name.split(/[.:]/)[0] ?? '');
  const plain = criteria.filter(
    (one) => !isHas(one) && !isChain(one) && oracle.advertised.defined(type, nameOf(one.name)),
  );
  const isPlainMatch = (resource: Resource) => plain.every(({ name, value }) => oracle.holds(resource, name, value));

  /** Refers, by a chained parameter, to what is served to nobody at all and may be damaged. */
  function leadsToDamage(resource: Resource): boolean {
    const parameters = codes.flatMap((code) => oracle.advertised.parameter(type, code) ?? []);
    const elements = parameters.flatMap((parameter) => oracle.elements(parameter, resource));
    return elements
      .flatMap((element) => referencesOf(element, oracle.baseUrl))
      .some((r) => 'id' in r && damaged(r.type) > 0 && oracle.at(r.type, r.id) === undefined);
  }

  if (codes.length === 0 && behindHas === 0) return { excuses: () => false, total: damaged(type) };
  const behindChains = oracle
    .visible(type, reach)
    .filter((resource) => leadsToDamage(resource) && isPlainMatch(resource));
  const ids = new Set(behindChains.map((resource) => resource.id));
  return {
    excuses: (id) => {
      const resource = oracle.at(type, id, reach);
      return ids.has(id) || (behindHas > 0 && resource !== undefined && isPlainMatch(resource));
    },
    total: damaged(type) + behindHas + ids.size,
  };
}

function nameOf(name: string): string {
  return name.split(':')[0] ?? '';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
