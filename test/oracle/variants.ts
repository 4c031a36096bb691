import type { SearchParameter } from '@medplum/fhirtypes';
import type { Parameter } from './definitions.ts';
import { escapeValue } from './escape.ts';
import type { Random } from './random.ts';
import { dateVariants, type DateSetting } from './variants-date.ts';
import { find, isJson, numbersOf, quantitiesOf, referencesOf, stringsOf, tokensOf } from './values.ts';

/** One way to ask for a parameter: the name with its modifier, and the escaped value. */
export interface Variant {
  readonly name: string;
  readonly value: string;
}

export interface VariantSetting extends DateSetting {
  readonly baseUrl: string;
  /** Ids of the secondary records of a person. */
  readonly secondaries: (patientId: string) => readonly string[];
}

const prefixes = ['', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'];

/** Searches that hit an element, and searches that just miss it. */
export function variantsOf(parameter: Parameter, element: unknown, setting: VariantSetting, random: Random): Variant[] {
  const { code } = parameter;
  const plain = (values: readonly string[]) => values.map((value) => ({ name: code, value }));
  switch (parameter.type) {
    case 'token':
      return tokenVariants(parameter, element, random);
    case 'string':
      return stringsOf(element).flatMap((text) => stringVariants(code, text, random));
    case 'reference':
      return referenceVariants(code, element, setting, random);
    case 'uri':
      return typeof element === 'string' ? plain([element, `${element}/`, element.toUpperCase()].map(escapeValue)) : [];
    case 'composite':
      return plain(compositeValues(parameter, element, setting, random));
    default:
      return plain(orderedValues(parameter.type, element, setting, random));
  }
}

function orderedValues(
  type: SearchParameter['type'],
  element: unknown,
  setting: VariantSetting,
  random: Random,
): string[] {
  if (type === 'date') return dateVariants(element, setting, random);
  if (type === 'number')
    return numbersOf(element)
      .flatMap((n) => numberTexts(n, random))
      .flatMap(withPrefixes);
  if (type === 'quantity') return quantityValues(element, random);
  return [];
}

function withPrefixes(value: string): string[] {
  return prefixes.map((prefix) => prefix + value);
}

function tokenVariants(parameter: Parameter, element: unknown, random: Random): Variant[] {
  const isContact = ['telecom', 'phone', 'email'].includes(parameter.code);
  return tokensOf(element, isContact).flatMap((token) => {
    const code = escapeValue(token.code ?? '');
    const system = escapeValue(token.system ?? '');
    if (code === '') return [{ name: parameter.code, value: `${system}|` }];
    const values = [code];
    if (token.kind === 'boolean') values.push(code === 'true' ? 'false' : 'true');
    else values.push(changeCase(code), `${code}x`, code.slice(0, -1) || 'x', `${code},nosuch`, `nosuch,${code}`);
    if (token.kind === 'coding' || token.kind === 'identifier' || token.kind === 'contact') {
      values.push(`${system}|${code}`, `|${code}`, `${system}x|${code}`, `${system}|${code}x`);
      if (system !== '') values.push(`${system}|`, `urn:nosuch|`, `${changeCase(system)}|${code}`);
    }
    if (token.kind === 'primitive' && parameter.code !== '_id') values.push(`urn:nosuch|${code}`, `|${code}`);
    const variants = values.map((value) => ({ name: parameter.code, value }));
    if (parameter.code === '_id') return variants;
    const negated = random.sample(values, 3).map((value) => ({ name: `${parameter.code}:not`, value }));
    return [...variants, ...negated];
  });
}

function stringVariants(code: string, text: string, random: Random): Variant[] {
  const letters = Array.from(text);
  const cut = 1 + random.below(letters.length);
  const from = random.below(letters.length);
  const start = letters.slice(0, cut).join('');
  const inner = letters.slice(from, from + 1 + random.below(4)).join('');
  const bare = text.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const wild = letters.map((letter, at) => (at === cut - 1 ? random.pick(['%', '_', '*']) : letter)).join('');
  const starts = [
    text,
    start,
    changeCase(start),
    bare,
    bare.toUpperCase(),
    inner,
    `${text}x`,
    wild,
    `${start}%`,
    '_',
    '%',
  ];
  const contains = [inner, changeCase(inner), bare.slice(-3), `${inner}%`];
  const exact = [text, changeCase(text), bare, start];
  const named = (name: string, values: readonly string[]) =>
    values
      .filter((value) => value.trim() === value && value !== '')
      .map((value) => ({ name, value: escapeValue(value) }));
  return [...named(code, starts), ...named(`${code}:contains`, contains), ...named(`${code}:exact`, exact)];
}

function changeCase(text: string): string {
  const upper = text.toUpperCase();
  return upper === text ? text.toLowerCase() : upper;
}

function referenceVariants(code: string, element: unknown, setting: VariantSetting, random: Random): Variant[] {
  return referencesOf(element, setting.baseUrl).flatMap((reference) => {
    if ('url' in reference) return [{ name: code, value: escapeValue(reference.url) }];
    const { type, id } = reference;
    const otherId = id.slice(0, -1) + (id.endsWith('x') ? 'y' : 'x');
    const values = [id, `${type}/${id}`, otherId, `${type}/nosuch`, `Device/${id}`, `${type}/${id},${type}/nosuch`];
    values.push(`http://elsewhere.example/fhir/${type}/${id}`);
    if (type === 'Patient') values.push(...setting.secondaries(id).flatMap((other) => [other, `Patient/${other}`]));
    if (setting.baseUrl) values.push(`${setting.baseUrl}/${type}/${id}`);
    const variants = random.sample(values, values.length).map((value) => ({ name: code, value }));
    return [...variants, { name: `${code}:${type}`, value: id }];
  });
}

/** The number as written, with fewer and more digits, one step of the last digit away, and with an exponent. */
function numberTexts(number: string, random: Random): string[] {
  if (number.includes('e')) return [number];
  const digits = number.split('.')[1]?.length ?? 0;
  const step = 10 ** -digits;
  const near = [-1, 1, -0.5, 0.5, 0.05].map((steps) => (Number(number) + steps * step).toFixed(digits + 2));
  const shorter = digits > 0 ? [Number(number).toFixed(digits - 1)] : [];
  const longer = digits > 0 ? [`${number}0`, `${number}00`] : [`${number}.0`];
  const exponent = Number(number) === 0 ? [] : [Number(number).toExponential(random.below(2)).replace('+', '')];
  return [number, ...near, ...shorter, ...longer, ...exponent, `-${number.replace('-', '')}`];
}

function quantityValues(element: unknown, random: Random): string[] {
  return quantitiesOf(element).flatMap((quantity) => {
    const numbers = random.sample(numberTexts(quantity.value, random), 4);
    const unit = escapeValue(quantity.unit ?? '');
    const code = escapeValue(quantity.code ?? '');
    const system = escapeValue(quantity.system ?? '');
    const units = [unit, code].filter((u) => u !== '').flatMap((u) => [`||${u}`, `||${u}x`, `|urn:nosuch|${u}`]);
    if (system !== '' && code !== '') units.push(`|${system}|${code}`, `|${system}|${changeCase(code)}`);
    const values = [quantity.value, ...numbers].flatMap(withPrefixes);
    return values.map((value) => (random.chance(0.5) ? value : value + (random.pick(units) ?? '')));
  });
}

/** Values of the same element, and with the second one changed. */
function compositeValues(parameter: Parameter, element: unknown, setting: VariantSetting, random: Random): string[] {
  if (!isJson(element)) return [];
  const perComponent = parameter.components.map(({ type, expression }) =>
    find(expression, element).flatMap((inner) => {
      const { code, base, targets } = parameter;
      const variants = variantsOf({ base, code, type, expression, targets, components: [] }, inner, setting, random);
      return variants.filter(({ name, value }) => name === code && !value.includes(',')).map(({ value }) => value);
    }),
  );
  return Array.from({ length: 12 }, () => perComponent.map((values) => random.pick(values))).flatMap((values) =>
    values.includes(undefined) ? [] : [values.join('$')],
  );
}
