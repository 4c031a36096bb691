import type { Served } from '../contracts/index.ts';
import type { Example, Story } from '../http/index.ts';

/** Commands that can be pasted, chosen from what is served: on the landing page, and printed after a start. In: the server's URL. */
export function examplesFor(served: Served, stories: readonly Story[], origin: string): Example[] {
  const found: Example[] = [];
  const [first] = stories;
  const person = first === undefined ? '' : encodeURIComponent(first.identifier);
  if (served.has('Patient')) {
    found.push(
      first === undefined
        ? { shows: 'Ten patients', command: `curl '${origin}/fhir/Patient?_count=10&_pretty=true'` }
        : { shows: first.name, command: `curl '${origin}/fhir/Patient?identifier=${person}&_pretty=true'` },
    );
  }
  if (served.has('Observation')) {
    found.push(
      first === undefined
        ? { shows: 'Labs', command: `curl '${origin}/fhir/Observation?_count=20&_pretty=true'` }
        : {
            shows: `The newest labs of ${first.name}`,
            command: `curl '${origin}/fhir/Observation?patient.identifier=${person}&_sort=-date&_count=20&_pretty=true'`,
          },
    );
  }
  found.push({ shows: 'What this server can do', command: `curl '${origin}/fhir/metadata?_pretty=true'` });
  return found;
}
