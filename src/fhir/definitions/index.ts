/** What the server needs of the R4 definitions. The data is generated: see `scripts/generate-definitions.ts`. */
import type { ResourceType } from '../../contracts/index.ts';
import r4 from './r4.json' with { type: 'json' };

export type DefinedParamType =
  'token' | 'string' | 'date' | 'reference' | 'quantity' | 'number' | 'uri' | 'composite' | 'special';

/** A part of a composite parameter; `expression` is relative to what the composite's own expression yields. */
export interface ComponentDefinition {
  readonly definition: string;
  readonly code: string;
  readonly type: DefinedParamType;
  readonly expression: string;
}

/** One R4 SearchParameter as it applies to one resource type. */
export interface SearchParameterDefinition {
  readonly code: string;
  readonly type: DefinedParamType;
  /** Canonical URL. */
  readonly url: string;
  /** FHIRPath; of a parameter that several types share, only the operands of this type. Absent where R4 has none (`_text`, `_content`, `_query`). */
  readonly expression?: string;
  /** Target types of a reference parameter; empty means any type. */
  readonly targets: readonly ResourceType[];
  readonly components: readonly ComponentDefinition[];
}

/** One top-level element. The name of a choice element is written without `[x]`. */
export interface ElementDefinition {
  readonly name: string;
  readonly min: number;
  readonly max: string;
  readonly choice: boolean;
  readonly isSummary: boolean;
  readonly isModifier: boolean;
  readonly types: readonly string[];
}

interface ParameterRow {
  readonly code: string;
  readonly type: string;
  readonly id: string;
  readonly expression?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

interface ElementRow {
  readonly name: string;
  readonly min?: number;
  readonly max?: string;
  readonly choice?: boolean;
  readonly summary?: boolean;
  readonly modifier?: boolean;
  readonly types: readonly string[];
}

interface TypeRow {
  readonly parameters: readonly ParameterRow[];
  readonly elements: readonly ElementRow[];
  /** Below the top level, without the type: `component.code`, `characteristic.value[x]`. */
  readonly required: readonly string[];
}

interface Definitions {
  readonly Resource: readonly ParameterRow[];
  readonly DomainResource: readonly ParameterRow[];
  readonly types: Readonly<Record<string, TypeRow>>;
  /** Of datatypes (`HumanName`) and of elements with parts (`Observation.component`): name, with `[x]` for a choice, and types of each part. */
  readonly parts: Readonly<Record<string, readonly (readonly string[])[]>>;
}

const definitions = r4 as Definitions;
const canonicalBase = 'http://hl7.org/fhir/SearchParameter/';

/** Resources that are not DomainResources (https://hl7.org/fhir/R4/resource.html). */
const plainResources: ReadonlySet<string> = new Set(['Binary', 'Bundle', 'Parameters']);

/** The names of all R4 resource types. */
export const resourceTypes: ReadonlySet<string> = new Set(Object.keys(definitions.types));

/** Whether a name is an R4 resource type. */
export function isResourceType(name: string): name is ResourceType {
  return resourceTypes.has(name);
}

/** Computes once per argument; the results are immutable. */
function once<T>(compute: (type: string) => T): (type: string) => T {
  const known = new Map<string, T>();
  return (type) => {
    const found = known.get(type);
    if (found !== undefined) return found;
    const value = compute(type);
    known.set(type, value);
    return value;
  };
}

function rowsOf(type: string): readonly ParameterRow[] {
  const own = definitions.types[type]?.parameters;
  if (own === undefined) return [];
  return [...own, ...definitions.Resource, ...(plainResources.has(type) ? [] : definitions.DomainResource)];
}

const rowsById = once((type) => new Map(rowsOf(type).map((row) => [row.id, row])));

/** A component may name a parameter of another base than this type's; then all rows are looked through. */
function componentRow(type: string, id: string): ParameterRow {
  const own = rowsById(type).get(id);
  if (own !== undefined) return own;
  for (const { parameters } of Object.values(definitions.types)) {
    const row = parameters.find((p) => p.id === id);
    if (row !== undefined) return row;
  }
  throw new Error(`The R4 definitions have no SearchParameter ${id}, which a composite of ${type} uses.`);
}

function definitionOf(type: string, row: ParameterRow): SearchParameterDefinition {
  return {
    code: row.code,
    type: row.type as DefinedParamType,
    url: canonicalBase + row.id,
    ...(row.expression === undefined ? {} : { expression: row.expression }),
    targets: (row.target ?? []) as readonly ResourceType[],
    components: (row.component ?? []).map((component) => {
      const { code, type: kind } = componentRow(type, component.definition);
      return {
        definition: canonicalBase + component.definition,
        code,
        type: kind as DefinedParamType,
        expression: component.expression,
      };
    }),
  };
}

/**
 * All R4 search parameters of a type, with those of Resource and DomainResource (`_id`, `_lastUpdated` …); empty for an unknown type.
 * Source: https://hl7.org/fhir/R4/searchparameter-registry.html
 */
export const searchParameters: (type: string) => readonly SearchParameterDefinition[] = once((type) =>
  rowsOf(type).map((row) => definitionOf(type, row)),
);

/** The top-level elements of a type, in the order of its definition; empty for an unknown type. */
export const elementsOf: (type: string) => readonly ElementDefinition[] = once((type) =>
  (definitions.types[type]?.elements ?? []).map((row) => ({
    name: row.name,
    min: row.min ?? 0,
    max: row.max ?? '1',
    choice: row.choice === true,
    isSummary: row.summary === true,
    isModifier: row.modifier === true,
    types: row.types,
  })),
);

/** The name and the types of an element or of a part of one. */
export type NamedElement = Pick<ElementDefinition, 'name' | 'choice' | 'types'>;

/** The parts of a datatype (`HumanName`) or of an element that has its own (`Observation.component`); empty for what has none, and for an unknown name. */
export const elementsWithin: (structure: string) => readonly NamedElement[] = once((structure) =>
  (definitions.parts[structure] ?? []).map(([name = '', ...types]) => {
    return { name: name.replace('[x]', ''), choice: name.endsWith('[x]'), types };
  }),
);

/** What `elementsWithin` takes for one JSON name of an element. In: the element, the name that it has there, and the path of what it stands in. */
export function structureOf({ name, choice, types }: NamedElement, jsonName: string, around: string): string {
  if (choice) return types.find((type) => name + capitalised(type) === jsonName) ?? '';
  const [type = ''] = types;
  if (type.startsWith('#')) return type.slice(1);
  return type === 'BackboneElement' || type === 'Element' ? `${around}.${name}` : type;
}

/**
 * Whether an element lacks a part that R4 requires of it. In: the type, the path below it (`component`, `note`), and the JSON names of the parts that it has.
 */
export function lacksRequired(type: string, path: string, names: readonly string[]): boolean {
  const parts = (definitions.types[type]?.required ?? []).flatMap((required) => {
    const at = required.lastIndexOf('.');
    return required.slice(0, at) === path ? [required.slice(at + 1)] : [];
  });
  return parts.some((part) => {
    const stem = part.replace('[x]', '');
    return !names.some((name) => name === stem || (stem !== part && name.startsWith(stem)));
  });
}

/** Codes of the parameters of a type whose value can only be `true` or `false`: a boolean element, or a condition such as `exists()`. */
export const booleanParameters: (type: string) => ReadonlySet<string> = once(
  (type) => new Set(searchParameters(type).filter((p) => isBoolean(type, p.expression ?? '')).map((p) => p.code)),
);

function isBoolean(type: string, expression: string): boolean {
  if (/\.exists\(\) and /.test(expression)) return true;
  const types = elementsOf(type).find(({ name }) => expression === `${type}.${name}`)?.types;
  return types?.length === 1 && types[0] === 'boolean';
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The names under which an element stands in JSON: `value` of Observation gives `valueQuantity`, `valueString` … */
export function jsonNamesOf(element: NamedElement): readonly string[] {
  return element.choice ? element.types.map((type) => element.name + capitalised(type)) : [element.name];
}

const jsonNamesWhere = (holds: (element: ElementDefinition) => boolean): ((type: string) => ReadonlySet<string>) =>
  once((type) => new Set(elementsOf(type).filter(holds).flatMap(jsonNamesOf)));

/** JSON names of the top-level elements that a subset always keeps: the required ones, `id`, `meta` (https://hl7.org/fhir/R4/search.html#elements). */
export const mandatoryElements: (type: string) => ReadonlySet<string> = jsonNamesWhere(
  (e) => e.min > 0 || e.name === 'id' || e.name === 'meta',
);

/** JSON names of the top-level elements of `_summary=true` (https://hl7.org/fhir/R4/search.html#summary). */
export const summaryElements: (type: string) => ReadonlySet<string> = jsonNamesWhere((e) => e.isSummary || e.min > 0);

/** The JSON names that `name` asks for: an element (`value`, `value[x]`, `status`) or one JSON name of a choice (`valueQuantity`). Undefined: no such element. */
export function jsonNamesAsked(type: string, name: string): readonly string[] | undefined {
  const plain = name.endsWith('[x]') ? name.slice(0, -3) : name;
  for (const element of elementsOf(type)) {
    const names = jsonNamesOf(element);
    if (element.name === plain) return names;
    if (names.includes(name)) return [name];
  }
  return undefined;
}
