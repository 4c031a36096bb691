import { evalFhirPath } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';
import { rangeOf, type DateRange } from './date.ts';
import { decimalOf, intervalOf, type Interval } from './decimal.ts';
import type { Zone } from './zone.ts';

/** JSON of a FHIR element. */
export type Json = Readonly<Record<string, unknown>>;

export interface Token {
  readonly system?: string;
  readonly code?: string;
  /** `primitive`: a code, string, id or boolean, which has no system of its own. */
  readonly kind: 'coding' | 'identifier' | 'contact' | 'primitive' | 'boolean';
}

export interface Quantity {
  readonly interval: Interval;
  readonly value: string;
  readonly system?: string;
  readonly code?: string;
  readonly unit?: string;
}

export type Reference = { readonly type: string; readonly id: string } | { readonly url: string };

/** What a FHIRPath expression finds in a resource or element, as plain JSON. */
export function find(expression: string, element: unknown): readonly unknown[] {
  if (expression === '') return [];
  return evalFhirPath(expression, element as Resource).filter(isPresent);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(isJson(value) && Object.keys(value).length === 0);
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The texts directly in an element under these names, lists included. */
function texts(element: Json, names: readonly string[]): string[] {
  return names
    .flatMap((name) => element[name])
    .filter((value): value is string => typeof value === 'string' && value !== '');
}

function text(element: Json, name: string): { readonly [key: string]: string } {
  const value = element[name];
  return typeof value === 'string' ? { [name]: value } : {};
}

/** https://hl7.org/fhir/R4/search.html#token: the text of a CodeableConcept is not searched. */
export function tokensOf(value: unknown, isContact: boolean): Token[] {
  if (typeof value === 'boolean') return [{ code: String(value), kind: 'boolean' }];
  if (typeof value === 'string') return [{ code: value, kind: 'primitive' }];
  if (!isJson(value)) return [];
  if (Array.isArray(value['coding'])) return value['coding'].flatMap((coding) => tokensOf(coding, false));
  const system = text(value, 'system');
  if ('code' in value) return [{ ...system, ...text(value, 'code'), kind: 'coding' }];
  if ('value' in value) {
    const code = typeof value['value'] === 'string' ? { code: value['value'] } : {};
    return [{ ...system, ...code, kind: isContact ? 'contact' : 'identifier' }];
  }
  return 'system' in value ? [{ ...system, kind: 'coding' }] : [];
}

const nameParts = ['family', 'given', 'prefix', 'suffix', 'text'];
const addressParts = ['line', 'city', 'district', 'state', 'postalCode', 'country', 'text'];

/** https://hl7.org/fhir/R4/search.html#string: each part of a HumanName or an Address is a value of its own. */
export function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return isJson(value) ? texts(value, [...nameParts, ...addressParts.filter((part) => part !== 'text')]) : [];
}

export function rangesOf(value: unknown, zone: Zone): DateRange[] {
  if (typeof value === 'string') {
    const range = rangeOf(value, zone);
    return range ? [range] : [];
  }
  if (!isJson(value) || !('start' in value || 'end' in value)) return [];
  const end = (name: string) => rangeOf(texts(value, [name])[0] ?? '', zone);
  return [{ lo: end('start')?.lo ?? -Infinity, hi: end('end')?.hi ?? Infinity }];
}

export function quantitiesOf(value: unknown): Quantity[] {
  if (!isJson(value)) return [];
  const number = numbersOf(value['value'])[0];
  const decimal = number === undefined ? undefined : decimalOf(number);
  if (number === undefined || !decimal) return [];
  const comparator = texts(value, ['comparator'])[0];
  return [
    {
      interval: intervalOf(decimal, comparator),
      value: number,
      ...text(value, 'system'),
      ...text(value, 'code'),
      ...text(value, 'unit'),
    },
  ];
}

export function numbersOf(value: unknown): string[] {
  return typeof value === 'number' ? [String(value)] : [];
}

/** A reference as this server writes them; `[base]/Type/id` is the same as `Type/id`, and the version does not matter. */
export function referenceOf(written: string, baseUrl: string): Reference {
  const relative = baseUrl && written.startsWith(`${baseUrl}/`) ? written.slice(baseUrl.length + 1) : written;
  const found = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(relative);
  return found ? { type: found[1] ?? '', id: found[2] ?? '' } : { url: written };
}

/** Memory of what was read: in a large hospital the same reference is asked thousands of times. */
const read = new WeakMap<object, { readonly baseUrl: string; readonly references: readonly Reference[] }>();

export function referencesOf(value: unknown, baseUrl: string): readonly Reference[] {
  if (typeof value === 'string') return [referenceOf(value, baseUrl)];
  if (!isJson(value)) return [];
  const known = read.get(value);
  if (known?.baseUrl === baseUrl) return known.references;
  const references = texts(value, ['reference']).map((written) => referenceOf(written, baseUrl));
  read.set(value, { baseUrl, references });
  return references;
}
