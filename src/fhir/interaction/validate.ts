import type { ResourceType } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import type { Pair } from '../search/index.ts';
import { checkContentType } from './content-type.ts';
import { headerOf } from './header.ts';
import type { IncomingRequest, Interaction } from './request.ts';

/** https://hl7.org/fhir/R4/resource-operation-validate.html, of a body against a type, or of an instance as it is. */
export function parseValidate(
  target: { readonly type: ResourceType; readonly id?: string },
  pairs: readonly Pair[],
  { method, headers, body }: IncomingRequest,
): Interaction {
  const hasBody = method === 'POST' && body !== undefined && body.trim() !== '';
  if (hasBody) checkContentType(headerOf(headers, 'content-type'), 'json');
  else if (target.id === undefined)
    throw new Fault(
      'request.body-invalid',
      'Send the resource to validate as the body, bare or in Parameters.resource.',
    );
  const value = (name: string): string | undefined => pairs.find(([own]) => own === name)?.[1];
  const mode = value('mode');
  const profile = value('profile');
  return {
    is: 'validate',
    type: target.type,
    ...(target.id === undefined ? {} : { id: target.id }),
    ...(hasBody ? { body } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(profile === undefined ? {} : { profile }),
  };
}
