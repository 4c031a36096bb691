import type { UriValue } from '../../contracts/index.ts';
import type { ElementTest } from './element.ts';

/** https://hl7.org/fhir/R4/search.html#uri: the whole URI, or by path segments with `:below` and `:above`. */
export function uriTest({ mode, value }: UriValue): ElementTest {
  return (element) => {
    if (typeof element !== 'string') return false;
    if (mode === 'below') return isBelow(element, value);
    return mode === 'above' ? isBelow(value, element) : element === value;
  };
}

function isBelow(longer: string, shorter: string): boolean {
  return longer === shorter || longer.startsWith(shorter.endsWith('/') ? shorter : `${shorter}/`);
}
