import type { Path } from './document.ts';

const json = { 'application/json': { schema: { type: 'object' } } };

function get(operationId: string, summary: string, responses: object): object {
  return { get: { tags: ['Server'], operationId, summary, responses } };
}

/** The endpoints that are not FHIR. */
export const otherPaths: readonly Path[] = [
  ['/', get('landing', 'A page for people.', { '200': { description: 'HTML.', content: { 'text/html': {} } } })],
  ['/openapi.json', get('describe', 'This description.', { '200': { description: 'OpenAPI 3.1.', content: json } })],
  ['/livez', get('live', 'Whether the process runs.', { '200': { description: 'It runs.' } })],
  [
    '/readyz',
    get('ready', 'Whether the server can answer.', {
      '200': { description: 'It can.', content: json },
      '503': { description: 'It cannot, or it is stopping.', content: json },
    }),
  ],
  [
    '/status',
    get('status', 'The server and its systems with their owners, for callers on its own machine.', {
      '200': { description: 'What is well and what is degraded.', content: json },
      '403': { description: 'The call came through a proxy.' },
    }),
  ],
];
