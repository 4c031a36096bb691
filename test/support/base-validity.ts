import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import { createValidator, type JsonResource } from '../../src/fhir/index.ts';

const validator = createValidator();

/** What our own validation finds wrong with a resource, by the base definitions of R4. */
export async function errorsOf(resource: Resource): Promise<readonly string[]> {
  const plain = JSON.parse(JSON.stringify(resource)) as JsonResource;
  const outcome = JSON.parse(
    await validator.validate({ is: 'validate', type: resource.resourceType, resource: plain }),
  ) as OperationOutcome;
  return outcome.issue
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(
      ({ diagnostics, details, expression }) =>
        `${expression?.join(', ') ?? ''}: ${diagnostics ?? details?.text ?? ''}`,
    );
}
