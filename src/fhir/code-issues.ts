import type * as Core from '@medplum/core';
import type { TypedValue, TypedValueWithPath } from '@medplum/core';
import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import type { JsonResource } from './interaction/index.ts';
import type { OutcomeIssue } from './outcome.ts';
import { withoutVersion, type Codes } from './required-codes.ts';

/**
 * Codes that required bindings do not allow (https://hl7.org/fhir/R4/terminologies.html#required). In: a resource whose structure is valid. A
 * CodeableConcept needs one coding of the value set; one that is only a text or an extension is another matter, and cardinality's.
 */
export function codeIssues(
  core: Pick<typeof Core, 'crawlTypedValue' | 'toTypedValue'>,
  resource: JsonResource,
  codesOf: (canonical: string) => Codes | undefined,
): readonly OutcomeIssue[] {
  const issues: OutcomeIssue[] = [];
  core.crawlTypedValue(core.toTypedValue(resource), {
    visitProperty(_parent, key, _path, values, schema) {
      const binding = schema.elements[key]?.binding;
      if (binding?.strength !== 'required' || binding.valueSet === undefined) return;
      const codes = codesOf(binding.valueSet);
      if (codes === undefined) return;
      for (const value of values.flat()) if (!isAllowed(value, codes)) issues.push(notAllowed(value, binding.valueSet));
    },
  });
  return issues;
}

function isAllowed({ type, value }: TypedValue, codes: Codes): boolean {
  const fits = ({ code, system }: Coding): boolean => code !== undefined && codes.has(code, system);
  switch (type) {
    case 'Coding':
      return fits(value as Coding);
    case 'CodeableConcept': {
      const { coding = [] } = value as CodeableConcept;
      return coding.length === 0 || coding.some(fits);
    }
    default:
      return typeof value !== 'string' || codes.has(value);
  }
}

function notAllowed({ path }: TypedValueWithPath, valueSet: string): OutcomeIssue {
  return {
    severity: 'error',
    code: 'code-invalid',
    diagnostics: `The code is not in the required value set ${withoutVersion(valueSet)}.`,
    expression: path,
  };
}
