import type { QuantityValue } from '../../contracts/index.ts';
import { splitEscaped, unescapeValue } from './escape.ts';
import { checkDecimal } from './number.ts';
import type { ValueParser } from './parameter.ts';
import { splitPrefix } from './prefix.ts';
import { invalidValue } from './refuse.ts';

/** https://hl7.org/fhir/R4/search.html#quantity: `number`, `number|system|code`, or `number||code` for a unit in any system. */
export const parseQuantity: ValueParser<QuantityValue> = (text, parameter) => {
  const parts = splitEscaped(text, '|').map(unescapeValue);
  if (parts.length === 2 || parts.length > 3)
    throw invalidValue(parameter.name, 'a quantity is number, number|system|code or number||code.');
  const [prefix, rest] = splitPrefix(parts[0] ?? '');
  const [, system = '', code = ''] = parts;
  return {
    is: 'quantity',
    prefix,
    number: checkDecimal(rest, parameter),
    ...(system === '' ? {} : { system }),
    ...(code === '' ? {} : { code }),
  };
};
