import type { NumberValue } from '../../contracts/index.ts';
import type { Parameter, ValueParser } from './parameter.ts';
import { splitPrefix } from './prefix.ts';
import { invalidValue } from './refuse.ts';

const decimal = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Bounds that keep every number exact in each database: a decimal column of MariaDB has 65 digits. */
const digitsMax = 30;
const exponentMax = 30;

/** https://hl7.org/fhir/R4/search.html#number: a decimal as written, because its digits say how precise it is. */
export const parseNumber: ValueParser<NumberValue> = (text, parameter) => {
  const [prefix, rest] = splitPrefix(text);
  return { is: 'number', prefix, number: checkDecimal(rest, parameter) };
};

/** The decimal, if it is one within the bounds. Throws `search.invalid-value`. */
export function checkDecimal(text: string, { name }: Parameter): string {
  if (text.length > 80 || !decimal.test(text))
    throw invalidValue(name, 'a number looks like 5.4, -3 or 1e2, with a prefix such as ge before it.');
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  if (mantissa.replace(/[-.]/g, '').length > digitsMax || Math.abs(Number(exponent)) > exponentMax)
    throw invalidValue(name, `a number has at most ${digitsMax} digits and an exponent of at most ${exponentMax}.`);
  return text;
}
