import { evalFhirPathTyped, parseFhirPath, toTypedValue } from '@medplum/core';
import { numberWritten } from '../written-json.ts';
import { isObject, type Element } from './element.ts';

/** What an expression finds in a resource or in one of its elements. */
export type Finder = (element: Element) => readonly Element[];

/** Compiles a FHIRPath expression (http://hl7.org/fhirpath/N1/). */
export function finderOf(expression: string): Finder {
  const path = parseFhirPath(expression);
  return (element) =>
    evalFhirPathTyped(path, [toTypedValue(element)])
      .map((found) => found.value as Element | undefined)
      .filter((value) => value !== undefined)
      .filter(isPresent);
}

function isPresent(value: Element): boolean {
  return value !== null && value !== '' && !(isObject(value) && Object.keys(value).length === 0);
}

/**
 * As `finderOf`, for expressions that lead to numbers: their texts as written. FHIRPath yields bare numbers, so that they are read where they
 * stand: the expressions of R4's number parameters are plain paths.
 */
export function numberFinderOf(expression: string): Finder {
  const [, path, name] = /^(?:([\w.]+)\.)?(\w+)$/.exec(expression) ?? [];
  if (name === undefined) {
    const find = finderOf(expression);
    return (element) => find(element).flatMap((value) => (typeof value === 'number' ? [String(value)] : []));
  }
  const findHolders: Finder = path === undefined ? (element) => [element] : finderOf(path);
  return (element) =>
    findHolders(element)
      .filter(isObject)
      .flatMap((holder) => numbersIn(holder, name));
}

/** The numbers under a name or, of a choice, under one of its names: `probability` is written `probabilityDecimal`. */
function numbersIn(holder: object, name: string): readonly string[] {
  return Object.entries(holder)
    .filter(([key]) => key === name || (key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length))))
    .flatMap(([key, value]: [string, unknown]) =>
      Array.isArray(value) ? value.map((_, i) => numberWritten(value, i)) : [numberWritten(holder, key)],
    )
    .filter((text) => text !== undefined);
}
