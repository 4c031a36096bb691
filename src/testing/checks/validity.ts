import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../../contracts/index.ts';
import { createValidator, type JsonResource, type ValidateRequest } from '../../fhir/index.ts';
import { expectNone } from '../differences.ts';
import type { Site } from '../site.ts';

const validator = createValidator();

/** Every resource is valid against the base definitions of R4 (https://hl7.org/fhir/R4/validation.html). */
export async function checkValidity(site: Site, type: ResourceType): Promise<void> {
  const findings: string[] = [];
  for (const resource of await site.matches(type, '_count=500')) {
    for (const issue of await errorsOf(resource)) findings.push(`${type}/${resource.id ?? ''}: ${issue}`);
  }
  expectNone('not valid', findings);
}

async function errorsOf(resource: Resource): Promise<string[]> {
  const request: ValidateRequest = {
    is: 'validate',
    type: resource.resourceType,
    resource: resource as unknown as JsonResource,
  };
  const outcome = JSON.parse(await validator.validate(request)) as OperationOutcome;
  return outcome.issue
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ diagnostics, expression }) => `${expression?.[0] ?? resource.resourceType}: ${diagnostics ?? 'not valid'}`);
}
