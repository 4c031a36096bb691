import { invalidValue } from '../search/refuse.ts';
import type { Pair } from '../search/index.ts';
import type { Interaction } from './request.ts';

/** https://hl7.org/fhir/R4/http.html#capabilities */
export function parseCapabilities(pairs: readonly Pair[]): Interaction {
  for (const [name, value] of pairs)
    if (name === 'mode' && value !== 'full' && value !== 'normative')
      throw invalidValue('mode', 'it is full or normative.');
  return { is: 'capabilities' };
}
