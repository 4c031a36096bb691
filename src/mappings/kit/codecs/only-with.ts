import type { CodeableConcept } from '@medplum/fhirtypes';
import { always, and, type Codec } from '../../../contracts/index.ts';
import { columnsOf, compileInner, silent, type PathedCodec } from '../codec.ts';

/** A code that FHIR allows only beside another element, such as the route of a dose: it is written, and found, where that one is there. */
export function onlyWith(other: Codec, code: Codec<CodeableConcept>): Codec<CodeableConcept> {
  const both = other.present === undefined || code.present === undefined ? undefined : and(other.present, code.present);
  const find = code.searches?.token;
  const whole: PathedCodec<CodeableConcept> = {
    is: 'codec',
    columns: columnsOf(code, other),
    compile: (slot, path) => {
      const [write, writeOther] = [compileInner(code, slot, path), other.compile(slot)];
      return (row, page) => (writeOther(row, silent(page)) === '' ? '' : write(row, page));
    },
    ...(both === undefined ? {} : { present: both }),
    ...(both === undefined || find === undefined ? {} : { searches: { token: (sought) => and(both, find(sought)) } }),
    ...(code.note === undefined ? {} : { note: code.note }),
  };
  return whole;
}

/** A name that is written, and found, only beside a code: the name of a code that is not there says nothing. */
export function onlyBeside(code: Codec, name: Codec<string>): Codec<string> {
  const present = and(code.present ?? always, name.present ?? always);
  const { string, token } = name.searches ?? {};
  return {
    is: 'codec',
    columns: columnsOf(code, name),
    compile: (slot) => {
      const [writeCode, write] = [code.compile(slot), name.compile(slot)];
      return (row, page) => (writeCode(row, silent(page)) === '' ? '' : write(row, page));
    },
    present,
    searches: {
      ...(string === undefined ? {} : { string: (sought) => and(present, string(sought)) }),
      ...(token === undefined ? {} : { token: (sought) => and(present, token(sought)) }),
    },
    ...(name.note === undefined ? {} : { note: name.note }),
  };
}
