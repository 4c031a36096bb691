import type { StringValue } from '../../contracts/index.ts';
import { unescapeValue } from './escape.ts';
import type { ValueParser } from './parameter.ts';

/** https://hl7.org/fhir/R4/search.html#string: starts-with, unless `:exact` or `:contains` says otherwise. */
export const parseString: ValueParser<StringValue> = (text, { modifier }) => ({
  is: 'string',
  mode: modifier === 'exact' || modifier === 'contains' ? modifier : 'starts',
  value: unescapeValue(text),
});
