import type { UriValue } from '../../contracts/index.ts';
import { unescapeValue } from './escape.ts';
import type { ValueParser } from './parameter.ts';

/** https://hl7.org/fhir/R4/search.html#uri: the whole URI, case-sensitive; `:below` and `:above` compare path segments. */
export const parseUri: ValueParser<UriValue> = (text, { modifier }) => ({
  is: 'uri',
  mode: modifier === 'below' || modifier === 'above' ? modifier : 'exact',
  value: unescapeValue(text),
});
