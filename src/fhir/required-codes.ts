import type { CodeSystem, CodeSystemConcept, Resource, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

/** The codes of value sets, as `system|code`; and by code alone, for elements that carry no system. */
export interface Codes {
  has(code: string, system?: string): boolean;
}

/**
 * The value sets of required bindings (https://hl7.org/fhir/R4/terminologies.html#required), expanded from the definitions at hand. Out: the codes
 * of a canonical URL; undefined where they cannot be listed (media types, units, currencies), so that nothing is said about them.
 */
export function createRequiredCodes(definitions: readonly Resource[]): (canonical: string) => Codes | undefined {
  const valueSets = new Map<string, ValueSet>();
  const codeSystems = new Map<string, CodeSystem>();
  for (const one of definitions) {
    if (one.resourceType === 'ValueSet' && one.url !== undefined) valueSets.set(one.url, one);
    if (one.resourceType === 'CodeSystem' && one.url !== undefined) codeSystems.set(one.url, one);
  }
  const expanded = new Map<string, ReadonlySet<string> | undefined>();

  const codesOf = (canonical: string): ReadonlySet<string> | undefined => {
    const url = withoutVersion(canonical);
    if (!expanded.has(url)) {
      // A value set that imports itself lists nothing.
      expanded.set(url, undefined);
      expanded.set(url, expand(valueSets.get(url)));
    }
    return expanded.get(url);
  };
  const expand = (valueSet: ValueSet | undefined): ReadonlySet<string> | undefined => {
    const { include = [], exclude = [] } = valueSet?.compose ?? {};
    const [included, excluded] = [include.map(listed), exclude.map(listed)];
    if (include.length === 0 || [...included, ...excluded].includes(undefined)) return undefined;
    const all = new Set(included.flatMap((codes) => [...(codes ?? [])]));
    for (const codes of excluded) for (const code of codes ?? []) all.delete(code);
    return all;
  };
  /** Codes of a system, narrowed by each value set that is named beside it. */
  const listed = ({ system, concept, filter, valueSet }: ValueSetComposeInclude): ReadonlySet<string> | undefined => {
    if (filter !== undefined) return undefined;
    const own = system === undefined ? [] : [concept ?? codeSystems.get(system)?.concept];
    const sets = [
      ...own.map((concepts) => concepts && new Set(codesIn(concepts).map((code) => `${system ?? ''}|${code}`))),
      ...(valueSet ?? []).map(codesOf),
    ];
    return sets.reduce((left, right) => left && right && new Set([...left].filter((code) => right.has(code))));
  };
  const found = new Map<ReadonlySet<string>, Codes>();
  return (canonical) => {
    const all = codesOf(canonical);
    if (all === undefined) return undefined;
    const known = found.get(all) ?? createCodes(all);
    found.set(all, known);
    return known;
  };
}

/** The URL of a canonical (https://hl7.org/fhir/R4/references.html#canonical). */
export function withoutVersion(canonical: string): string {
  return canonical.replace(/\|.*$/, '');
}

function createCodes(all: ReadonlySet<string>): Codes {
  const alone = new Set([...all].map((one) => one.slice(one.indexOf('|') + 1)));
  return { has: (code, system) => (system === undefined ? alone.has(code) : all.has(`${system}|${code}`)) };
}

/** Codes of a hierarchy, on all levels. */
function codesIn(concepts: readonly (CodeSystemConcept | { readonly code?: string })[]): readonly string[] {
  return concepts.flatMap((concept) => [
    ...(concept.code === undefined ? [] : [concept.code]),
    ...('concept' in concept ? codesIn(concept.concept ?? []) : []),
  ]);
}
