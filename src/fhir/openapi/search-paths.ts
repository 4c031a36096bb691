import type { ServedParam, ServedType } from '../../contracts/index.ts';
import { documentationOf, resultParameters } from '../capability.ts';
import { ref, resourceResponse, responses } from './components.ts';
import type { Path } from './document.ts';

const formats: Readonly<Record<ServedParam['type'], string>> = {
  token: 'code, system|code, |code or system|',
  string: 'the beginning of a text, in any case',
  date: 'a date, after a prefix such as ge',
  reference: 'an id, Type/id or URL',
  quantity: 'number or number|system|code, after a prefix such as gt',
  number: 'a number, after a prefix such as gt',
  uri: 'a URI',
  composite: 'one value per part, between $',
};

const failures = ['400', '403', '404', '405', '406', '410', '414', '502', '503', '504'];

/** Search by GET, and by POST with a form. */
export function searchPaths(row: ServedType): readonly Path[] {
  const { type } = row;
  const page = resourceResponse(`One page of ${type}.`, ref('schemas', 'Searchset'));
  const form = { type: 'object', properties: Object.fromEntries(formNames(row).map((name) => [name, { type: 'string' }])) };
  return [
    [
      `/fhir/${type}`,
      {
        get: {
          tags: [type],
          operationId: `search${type}`,
          summary: `Search ${type}.`,
          parameters: [...[...row.params.values()].map(queryParameter), ...resultParameters.flatMap(resultParameter), ...general],
          responses: responses(page, failures),
        },
      },
    ],
    [
      `/fhir/${type}/_search`,
      {
        post: {
          tags: [type],
          operationId: `search${type}ByPost`,
          summary: `Search ${type} with a form, so that no search value stands in a URL.`,
          parameters: [ref('parameters', 'prefer')],
          requestBody: { content: { 'application/x-www-form-urlencoded': { schema: form } } },
          responses: responses(page, [...failures, '413', '415']),
        },
      },
    ],
  ];
}

const general = ['summary', 'elements', 'page', 'format', 'pretty', 'prefer'].map((name) => ref('parameters', name));

function formNames(row: ServedType): readonly string[] {
  return [...row.params.keys(), ...resultParameters.map((parameter) => parameter.name).filter((name) => name !== '_has')];
}

/** Repeated is AND, so each is an array that explodes. */
function queryParameter(param: ServedParam): object {
  return {
    name: param.code,
    in: 'query',
    description: [`${param.type}: ${formats[param.type]}.`, documentationOf(param)].join(' ').trim(),
    schema: { type: 'array', items: { type: 'string' } },
    explode: true,
  };
}

function resultParameter({ name, documentation }: (typeof resultParameters)[number]): readonly object[] {
  if (name === '_summary' || name === '_elements' || name === '_has') return [];
  const schema = name === '_count' ? { type: 'integer', minimum: 0 } : { type: 'string' };
  return [{ name, in: 'query', description: documentation, schema }];
}
