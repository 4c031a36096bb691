import type { CompositeValue, ParamType, SimpleValue } from '../../contracts/index.ts';
import { parseDate } from './date.ts';
import { splitEscaped } from './escape.ts';
import { parseNumber } from './number.ts';
import type { Parameter, ValueParser } from './parameter.ts';
import { parseQuantity } from './quantity.ts';
import { parseReference } from './reference.ts';
import { invalidValue } from './refuse.ts';
import { parseString } from './string.ts';
import { parseToken } from './token.ts';
import { parseUri } from './uri.ts';

/** The parser of each simple parameter type. */
export const valueParsers: Readonly<Record<Exclude<ParamType, 'composite'>, ValueParser>> = {
  token: parseToken,
  string: parseString,
  date: parseDate,
  reference: parseReference,
  quantity: parseQuantity,
  number: parseNumber,
  uri: parseUri,
};

/** https://hl7.org/fhir/R4/search.html#combining: one value per component, between unescaped `$`. */
export function parseComposite(text: string, parameter: Parameter): CompositeValue {
  const { components } = parameter.served;
  const texts = splitEscaped(text, '$');
  if (texts.length !== components.length || texts.includes(''))
    throw invalidValue(parameter.name, `it has ${components.length} parts: ${components.join('$')}.`);
  return {
    is: 'composite',
    parts: components.map((type, i): SimpleValue => {
      if (type === 'composite') throw invalidValue(parameter.name, 'a composite inside a composite is not served.');
      return valueParsers[type](texts[i] ?? '', parameter);
    }),
  };
}
