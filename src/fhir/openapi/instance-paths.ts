import type { ServedType } from '../../contracts/index.ts';
import { fhirJson, ref, resourceResponse, responses } from './components.ts';
import type { Path } from './document.ts';

const failures = ['400', '404', '405', '406', '414', '502', '503', '504'];
const rendering = ['summary', 'elements', 'format', 'pretty'].map((name) => ref('parameters', name));
const notModified = { '304': { description: 'The caller has the current version.' } };

/** Read, vread and $validate of one type. */
export function instancePaths({ type }: ServedType): readonly Path[] {
  const found = resourceResponse(`The ${type}, with its version as ETag.`, ref('schemas', type));
  const answer = { ...responses(found, failures), ...notModified };
  return [
    [`/fhir/${type}/{id}`, { get: read(type, `read${type}`, `Read one ${type}.`, ['id'], answer) }],
    [
      `/fhir/${type}/{id}/_history/{vid}`,
      { get: read(type, `vread${type}`, `Read one ${type}, if this is its current version.`, ['id', 'vid'], answer) },
    ],
    [`/fhir/${type}/$validate`, { post: validation(type, `validate${type}`, []) }],
    [`/fhir/${type}/{id}/$validate`, { post: validation(type, `validate${type}Instance`, [ref('parameters', 'id')]) }],
  ];
}

function read(type: string, operationId: string, summary: string, path: readonly string[], answer: object): object {
  const parameters = [...path.map((name) => ref('parameters', name)), ...rendering, ref('parameters', 'ifNoneMatch')];
  return { tags: [type], operationId, summary, parameters, responses: answer };
}

function validation(type: string, operationId: string, path: readonly object[]): object {
  const schema = { anyOf: [ref('schemas', type), ref('schemas', 'Parameters')] };
  const outcome = resourceResponse('What was found; issues are the result, not a failure.', ref('schemas', 'OperationOutcome'));
  return {
    tags: [type],
    operationId,
    summary: `Validate a ${type} against base R4.`,
    parameters: [...path, ref('parameters', 'format'), ref('parameters', 'pretty')],
    requestBody: { required: path.length === 0, content: { [fhirJson]: { schema } } },
    responses: responses(outcome, ['400', '404', '405', '406', '413', '415']),
  };
}

/** https://hl7.org/fhir/R4/http.html#capabilities */
export const metadataPath: readonly Path[] = [
  [
    '/fhir/metadata',
    {
      get: {
        tags: ['Server'],
        operationId: 'capabilities',
        summary: 'What this server can do.',
        parameters: [ref('parameters', 'format'), ref('parameters', 'pretty')],
        responses: responses(resourceResponse('The CapabilityStatement.', ref('schemas', 'CapabilityStatement')), ['400', '406']),
      },
    },
  ],
];
