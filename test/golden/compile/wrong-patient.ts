import { code, constant, decimalNumber, defineBranch, many, string, ymd } from 'fascia/mapping';
import { a, p, r } from './legacy.ts';

const base = { prefix: 'p', from: p, key: [p.PT_NO] } as const;

export const wrongCode = defineBranch('Patient', {
  ...base,
  // error: Type '"man"' is not assignable
  elements: { gender: code(p.SEX_CD, { 1: 'man', 2: 'female' }, { unmapped: 'omit', system: 'urn:system' }) },
});

export const wrongFallback = defineBranch('Patient', {
  ...base,
  // error: Type '"none"' is not assignable
  elements: { gender: code(p.SEX_CD, { 1: 'male' }, { unmapped: { fallback: 'none' } }) },
});

export const unknownElement = defineBranch('Patient', {
  ...base,
  // error: but 'birthdate' does not exist in type
  elements: { birthdate: ymd(p.DOB) },
});

export const unknownColumn = defineBranch('Patient', {
  ...base,
  // error: Property 'DOBB' does not exist on type
  elements: { birthDate: ymd(p.DOBB) },
});

export const wrongDatatype = defineBranch('Patient', {
  ...base,
  // error: Type 'number' is not assignable to type 'string'
  elements: { birthDate: decimalNumber(r.RSLT) },
});

export const wrongColumnKind = defineBranch('Patient', {
  ...base,
  // error: '"decimal"' is not assignable to type
  elements: { birthDate: ymd(r.RSLT) },
});

export const wrongInside = defineBranch('Patient', {
  ...base,
  // error: 'surname' does not exist in type
  elements: { name: [{ surname: string(p.PT_NM) }] },
});

export const listExpected = defineBranch('Patient', {
  ...base,
  // error: 'family' does not exist in type 'readonly
  elements: { name: { family: string(p.PT_NM) } },
});

export const identifierInPieces = defineBranch('Patient', {
  ...base,
  // error: 'system' does not exist in type
  elements: { identifier: [{ system: constant('urn:x'), value: string(p.PT_NM) }] },
});

export const wrongChild = defineBranch('Patient', {
  ...base,
  // error: Type '"house"' is not assignable to type
  elements: { address: many({ from: a, on: [[a.PT_NO, p.PT_NO]], order: [a.SEQ], element: { use: constant('house') } }) },
});
