import type { TokenValue } from '../../contracts/index.ts';
import { elementsOf, searchParameters } from '../definitions/index.ts';
import { splitEscaped, unescapeValue } from './escape.ts';
import type { Parameter, ValueParser } from './parameter.ts';
import { invalidValue } from './refuse.ts';

/** https://hl7.org/fhir/R4/search.html#token: `code`, `system|code`, `|code` (no system), `system|` (any code). */
export const parseToken: ValueParser<TokenValue> = (text, parameter) => {
  const parts = splitEscaped(text, '|').map(unescapeValue);
  const [first = '', second] = parts;
  if (parts.length > 2) throw invalidValue(parameter.name, String.raw`a token has one '|'; write '\|' inside a code.`);
  const code = second ?? first;
  if (second !== undefined && first === '' && second === '')
    throw invalidValue(parameter.name, 'a token is code, system|code, |code or system|.');
  if (code !== '' && isBoolean(parameter) && code !== 'true' && code !== 'false')
    throw invalidValue(parameter.name, 'it must be true or false.');
  return {
    is: 'token',
    ...(second === undefined ? {} : { system: first }),
    ...(code === '' ? {} : { code }),
  };
};

/** Whether R4 gives the parameter's element the type boolean, so that other codes can be told to be wrong. */
function isBoolean({ type, code }: Parameter): boolean {
  const expression = searchParameters(type).find((definition) => definition.code === code)?.expression;
  const [root, element, ...more] = expression?.split('.') ?? [];
  if (root !== type || more.length > 0) return false;
  const types = elementsOf(type).find(({ name }) => name === element)?.types;
  return types?.length === 1 && types[0] === 'boolean';
}
