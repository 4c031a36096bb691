import type { ServedType } from '../../contracts/index.ts';
import { fhirJson, ref, resourceResponse, responses } from './components.ts';
import type { Path } from './document.ts';
import { always, headersOf } from './headers.ts';

const failures = ['400', '403', '404', '405', '406', '414', '502', '503', '504'];
const rendering = ['summary', 'elements', 'format', 'pretty'].map((name) => ref('parameters', name));
const notModified = {
  '304': {
    description: 'The caller has the current version.',
    headers: headersOf(...always, 'ETag', 'Last-Modified'),
  },
};

/** Read, vread and $validate of one type. */
export function instancePaths({ type }: ServedType): readonly Path[] {
  const found = readResponse(type);
  const answer = { ...responses(found, failures), ...notModified };
  return [
    [`/fhir/${type}/{id}`, { get: read(type, `read${type}`, `Read one ${type}.`, ['id'], answer) }],
    [
      `/fhir/${type}/{id}/_history/{vid}`,
      { get: read(type, `vread${type}`, `Read one ${type}, if this is its current version.`, ['id', 'vid'], answer) },
    ],
    [`/fhir/${type}/$validate`, { post: validation(type, `validate${type}`, []) }],
    [
      `/fhir/${type}/{id}/$validate`,
      {
        get: validationOfStored(type, `validateStored${type}`, [ref('parameters', 'id')]),
        post: validation(type, `validate${type}Instance`, [ref('parameters', 'id')]),
      },
    ],
  ];
}

/** A Binary is answered as what it holds where no FHIR type is asked for. */
function readResponse(type: string): object {
  const schema = ref('schemas', type);
  const found = resourceResponse(`The ${type}, with its version as ETag.`, schema, ['ETag', 'Last-Modified']);
  if (type !== 'Binary') return found;
  return { ...found, content: { ...(found.content as object), '*/*': { schema: { type: 'string', format: 'binary' } } } };
}

function read(type: string, operationId: string, summary: string, path: readonly string[], answer: object): object {
  const parameters = [...path.map((name) => ref('parameters', name)), ...rendering, ref('parameters', 'ifNoneMatch')];
  return { tags: [type], operationId, summary, parameters, responses: answer };
}

function validation(type: string, operationId: string, path: readonly object[]): object {
  const schema = { anyOf: [ref('schemas', type), ref('schemas', 'Parameters')] };
  return {
    ...validationOfStored(type, operationId, path),
    summary: `Validate a ${type} against base R4.`,
    requestBody: { required: path.length === 0, content: { [fhirJson]: { schema } } },
    responses: responses(validated, [...failures, '413', '415']),
  };
}

/** Without a body the instance itself is validated. */
function validationOfStored(type: string, operationId: string, path: readonly object[]): object {
  return {
    tags: [type],
    operationId,
    summary: `Validate the ${type} of this id against base R4.`,
    parameters: [...path, ref('parameters', 'format'), ref('parameters', 'pretty')],
    responses: responses(validated, failures),
  };
}

const validated = resourceResponse(
  'What was found; issues are the result, not a failure.',
  ref('schemas', 'OperationOutcome'),
);

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
        responses: responses(resourceResponse('The CapabilityStatement.', ref('schemas', 'CapabilityStatement')), [
          '400',
          '403',
          '405',
          '406',
          '414',
          '503',
        ]),
      },
    },
  ],
];
