import { ref } from './components.ts';
import type { Path } from './document.ts';

const json = { 'application/json': { schema: { type: 'object' } } };

/** Reads only, and only by callers whom the configured access lets near. */
function get(operationId: string, summary: string, responses: object): object {
  const refused = { '403': ref('responses', 'Failure403') };
  return { get: { tags: ['Server'], operationId, summary, responses: { ...responses, ...refused } } };
}

/** The endpoints that are not FHIR. */
export const otherPaths: readonly Path[] = [
  ['/', get('landing', 'A page for people.', { '200': { description: 'HTML.', content: { 'text/html': {} } } })],
  ['/landing.css', get('landingStyle', 'The style of that page.', { '200': { description: 'CSS.', content: { 'text/css': {} } } })],
  ['/openapi.json', get('describe', 'This description.', { '200': { description: 'OpenAPI 3.1.', content: json } })],
  ['/livez', get('live', 'Whether the process runs.', { '200': { description: 'It runs.', content: json } })],
  [
    '/readyz',
    get('ready', 'Whether the server can answer, and what each system lacks.', {
      '200': { description: 'It can.', content: json },
      '503': { description: 'It cannot, or it is stopping.', content: json },
    }),
  ],
  [
    '/status',
    get('status', 'The server and its systems with their owners, for callers on its own machine.', {
      '200': { description: 'What is well and what is degraded.', content: json },
    }),
  ],
];
