import type { Criterion, ResourceType, SearchValue, SimpleValue } from '../contracts/index.ts';
import { searchParameters, type SearchParameterDefinition } from './definitions/index.ts';
import { dateTest } from './match/date.ts';
import type { Element, ElementTest, MatchContext } from './match/element.ts';
import { finderOf, numberFinderOf, type Finder } from './match/find.ts';
import { intervalOf, intervalTest } from './match/interval.ts';
import { quantityTest } from './match/quantity.ts';
import { referenceTest } from './match/reference.ts';
import { stringTest } from './match/string.ts';
import { tokenTest } from './match/token.ts';
import { uriTest } from './match/uri.ts';
import { parseWritten, withoutPrimitiveExtensions, type JsonObject } from './written-json.ts';

/** A criterion that one resource alone decides. Chains, `_has` and compartments ask about others too, so nothing here can judge them. */
export type LocalCriterion = Extract<Criterion, { is: 'parameter' | 'missing' }>;

/** A resource in memory: its JSON text, or an object whose numbers may remember how they were written. */
export type ResourceForm = string | JsonObject;

/**
 * Compiles one criterion of a plan to a test of resources of a type, by https://hl7.org/fhir/R4/search.html and by the decisions that SQL follows:
 * the two must agree on every resource. The criterion comes from a parsed search; a parameter that R4 does not define is a defect.
 */
export function matcherOf(
  type: ResourceType,
  criterion: LocalCriterion,
  context: MatchContext,
): (resource: ResourceForm) => boolean {
  const definition = searchParameters(type).find(({ code }) => code === criterion.code);
  if (definition?.expression === undefined)
    throw new Error(`R4 gives ${type} no parameter '${criterion.code}' to match by.`);
  // FHIRPath evaluators compare the first name with the resource's own type, not with the types that it specialises.
  const expression = definition.expression.replaceAll(/\b(?:Domain)?Resource\./g, `${type}.`);
  const holds = criterionTest(definition, expression, criterion, context);
  return (resource) =>
    holds(withoutPrimitiveExtensions(typeof resource === 'string' ? parseWritten(resource) : resource));
}

/** As `matcherOf`, for one resource. */
export function matches(resource: JsonObject, criterion: LocalCriterion, context: MatchContext): boolean {
  return matcherOf(resource['resourceType'] as ResourceType, criterion, context)(resource);
}

function criterionTest(
  definition: SearchParameterDefinition,
  expression: string,
  criterion: LocalCriterion,
  context: MatchContext,
): ElementTest {
  if (criterion.is === 'missing') {
    const find = finderFor(definition.type, expression);
    return (resource) => (find(resource).length === 0) === criterion.missing;
  }
  const test =
    criterion.type === 'composite'
      ? compositeTest(definition, expression, criterion.values, context)
      : anyElement(finderFor(criterion.type, expression), criterion.values as readonly SimpleValue[], context);
  return criterion.negated ? (resource) => !test(resource) : test;
}

function finderFor(type: string, expression: string): Finder {
  return type === 'number' ? numberFinderOf(expression) : finderOf(expression);
}

/** Some element matches one of the values. */
function anyElement(find: Finder, values: readonly SimpleValue[], context: MatchContext): ElementTest {
  const tests = values.map((value) => valueTest(value, context));
  return (within) => find(within).some((element) => tests.some((test) => test(element)));
}

/** All parts of one value match inside one and the same element (https://hl7.org/fhir/R4/search.html#combining). */
function compositeTest(
  { components }: SearchParameterDefinition,
  expression: string,
  values: readonly SearchValue[],
  context: MatchContext,
): ElementTest {
  const find = finderOf(expression);
  const tests = values.map((value) => {
    const parts = value.is === 'composite' ? value.parts : [];
    return components.map((component, i) => {
      const part = parts[i];
      return anyElement(finderFor(component.type, component.expression), part === undefined ? [] : [part], context);
    });
  });
  return (resource) => find(resource).some((focus) => tests.some((parts) => parts.every((part) => part(focus))));
}

function valueTest(value: SimpleValue, context: MatchContext): ElementTest {
  switch (value.is) {
    case 'token':
      return tokenTest(value, context);
    case 'string':
      return stringTest(value, context);
    case 'date':
      return dateTest(value, context);
    case 'quantity':
      return quantityTest(value);
    case 'reference':
      return referenceTest(value);
    case 'uri':
      return uriTest(value);
    case 'number': {
      const fits = intervalTest(value);
      return (element: Element) => typeof element === 'string' && fits(intervalOf(element, undefined));
    }
  }
}
