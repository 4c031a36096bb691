import type { OutcomeIssue } from './outcome.ts';

/** Deeper than any resource; recursion below stays far from the limit of the stack. */
const depthMax = 60;

/** The code of the issue that says so. */
export const tooDeep = 'too-long';

/** Rules of FHIR's JSON that the structural validator passes over (https://hl7.org/fhir/R4/json.html): nothing is empty, choices are made once. */
export function shapeIssues(resource: unknown, root: string): readonly OutcomeIssue[] {
  const issues: OutcomeIssue[] = [];
  walk(resource, root, 0, (issue) => issues.push(issue));
  return issues;
}

function walk(value: unknown, path: string, depth: number, report: (issue: OutcomeIssue) => void): void {
  const wrong = (diagnostics: string, code = 'structure'): void => {
    report({ severity: 'error', code, diagnostics, expression: path });
  };
  if (depth > depthMax) wrong(`Nested more than ${depthMax} levels deep.`, tooDeep);
  else if (Array.isArray(value)) {
    if (value.length === 0) wrong('An array must not be empty: leave the property out.');
    for (const [at, item] of value.entries()) walk(item, `${path}[${at}]`, depth + 1, report);
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) wrong('An object must not be empty: leave the property out.');
    for (const [name] of members) if (name in Object.prototype) wrong('R4 knows no element of such a name.');
    for (const [name, member] of members) walk(member, `${path}.${name.slice(0, 64)}`, depth + 1, report);
  } else if (value === '') wrong('A string must not be empty: leave the property out.');
}
