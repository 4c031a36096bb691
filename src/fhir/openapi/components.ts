import type { Served } from '../../contracts/index.ts';
import { always, headers, headersOf, type HeaderName } from './headers.ts';

export const fhirJson = 'application/fhir+json';

/** A reference to a shared part of the description. */
export function ref(kind: 'schemas' | 'parameters' | 'responses', name: string): object {
  return { $ref: `#/components/${kind}/${name}` };
}

/** The responses of an endpoint: its success, and the failures that it can have. */
export function responses(success: object, failures: readonly string[]): object {
  return { '200': success, ...Object.fromEntries(failures.map((status) => [status, ref('responses', `Failure${status}`)])) };
}

/** A success that holds one resource. `more` are headers beside those that every answer has. */
export function resourceResponse(
  description: string,
  schema: object,
  more: readonly HeaderName[] = [],
): Readonly<Record<'description' | 'headers' | 'content', unknown>> {
  return {
    description,
    headers: headersOf(...always, ...more),
    content: { [fhirJson]: { schema }, 'application/json': { schema } },
  };
}

const failures: Readonly<Record<string, string>> = {
  '400': 'The request is malformed; the outcome names the parameter and says what would be right.',
  '403': 'The search would cost too much, or the caller may not ask this.',
  '404': 'There is no such instance, type or path.',
  '405': 'The interaction is not offered here; Allow names what is.',
  '406': 'No acceptable format; JSON is written.',
  '410': 'The page link has expired.',
  '413': 'The body is too large.',
  '414': 'The URI is too long.',
  '415': 'The media type of the body is not taken.',
  '502': 'A system behind failed, or its row cannot be mapped.',
  '503': 'A system behind, or the audit, is not available; Retry-After says when to try again.',
  '504': 'A system behind did not answer in time.',
};

const failureHeaders: Readonly<Record<string, readonly HeaderName[]>> = { '405': ['Allow'], '503': ['Retry-After'] };

/** The shared parts. Resources are described by their own names only: FHIR's JSON schema says the rest. */
export function components(served: Served): object {
  return {
    schemas: {
      OperationOutcome: {
        type: 'object',
        required: ['resourceType', 'issue'],
        properties: {
          resourceType: { const: 'OperationOutcome' },
          issue: {
            type: 'array',
            minItems: 1,
            items: {
              type: 'object',
              required: ['severity', 'code'],
              properties: {
                severity: { enum: ['fatal', 'error', 'warning', 'information'] },
                code: { type: 'string' },
                diagnostics: { type: 'string' },
                location: { type: 'array', items: { type: 'string' } },
                expression: { type: 'array', items: { type: 'string' } },
              },
            },
          },
        },
      },
      CapabilityStatement: resourceSchema('CapabilityStatement'),
      Parameters: resourceSchema('Parameters'),
      ...Object.fromEntries([...served.keys()].map((type) => [type, instanceSchema(type)])),
      Searchset: searchsetSchema,
    },
    parameters: Object.fromEntries(shared.map(({ key, ...parameter }) => [key, parameter])),
    headers,
    responses: Object.fromEntries(
      Object.entries(failures).map(([status, description]) => [
        `Failure${status}`,
        {
          description,
          headers: headersOf(...always, ...(failureHeaders[status] ?? [])),
          content: { [fhirJson]: { schema: ref('schemas', 'OperationOutcome') } },
        },
      ]),
    ),
  };
}

function resourceSchema(type: string): object {
  return { type: 'object', required: ['resourceType'], properties: { resourceType: { const: type } } };
}

function instanceSchema(type: string): object {
  return {
    type: 'object',
    required: ['resourceType', 'id'],
    properties: { resourceType: { const: type }, id: { type: 'string', pattern: idPattern }, meta: { type: 'object' } },
  };
}

const idPattern = '^[A-Za-z0-9.-]{1,64}$';

const searchsetSchema = {
  type: 'object',
  required: ['resourceType', 'type', 'link'],
  properties: {
    resourceType: { const: 'Bundle' },
    type: { const: 'searchset' },
    total: { type: 'integer', minimum: 0 },
    link: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['relation', 'url'],
        properties: { relation: { enum: ['self', 'next'] }, url: { type: 'string', format: 'uri' } },
      },
    },
    entry: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['fullUrl', 'resource', 'search'],
        properties: {
          fullUrl: { type: 'string', format: 'uri' },
          resource: { type: 'object', required: ['resourceType'] },
          search: {
            type: 'object',
            required: ['mode'],
            properties: { mode: { enum: ['match', 'include', 'outcome'] } },
          },
        },
      },
    },
  },
};

const shared = [
  { key: 'id', name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: idPattern } },
  { key: 'vid', name: 'vid', in: 'path', required: true, schema: { type: 'string', pattern: idPattern } },
  { key: 'format', name: '_format', in: 'query', schema: { type: 'string' }, description: 'json, whatever Accept says.' },
  { key: 'pretty', name: '_pretty', in: 'query', schema: { type: 'boolean' } },
  {
    key: 'summary',
    name: '_summary',
    in: 'query',
    schema: { enum: ['true', 'text', 'data', 'count', 'false'] },
    description: 'count is for searches only.',
  },
  {
    key: 'elements',
    name: '_elements',
    in: 'query',
    schema: { type: 'string' },
    description: 'Top-level elements, between commas.',
  },
  { key: 'page', name: '_page', in: 'query', schema: { type: 'string' }, description: 'The token of a next link, alone.' },
  {
    key: 'prefer',
    name: 'Prefer',
    in: 'header',
    schema: { type: 'string' },
    description: 'handling=strict or handling=lenient: what to do with parameters that cannot be applied.',
  },
  { key: 'ifNoneMatch', name: 'If-None-Match', in: 'header', schema: { type: 'string' } },
] as const;
