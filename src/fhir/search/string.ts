import type { StringValue } from '../../contracts/index.ts';
import { unescapeValue } from './escape.ts';
import type { ValueParser } from './parameter.ts';
import { invalidValue } from './refuse.ts';

/** https://hl7.org/fhir/R4/search.html#string: starts-with, unless `:exact` or `:contains` says otherwise. */
export const parseString: ValueParser<StringValue> = (text, { name, modifier }) => {
  const value = unescapeValue(text);
  // Folding leaves nothing of such a text, and every text starts with nothing.
  if (modifier !== 'exact' && value.normalize('NFD').replace(/\p{M}/gu, '') === '') {
    throw invalidValue(name, 'it must have a character that is not a combining mark.');
  }
  return { is: 'string', mode: modifier === 'exact' || modifier === 'contains' ? modifier : 'starts', value };
};
