import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { ResourceType } from '../../contracts/index.ts';
import { createValidator, type JsonResource, type ValidateRequest } from '../../fhir/index.ts';
import { expectNone } from '../differences.ts';
import { shapeOf } from '../shape.ts';
import type { Site } from '../site.ts';

const validator = createValidator();

/** Every resource is valid against the base definitions of R4 (https://hl7.org/fhir/R4/validation.html); of each shape, `perShape` are judged. */
export async function checkValidity(
  site: Site,
  type: ResourceType,
  { perShape }: { readonly perShape?: number },
): Promise<void> {
  const resources = await site.matches(type, '_count=500');
  const findings: string[] = [];
  for (const resource of perShape === undefined ? resources : someOfEachShape(resources, perShape)) {
    for (const issue of await errorsOf(resource)) findings.push(`${type}/${resource.id ?? ''}: ${issue}`);
  }
  expectNone('not valid', findings);
}

/** Of each shape so many, spread evenly over where they occur. */
function someOfEachShape(resources: readonly Resource[], perShape: number): readonly Resource[] {
  return [...Map.groupBy(resources, shapeOf).values()].flatMap((alike) => {
    const step = Math.max(1, Math.floor(alike.length / perShape));
    return alike.filter((_, at) => at % step === 0).slice(0, perShape);
  });
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
