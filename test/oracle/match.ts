import type { Resource, SearchParameter } from '@medplum/fhirtypes';
import { dateTest } from './date.ts';
import { decimalOf, numberTest, point } from './decimal.ts';
import { isTypeOfR4, type Parameter } from './definitions.ts';
import { splitEscaped, unescapeValue } from './escape.ts';
import { fold, type Folding } from './folding.ts';
import { refuse } from './refusal.ts';
import {
  find,
  numbersOf,
  quantitiesOf,
  rangesOf,
  referenceOf,
  referencesOf,
  stringsOf,
  tokensOf,
  type Token,
} from './values.ts';
import type { Zone } from './zone.ts';

/** What the answers depend on beside the resources. */
export interface Setting {
  readonly zone: Zone;
  readonly nowMs: number;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly folding: (type: string, code: string, resource: Resource) => Folding;
  /** The code system that the mapping declares for a `code` element, if any. */
  readonly codeSystem: (type: string, code: string, resource: Resource) => string | undefined;
}

/** Whether one element that a parameter's expression found matches one search value. */
type ElementTest = (element: unknown, resource: Resource) => boolean;

const modifiers: Readonly<Record<string, readonly string[]>> = {
  string: ['exact', 'contains'],
  token: ['not'],
  uri: ['below', 'above'],
};

/** Memory of what expressions find: the same element is asked thousands of times. */
export type Finder = (expression: string, element: object) => readonly unknown[];

export function createFinder(): Finder {
  const memory = new WeakMap<object, Map<string, readonly unknown[]>>();
  return (expression, element) => {
    let known = memory.get(element);
    if (!known) memory.set(element, (known = new Map<string, readonly unknown[]>()));
    let found = known.get(expression);
    if (!found) known.set(expression, (found = find(expression, element)));
    return found;
  };
}

/** A parameter with its modifier and its whole value (commas are OR) as a test of resources. Throws Refusal. */
export function parameterTest(
  parameter: Parameter,
  modifier: string | undefined,
  value: string,
  setting: Setting,
  finder: Finder,
): (resource: Resource) => boolean {
  const found = (resource: Resource) => finder(parameter.expression, resource);
  if (modifier === 'missing') {
    // https://hl7.org/fhir/R4/search.html#modifiers: for all parameters except combinations.
    if (parameter.type === 'composite') refuse(':missing of a composite');
    if (value !== 'true' && value !== 'false') refuse(':missing takes true or false');
    return (resource) => (found(resource).length === 0) === (value === 'true');
  }
  const isTypeName = parameter.type === 'reference' && modifier !== undefined && /^[A-Z]/.test(modifier);
  if (modifier !== undefined && !isTypeName && !modifiers[parameter.type]?.includes(modifier)) refuse('modifier');
  if (isTypeName && !parameter.targets.includes(modifier)) refuse('not a target type');
  const tests = splitEscaped(value, ',').map((one) =>
    parameter.type === 'composite'
      ? compositeTest(parameter, one, setting, finder)
      : elementTest(parameter, parameter.type, modifier, one, setting),
  );
  const matches = (resource: Resource) =>
    found(resource).some((element) => tests.some((test) => test(element, resource)));
  return modifier === 'not' ? (resource) => !matches(resource) : matches;
}

/** All components match in the same element. https://hl7.org/fhir/R4/search.html#combining */
function compositeTest(parameter: Parameter, value: string, setting: Setting, finder: Finder): ElementTest {
  const parts = splitEscaped(value, '$');
  if (parts.length !== parameter.components.length) refuse('number of components');
  const tests = parameter.components.map((component, at) => ({
    ...component,
    test: elementTest(parameter, component.type, undefined, parts[at] ?? '', setting),
  }));
  return (element, resource) =>
    tests.every(({ expression, test }) => finder(expression, element as object).some((inner) => test(inner, resource)));
}

function elementTest(
  parameter: Parameter,
  type: SearchParameter['type'],
  modifier: string | undefined,
  value: string,
  setting: Setting,
): ElementTest {
  if (value === '') refuse('empty value');
  switch (type) {
    case 'token':
      return tokenTest(parameter, value, setting);
    case 'string':
      return stringTest(parameter, modifier, unescapeValue(value), setting);
    case 'date': {
      const test = dateTest(value, setting.zone, setting.nowMs);
      return (element) => rangesOf(element, setting.zone).some(test);
    }
    case 'number': {
      const test = numberTest(value);
      return (element) => numbersOf(element).some((number) => test(point(decimalOf(number) ?? refuse('number'))));
    }
    case 'quantity':
      return quantityTest(value);
    case 'reference':
      return referenceTest(modifier, unescapeValue(value), setting);
    case 'uri':
      return uriTest(modifier, unescapeValue(value));
    default:
      return refuse(`type ${type}`);
  }
}

/** https://hl7.org/fhir/R4/search.html#token */
function tokenTest(parameter: Parameter, value: string, setting: Setting): ElementTest {
  const parts = splitEscaped(value, '|').map(unescapeValue);
  if (parts.length > 2 || parts.every((part) => part === '')) refuse('token');
  const code = parts.at(-1) ?? '';
  const system = parts.length === 2 ? parts[0] : undefined;
  const isBoolean = ['active', 'deceased'].includes(parameter.code);
  if (isBoolean && !['true', 'false'].includes(code)) refuse('boolean');
  const isContact = ['telecom', 'phone', 'email'].includes(parameter.code);
  const systemFits = (token: Token, resource: Resource) => {
    if (system === undefined || token.kind === 'boolean') return true;
    if (token.kind !== 'primitive') return (token.system ?? '') === system;
    if (parameter.code === '_id' || parameter.code === 'version') return true;
    return system === (setting.codeSystem(parameter.base, parameter.code, resource) ?? '');
  };
  const codeFits = (token: Token) => (code === '' && system !== undefined ? true : token.code === code);
  return (element, resource) =>
    tokensOf(element, isContact).some((token) => systemFits(token, resource) && codeFits(token));
}

/** https://hl7.org/fhir/R4/search.html#string */
function stringTest(parameter: Parameter, modifier: string | undefined, value: string, setting: Setting): ElementTest {
  if (modifier === 'exact') return (element) => stringsOf(element).includes(value);
  return (element, resource) => {
    const folding = setting.folding(parameter.base, parameter.code, resource);
    const wanted = fold(value, folding);
    return stringsOf(element).some((text) => {
      const folded = fold(text, folding);
      return modifier === 'contains' ? folded.includes(wanted) : folded.startsWith(wanted);
    });
  };
}

/** https://hl7.org/fhir/R4/search.html#quantity: `5`, `5|system|code` or `5||unit`. */
function quantityTest(value: string): ElementTest {
  const [number = '', system, code, ...more] = splitEscaped(value, '|').map(unescapeValue);
  if (more.length > 0 || (system !== undefined && code === undefined)) refuse('quantity');
  const fits = numberTest(number);
  return (element) =>
    quantitiesOf(element).some((quantity) => {
      if (!fits(quantity.interval)) return false;
      if (system) return quantity.system === system && (!code || quantity.code === code);
      return !code || quantity.code === code || quantity.unit === code;
    });
}

/** https://hl7.org/fhir/R4/search.html#reference: `id`, `Type/id` or a URL. */
function referenceTest(modifier: string | undefined, value: string, setting: Setting): ElementTest {
  const written = value.includes('/') || modifier === undefined ? value : `${modifier}/${value}`;
  const wanted = referenceOf(written, setting.baseUrl);
  const isUrl = 'url' in wanted && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(written);
  if (written.includes('/') && !isUrl && !('type' in wanted && isTypeOfR4(wanted.type))) refuse('not a reference');
  return (element) =>
    referencesOf(element, setting.baseUrl).some((reference) => {
      if ('url' in reference) return reference.url === value;
      const { type, id } = reference;
      if (modifier !== undefined && modifier !== type) return false;
      return 'id' in wanted ? wanted.type === type && wanted.id === id : id === value;
    });
}

/** https://hl7.org/fhir/R4/search.html#uri: exact, or by path segments with :below and :above. */
function uriTest(modifier: string | undefined, value: string): ElementTest {
  const isBelow = (long: string, short: string) =>
    long === short || long.startsWith(short.endsWith('/') ? short : `${short}/`);
  return (element) => {
    if (typeof element !== 'string') return false;
    if (modifier === 'below') return isBelow(element, value);
    return modifier === 'above' ? isBelow(value, element) : element === value;
  };
}
