import { damage } from './codec.ts';

const plain = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/;

const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/**
 * The JSON text of a FHIR string. Control characters other than tab, CR and LF are damage (https://hl7.org/fhir/R4/datatypes.html#string),
 * lone surrogates are escaped as JSON.stringify does.
 */
export function quote(value: string): string {
  if (plain.test(value)) return `"${value}"`;
  if (forbidden.test(value)) damage('control characters');
  return JSON.stringify(value);
}

/** Without leading and trailing spaces: the same rule as the operand `trim`. */
export function trimSpaces(value: string): string {
  let from = 0;
  let to = value.length;
  while (from < to && value.charCodeAt(from) === 32) from += 1;
  while (to > from && value.charCodeAt(to - 1) === 32) to -= 1;
  return from === 0 && to === value.length ? value : value.slice(from, to);
}

/** The JSON text of a trimmed string; blank is absent, other white space alone is damage. */
export function quoteTrimmed(raw: string): string {
  const value = trimSpaces(raw);
  if (value === '') return '';
  const first = value.charCodeAt(0);
  if ((first <= 32 || first >= 160) && value.trim() === '') damage('only white space');
  return quote(value);
}

/** A code or identifier: blank is absent, surrounding white space is damage (https://hl7.org/fhir/R4/datatypes.html#code). */
export function exactToken(raw: string): string {
  if (raw === '' || trimSpaces(raw) === '') return '';
  if (raw.trim() !== raw) damage('blanks around a code');
  return raw;
}

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const anyNumber = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** A decimal as a JSON number: digits stay as stored, changed only as far as the grammar of JSON needs (`007.40` is `7.40`, `.5` is `0.5`). */
export function numberText(raw: string): string {
  if (jsonNumber.test(raw)) return raw;
  const found = anyNumber.exec(raw);
  const [, sign = '', whole = '', fraction = '', exponent] = found ?? [];
  if (found === null || (whole === '' && fraction === '')) return damage('not a number');
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  const tail = exponent === undefined ? '' : `e${exponent}`;
  return `${sign === '-' ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}${tail}`;
}

/** The members of a JSON object that are present; the empty string when none is. */
export function objectText(members: readonly (readonly [name: string, text: string])[]): string {
  let text = '';
  for (const [name, value] of members) {
    if (value !== '') text += `${text === '' ? '' : ','}"${name}":${value}`;
  }
  return text === '' ? '' : `{${text}}`;
}
