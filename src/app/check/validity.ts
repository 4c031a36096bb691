import type { OperationOutcome } from '@medplum/fhirtypes';
import type { InspectOptions } from '../../record/index.ts';
import { createValidator, type JsonResource } from '../../fhir/index.ts';
import type { ResourceType } from '../../contracts/index.ts';

/** What R4 has against a resource: the element and the code of each error. Its texts are left out, since some quote the value. */
export function createIssueReader(): NonNullable<InspectOptions['validate']> {
  const validator = createValidator();
  return async (text, type) => {
    const resource = JSON.parse(text) as JsonResource;
    const outcome = JSON.parse(
      await validator.validate({ is: 'validate', type: type as ResourceType, resource }),
    ) as OperationOutcome;
    return outcome.issue
      .filter(({ severity }) => severity === 'error' || severity === 'fatal')
      .map(({ code, expression }) => ({
        element: (expression?.[0] ?? type).replaceAll(/\[\d+\]/g, ''),
        code,
      }));
  };
}
