import Big from 'big.js';

/** A decimal's exact text without exponent, as databases take it. */
function plain(value: Big): string {
  return value.toFixed();
}

/** Half of the last significant digit on both sides: 5.4 is [5.35, 5.45), 1e2 is [50, 150) (https://hl7.org/fhir/R4/search.html#number). */
export function impliedRange(written: string): { readonly lo: string; readonly hi: string } {
  const value = new Big(written);
  const half = new Big(5).times(power(exponentOfLastDigit(written) - 1));
  return { lo: plain(value.minus(half)), hi: plain(value.plus(half)) };
}

/** Within ten per cent of the absolute value, ends included. */
export function approximateRange(written: string): { readonly lo: string; readonly hi: string } {
  const value = new Big(written);
  const tenth = value.abs().times('0.1');
  return { lo: plain(value.minus(tenth)), hi: plain(value.plus(tenth)) };
}

export function exactNumber(written: string): string {
  return plain(new Big(written));
}

/** The whole number that compares with every whole number as the given decimal does: 71.05 is 71 for `>` and `<=`, and 72 for `>=` and `<`. */
export function wholeBound(op: '>' | '>=' | '<' | '<=', decimal: string): string {
  const value = new Big(decimal);
  const isUp = op === '>=' || op === '<';
  return plain(value.round(0, value.s < 0 === isUp ? Big.roundDown : Big.roundUp));
}

function exponentOfLastDigit(written: string): number {
  const [mantissa = '', exponent = '0'] = written.toLowerCase().split('e');
  const fraction = mantissa.split('.')[1] ?? '';
  return Number(exponent) - fraction.length;
}

function power(exponent: number): Big {
  return new Big(`1e${String(exponent)}`);
}
