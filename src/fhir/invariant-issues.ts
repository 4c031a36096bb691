import type * as Core from '@medplum/core';
import type { Constraint, TypedValue } from '@medplum/core';
import type { JsonResource } from './interaction/index.ts';
import type { OutcomeIssue } from './outcome.ts';

/**
 * `ele-1` and the shape of extensions are structure, which is checked before; the constraints on contained resources need FHIRPath functions that
 * the evaluator at hand lacks.
 */
const PASSED_OVER: ReadonlySet<string> = new Set(['ele-1', 'dom-3']);

/**
 * Invariants of the datatypes and of the resource itself (https://hl7.org/fhir/R4/conformance-rules.html#constraints). The structural validator
 * evaluates those that stand at an element, and few of these. In: a resource whose structure is valid, and what was found before.
 */
export function invariantIssues(
  core: Pick<typeof Core, 'crawlTypedValue' | 'toTypedValue' | 'evalFhirPathTyped'>,
  resource: JsonResource,
  before: readonly OutcomeIssue[],
): readonly OutcomeIssue[] {
  const root = core.toTypedValue(resource);
  const issues: OutcomeIssue[] = [];
  const isBroken = ({ expression }: Constraint, value: TypedValue): boolean => {
    try {
      const variables = { '%context': value, '%resource': root, '%rootResource': root, '%ucum': UCUM };
      return core.evalFhirPathTyped(expression, [value], variables)[0]?.value === false;
    } catch {
      // What cannot be evaluated is not judged.
      return false;
    }
  };
  const judge = (path: string, value: TypedValue, constraints: readonly Constraint[] = []): void => {
    for (const constraint of constraints) {
      if (constraint.severity !== 'error' || PASSED_OVER.has(constraint.key) || !isBroken(constraint, value)) continue;
      const issue = broken(path, constraint);
      const isKnown = (other: OutcomeIssue): boolean =>
        other.expression === path && other.diagnostics.startsWith(`Constraint ${constraint.key} `);
      if (![...before, ...issues].some(isKnown)) issues.push(issue);
    }
  };
  core.crawlTypedValue(root, {
    onEnterObject: (_path, value, schema) => {
      judge(value.path.replaceAll('[x]', ''), value, schema.constraints);
    },
    visitProperty: () => undefined,
  });
  return issues;
}

const UCUM: TypedValue = { type: 'string', value: 'http://unitsofmeasure.org' };

function broken(path: string, { key, description }: Constraint): OutcomeIssue {
  return {
    severity: 'error',
    code: 'invariant',
    diagnostics: `Constraint ${key} not met: ${description}`,
    expression: path,
  };
}
