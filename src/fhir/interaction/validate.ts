import type { ResourceType } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import type { Pair } from '../search/index.ts';
import { invalidValue } from '../search/refuse.ts';
import { checkContentType } from './content-type.ts';
import { headerOf } from './header.ts';
import type { IncomingRequest, JsonResource, ValidateRequest } from './request.ts';

/** https://hl7.org/fhir/R4/resource-operation-validate.html, of a body (bare or in Parameters) against a type, or of an instance as it is. */
export function parseValidate(
  target: { readonly type: ResourceType; readonly id?: string },
  pairs: readonly Pair[],
  { method, headers, body }: IncomingRequest,
): ValidateRequest {
  const value = (name: string): string | undefined => pairs.find(([own]) => own === name)?.[1];
  const hasBody = method === 'POST' && body !== undefined && body.trim() !== '';
  if (hasBody) checkContentType(headerOf(headers, 'content-type'), 'json');
  const sent = hasBody ? unwrap(parseResource(body)) : {};
  if (sent.resource === undefined && target.id === undefined)
    throw bodyInvalid('Send the resource to validate as the body, bare or in the parameter resource of Parameters.');
  const mode = sent.mode ?? value('mode');
  const profile = sent.profile ?? value('profile');
  if (mode !== undefined && !['create', 'update', 'delete', 'profile'].includes(mode))
    throw invalidValue('mode', 'it is create, update, delete or profile.');
  return {
    is: 'validate',
    type: target.type,
    ...(target.id === undefined ? {} : { id: target.id }),
    ...(sent.resource === undefined ? {} : { resource: sent.resource }),
    ...(mode === undefined ? {} : { mode }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function parseResource(body: string): JsonResource {
  const json = parseJson(body);
  if (!isResource(json)) throw bodyInvalid('The body must be one FHIR resource: a JSON object with a resourceType.');
  return json;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw bodyInvalid('The body is not well-formed JSON.');
  }
}

interface Sent {
  readonly resource?: JsonResource;
  readonly mode?: string;
  readonly profile?: string;
}

function unwrap(resource: JsonResource): Sent {
  if (resource.resourceType !== 'Parameters') return { resource };
  const list: readonly unknown[] = Array.isArray(resource['parameter']) ? resource['parameter'] : [];
  const found = (name: string): Readonly<Record<string, unknown>> | undefined =>
    list.find((one): one is Readonly<Record<string, unknown>> => isObject(one) && one['name'] === name);
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const inner = found('resource')?.['resource'];
  const mode = text(found('mode')?.['valueCode']);
  const profile = text(found('profile')?.['valueUri'] ?? found('profile')?.['valueCanonical']);
  return {
    ...(isResource(inner) ? { resource: inner } : {}),
    ...(mode === undefined ? {} : { mode }),
    ...(profile === undefined ? {} : { profile }),
  };
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isResource(json: unknown): json is JsonResource {
  return isObject(json) && typeof json['resourceType'] === 'string';
}

function bodyInvalid(message: string): Fault {
  return new Fault('request.body-invalid', message);
}
