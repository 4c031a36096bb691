import type { Rendering, SearchPlan, ServedType, Summary } from '../../contracts/index.ts';
import { jsonNamesAsked } from '../definitions/index.ts';
import { invalidValue, quoted } from './refuse.ts';

/** Parameters that shape the answer and choose nothing (https://hl7.org/fhir/R4/search.html#modifyingresults). */

export interface CountBounds {
  readonly countDefault: number;
  readonly countMax: number;
}

/** Matches per page: 0 asks for the total only; more than the maximum is capped. */
export function parseCount(value: string | undefined, { countDefault, countMax }: CountBounds): number {
  if (value === undefined) return Math.min(countDefault, countMax);
  if (!/^\d{1,15}$/.test(value)) throw invalidValue('_count', 'it is a whole number, 0 or more.');
  return Math.min(Number(value), countMax);
}

/** `estimate` may be answered accurately (https://hl7.org/fhir/R4/search.html#total), and is. */
export function parseTotal(value: string | undefined): SearchPlan['total'] {
  if (value === undefined || value === 'none') return 'none';
  if (value !== 'accurate' && value !== 'estimate') throw invalidValue('_total', 'it is none, estimate or accurate.');
  return 'accurate';
}

/** One key, served as sortable, with `-` for descending. */
export function parseSort(value: string | undefined, type: ServedType): SearchPlan['sort'] {
  if (value === undefined) return undefined;
  if (value.includes(',')) throw invalidValue('_sort', 'one key is served.');
  const code = value.startsWith('-') ? value.slice(1) : value;
  if (type.params.get(code)?.sortable !== true) {
    const keys = [...type.params.values()].filter((param) => param.sortable).map((param) => param.code);
    throw invalidValue('_sort', `${type.type} sorts by ${keys.length === 0 ? 'nothing' : keys.join(', ')}.`);
  }
  return { code, descending: value.startsWith('-') };
}

const summaries: ReadonlySet<string> = new Set(['true', 'false', 'text', 'data', 'count'] satisfies Summary[]);

/** `_summary` and `_elements`, of a search or of a read; `count` is for searches only. */
export function parseRendering(
  type: string,
  summary: string | undefined,
  elements: readonly string[],
  isSearch: boolean,
): Rendering {
  if (summary !== undefined && (!summaries.has(summary) || (summary === 'count' && !isSearch)))
    throw invalidValue('_summary', `it is true, text, data${isSearch ? ', count' : ''} or false.`);
  const level = (summary ?? 'false') as Summary;
  if (elements.length === 0) return { summary: level };
  if (level !== 'false') throw invalidValue('_elements', 'it cannot be combined with _summary.');
  return { summary: level, elements: parseElements(type, elements) };
}

/** Names of top-level elements (https://hl7.org/fhir/R4/search.html#elements). */
function parseElements(type: string, values: readonly string[]): readonly string[] {
  const names = values.flatMap((value) => value.split(',')).map((name) => name.replace(/\[x\]$/, ''));
  const unknown = names.find((name) => name !== 'resourceType' && jsonNamesAsked(type, name) === undefined);
  if (unknown !== undefined)
    throw invalidValue(
      '_elements',
      `${type} has no top-level element ${unknown === '' ? 'without a name' : quoted(unknown)}.`,
    );
  return [...new Set(names)];
}
