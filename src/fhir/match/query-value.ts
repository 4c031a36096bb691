import type { ParamType, ResourceType } from '../../contracts/index.ts';
import { searchParameters } from '../definitions/index.ts';
import { escapeValue } from '../search/index.ts';
import { numberWritten, parseWritten, withoutPrimitiveExtensions } from '../written-json.ts';
import { isObject, textOf, type Element } from './element.ts';
import { finderOf, numberFinderOf } from './find.ts';

type Simple = Exclude<ParamType, 'composite'>;

/**
 * A value with which a search by a parameter would find this resource; undefined where it has none, and for composites, whose components are
 * parameters of their own. In: the resource as JSON text.
 */
export function queryValueOf(type: ResourceType, code: string, resource: string): string | undefined {
  const definition = searchParameters(type).find((one) => one.code === code);
  if (definition?.expression === undefined || definition.type === 'composite') return undefined;
  const expression = definition.expression.replaceAll(/\b(?:Domain)?Resource\./g, `${type}.`);
  const write = writers[definition.type as Simple] as ((element: Element) => string | undefined) | undefined;
  const find = definition.type === 'number' ? numberFinderOf(expression) : finderOf(expression);
  const parsed = withoutPrimitiveExtensions(parseWritten(resource));
  return (
    write &&
    find(parsed)
      .map(write)
      .find((value) => value !== undefined)
  );
}

const writers: Readonly<Record<Simple, (element: Element) => string | undefined>> = {
  token: tokenText,
  string: stringText,
  uri: scalarText,
  number: scalarText,
  reference: (element) => (isObject(element) ? textOf(element, 'reference') : undefined),
  date: (element) => (isObject(element) ? (textOf(element, 'start') ?? textOf(element, 'end')) : scalarText(element)),
  quantity: quantityText,
};

function scalarText(element: Element): string | undefined {
  return typeof element === 'string' ? escapeValue(element) : undefined;
}

function tokenText(element: Element): string | undefined {
  if (typeof element === 'boolean') return String(element);
  if (!isObject(element)) return scalarText(element);
  const { coding } = element;
  if (Array.isArray(coding)) return (coding as readonly Element[]).map(tokenText).find((text) => text !== undefined);
  const code = textOf(element, 'code') ?? textOf(element, 'value');
  const system = textOf(element, 'system');
  if (code === undefined) return undefined;
  // The system of a telephone number is a word, not a URI, and no part of what is searched.
  return system?.includes(':') === true ? `${escapeValue(system)}|${escapeValue(code)}` : escapeValue(code);
}

/** The first text anywhere inside a name or an address. */
function stringText(element: Element): string | undefined {
  if (Array.isArray(element)) return element.map(stringText).find((text) => text !== undefined);
  if (!isObject(element)) return scalarText(element);
  const texts = ['family', 'given', 'city', 'line', 'text', 'postalCode'].map((name) =>
    stringText(element[name] ?? null),
  );
  return texts.find((text) => text !== undefined);
}

function quantityText(element: Element): string | undefined {
  if (!isObject(element)) return undefined;
  const number = numberWritten(element, 'value');
  if (number === undefined) return undefined;
  const code = textOf(element, 'code');
  return code === undefined ? number : `${number}|${escapeValue(textOf(element, 'system') ?? '')}|${escapeValue(code)}`;
}
