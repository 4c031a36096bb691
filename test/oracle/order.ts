import type { Resource } from '@medplum/fhirtypes';
import { compareDecimals, decimalOf, type Decimal } from './decimal.ts';
import type { Parameter } from './definitions.ts';
import { compareTexts, fold } from './folding.ts';
import type { Finder, Setting } from './match.ts';
import { numbersOf, quantitiesOf, rangesOf, referencesOf, stringsOf, tokensOf } from './values.ts';

type Key = number | string | Decimal;

/**
 * Ids in the order that a sort asks for; those of one group are tied. Ascending uses the smallest of several values, descending the largest;
 * resources without a value come last both ways.
 */
export function orderBy(
  matches: readonly Resource[],
  parameter: Parameter,
  descending: boolean,
  setting: Setting,
  finder: Finder,
): string[][] {
  const keyed = matches.map((resource) => {
    const elements = finder(parameter.expression, resource);
    const keys = elements.flatMap((element) => keysOf(element, parameter, resource, setting)).sort(compareKeys);
    return { id: resource.id ?? '', key: descending ? keys.at(-1) : keys[0] };
  });
  const present = keyed.flatMap(({ id, key }) => (key === undefined ? [] : [{ id, key }]));
  present.sort((a, b) => (descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)));
  const groups: string[][] = [];
  present.forEach(({ id, key }, at) => {
    const previous = present[at - 1];
    if (previous && compareKeys(previous.key, key) === 0) groups.at(-1)?.push(id);
    else groups.push([id]);
  });
  const absent = keyed.filter(({ key }) => key === undefined).map(({ id }) => id);
  return absent.length > 0 ? [...groups, absent] : groups;
}

/** A date sorts by its first instant (a period without a start has none), a quantity by its number whatever its unit, a token by its code. */
function keysOf(element: unknown, parameter: Parameter, resource: Resource, setting: Setting): Key[] {
  switch (parameter.type) {
    case 'date':
      return rangesOf(element, setting.zone).flatMap(({ lo }) => (Number.isFinite(lo) ? lo : []));
    case 'number':
      return numbersOf(element).flatMap((number) => decimalOf(number) ?? []);
    case 'quantity':
      return quantitiesOf(element).flatMap((quantity) => decimalOf(quantity.value) ?? []);
    case 'token':
      return tokensOf(element, false).flatMap((token) => token.code ?? []);
    case 'reference':
      return referencesOf(element, setting.baseUrl).map((r) => ('url' in r ? r.url : `${r.type}/${r.id}`));
    case 'uri':
      return typeof element === 'string' ? [element] : [];
    default:
      return stringsOf(element).map((text) => fold(text, setting.folding(parameter.base, parameter.code, resource)));
  }
}

function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, b);
  return compareDecimals(a as Decimal, b as Decimal);
}
