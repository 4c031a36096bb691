import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { always, never, not, or, and, type Codec } from '../../../contracts/index.ts';
import { compileInner, damage, silent, type PathedCodec } from '../codec.ts';
import { constant } from './constant.ts';

/** Codes of http://terminology.hl7.org/CodeSystem/data-absent-reason */
export type AbsentReason =
  | 'unknown'
  | 'asked-unknown'
  | 'temp-unknown'
  | 'not-asked'
  | 'asked-declined'
  | 'masked'
  | 'not-applicable'
  | 'unsupported'
  | 'as-text'
  | 'error'
  | 'not-performed'
  | 'not-permitted';

const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
const extension = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

/** A primitive that this system never has: the reason is written in its place. */
export function absent(reason: AbsentReason): Codec<never> {
  return {
    is: 'codec',
    columns: [],
    compile: () => () => '',
    present: never,
    searches: {
      token: () => never,
      string: () => never,
      date: () => never,
      number: () => never,
      quantity: () => never,
      uri: () => never,
    },
    absentReason: reason,
  };
}

/** A primitive with the reason in its place where it is missing. */
export function orAbsent<T extends string | number | boolean>(codec: Codec<T>, reason: AbsentReason): Codec<T> {
  return { ...codec, absentReason: reason };
}

/** A CodeableConcept with the reason as its code where it is missing; a search by that code finds those rows. */
export function orAbsentConcept(codec: Codec<CodeableConcept>, reason: AbsentReason): Codec<CodeableConcept> {
  const instead = constant({ coding: [{ system, code: reason }] });
  const { present, parts } = codec;
  const whole: PathedCodec<CodeableConcept> = {
    ...withText(codec, JSON.stringify(instead.constant)),
    ...(present === undefined ? {} : { present: always }),
    ...(parts === undefined
      ? {}
      : { parts: { ...parts, coding: [parts['coding'] ?? [], reasonCoding(codec, reason)] } }),
    searches: {
      token: (sought) =>
        or(
          codec.searches?.token?.(sought) ?? never,
          present === undefined ? never : and(not(present), instead.searches?.token?.(sought) ?? never),
        ),
    },
  };
  return whole;
}

/** The coding that stands where there is none. */
function reasonCoding(of: Codec, reason: AbsentReason): Codec<Coding> {
  return {
    is: 'codec',
    columns: of.columns,
    compile: (slot) => {
      const write = of.compile(slot);
      return (row, page) => (write(row, silent(page)) === '' ? JSON.stringify({ system, code: reason }) : '');
    },
    ...(of.present === undefined ? {} : { present: not(of.present) }),
    parts: { system: constant(system), code: constant(reason) },
  };
}

/** Any other datatype (a Reference, a Period) with the reason as its extension where it is missing. */
export function orAbsentElement<T extends object>(codec: Codec<T>, reason: AbsentReason): Codec<T> {
  const text = JSON.stringify({ extension: [{ url: extension, valueCode: reason }] });
  return { ...withText(codec, text), ...(codec.present === undefined ? {} : { present: always }) };
}

/** Why the value of another element is missing: there exactly where that value is not. */
export function reasonIfAbsent(of: Codec, reason: AbsentReason): Codec<CodeableConcept> {
  const there = constant({ coding: [{ system, code: reason }] });
  const missing = of.present === undefined ? undefined : not(of.present);
  const text = JSON.stringify(there.constant);
  const whole: PathedCodec<CodeableConcept> = {
    is: 'codec',
    columns: of.columns,
    compile: (slot, path) => {
      const write = compileInner(of, slot, path);
      return (row, page) => (write(row, silent(page)) === '' ? text : '');
    },
    ...(missing === undefined
      ? {}
      : {
          present: missing,
          searches: { token: (sought) => and(missing, there.searches?.token?.(sought) ?? never) },
        }),
  };
  return whole;
}

function withText<T>(codec: Codec<T>, text: string): PathedCodec<T> {
  return {
    ...codec,
    compile: (slot, path) => {
      const write = compileInner(codec, slot, path);
      return (row, page) => write(row, page) || text;
    },
  };
}

/** A row without this value is damaged. */
export function required<T>(codec: Codec<T>): Codec<T> {
  const whole: PathedCodec<T> = {
    ...codec,
    compile: (slot, path) => {
      const write = compileInner(codec, slot, path);
      return (row, page) => write(row, page) || damage('a required value is missing');
    },
  };
  return whole;
}
