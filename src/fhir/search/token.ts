import type { TokenValue } from '../../contracts/index.ts';
import { booleanParameters } from '../definitions/index.ts';
import { splitEscaped, unescapeValue } from './escape.ts';
import type { ValueParser } from './parameter.ts';
import { invalidValue } from './refuse.ts';

/** https://hl7.org/fhir/R4/search.html#token: `code`, `system|code`, `|code` (no system), `system|` (any code). */
export const parseToken: ValueParser<TokenValue> = (text, parameter) => {
  const parts = splitEscaped(text, '|').map(unescapeValue);
  const [first = '', second] = parts;
  if (parts.length > 2) throw invalidValue(parameter.name, String.raw`a token has one '|'; write '\|' inside a code.`);
  const code = second ?? first;
  if (second !== undefined && first === '' && second === '')
    throw invalidValue(parameter.name, 'a token is code, system|code, |code or system|.');
  if (code !== '' && booleanParameters(parameter.type).has(parameter.code) && code !== 'true' && code !== 'false')
    throw invalidValue(parameter.name, 'it must be true or false.');
  return {
    is: 'token',
    ...(second === undefined ? {} : { system: first }),
    ...(code === '' ? {} : { code }),
  };
};
