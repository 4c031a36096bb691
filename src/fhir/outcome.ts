import type { Fault } from '../core/index.ts';
import { isResourceType } from './definitions/index.ts';

/** One issue of an OperationOutcome (https://hl7.org/fhir/R4/operationoutcome.html). `code` is of the value set issue-type. */
export interface OutcomeIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: string;
  readonly diagnostics: string;
  /** A FHIRPath expression, or the name of a parameter or header of the request. */
  readonly expression?: string;
  /** A stable code of ours, explained in `docs/errors.md`. */
  readonly detail?: string;
}

/** The code system of `issue.details`. */
export const faultSystem = 'urn:fascia:fault';

/** The JSON text of an OperationOutcome. Without issues it says that there are none, because R4 requires at least one. */
export function operationOutcome(issues: readonly OutcomeIssue[]): string {
  const all = issues.length > 0 ? issues : [allOk];
  return JSON.stringify({ resourceType: 'OperationOutcome', issue: all.map(issueElement) });
}

/** The OperationOutcome of a failure. */
export function outcomeOf(fault: Fault): string {
  const issue = { severity: 'error', code: fault.issue, diagnostics: fault.message, detail: fault.code } as const;
  return operationOutcome([fault.expression === undefined ? issue : { ...issue, expression: fault.expression }]);
}

const allOk: OutcomeIssue = { severity: 'information', code: 'informational', diagnostics: 'No issues.' };

function issueElement({ severity, code, diagnostics, expression, detail }: OutcomeIssue): object {
  return {
    severity,
    code,
    ...(detail === undefined ? {} : { details: { coding: [{ system: faultSystem, code: detail }] } }),
    diagnostics,
    ...placeOf(expression),
  };
}

/** FHIRPath goes into `expression`; what is no path names a part of the HTTP request and goes into `location`, prefixed as R4 asks. */
function placeOf(expression: string | undefined): object {
  if (expression === undefined || expression === '') return {};
  const [root = ''] = expression.split('.');
  return isResourceType(root) ? { expression: [expression] } : { location: [`http.${expression}`] };
}
