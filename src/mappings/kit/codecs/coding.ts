import type { CodeableConcept, Coding } from '@medplum/fhirtypes';
import { never, or, type Codec, type Column, type Predicate, type TokenValue } from '../../../contracts/index.ts';
import { columnsOf, compileInner, silent, type PathedCodec } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { mapped, type Mapped, type Policy } from '../mapped.ts';
import { systemFits, tokenFits } from '../token.ts';
import { constant, wordsFit } from './constant.ts';
import { policyText } from './code.ts';
import { exactCode } from './identifier.ts';
import { onlyWith } from './only-with.ts';
import { string } from './string.ts';

export interface CodingSpec {
  readonly system?: string;
  readonly code: Column<TextKind | 'integer'>;
  /** The code's name, from a column. */
  readonly display?: Column<TextKind>;
}

/** A code as it is stored, in a fixed system (or none). Surrounding blanks are damage, because a search compares the stored form. */
export function coding(spec: CodingSpec): Codec<Coding> {
  const code = exactCode(spec.code);
  const display = spec.display === undefined ? undefined : string(spec.display);
  const codeAlone: Codec<string> = { is: 'codec', columns: [spec.code], compile: code.compile, present: code.present };
  const before = spec.system === undefined ? '{"code":' : `{"system":${JSON.stringify(spec.system)},"code":`;
  return {
    is: 'codec',
    columns: [spec.code, ...(display?.columns ?? [])],
    compile: (slot) => {
      const writeCode = code.compile(slot);
      const writeDisplay = display?.compile(slot);
      return (row, page) => {
        const text = writeCode(row, page);
        if (text === '') return '';
        const name = writeDisplay === undefined ? '' : writeDisplay(row, page);
        return `${before}${text}${name === '' ? '' : `,"display":${name}`}}`;
      };
    },
    present: code.present,
    searches: { token: (sought) => (systemFits(sought, spec.system) ? code.find(sought.code) : never) },
    ...(code.sort === undefined ? {} : { sort: code.sort }),
    parts: {
      ...(spec.system === undefined ? {} : { system: constant(spec.system) }),
      code: codeAlone,
      ...(display === undefined ? {} : { display: onlyWith(codeAlone, display) }),
    },
  };
}

/** Translations from stored codes into one code system: data, versioned, named in the documentation. */
export interface CodeMap {
  readonly name: string;
  readonly version: string;
  /** The system that is mapped to. */
  readonly system: string;
  readonly codes: Readonly<Record<string, string | { readonly code: string; readonly display?: string }>>;
}

export interface MappedCodingSpec {
  readonly column: Column;
  readonly map: CodeMap;
  /** Default `omit`: the coding is left out and the code counted for the stewards. NULL and blank are always left out, unless `missing` says otherwise. */
  readonly unmapped?: Policy<Coding>;
  readonly missing?: Policy<Coding>;
}

/** A stored code translated by a code map. A search by the target code becomes a list of stored codes. */
export function mappedCoding({ column, map, unmapped = 'omit', missing = 'omit' }: MappedCodingSpec): Codec<Coding> {
  const entries = Object.entries(map.codes).map(([raw, to]): [string, Coding] => {
    const { code, display } = typeof to === 'string' ? { code: to } : to;
    return [raw, { system: map.system, code, ...(display === undefined ? {} : { display }) }];
  });
  const codings = mapped<Coding>(column, new Map(entries), { unmapped, missing });
  const codec: PathedCodec<Coding> = {
    is: 'codec',
    columns: [column],
    compile: (slot, path) => codings.compile(slot, (value) => JSON.stringify(value), path),
    present: codings.present,
    searches: { token: (sought) => codings.where((value) => tokenFits(sought, value)) },
    parts: Object.fromEntries(
      (['system', 'code', 'display'] as const).map((name) => [name, mappedPart(column, codings, name)]),
    ),
    note: { codeMap: `${map.name} ${map.version}`, policy: policyText(unmapped) },
  };
  return codec;
}

function mappedPart(column: Column, codings: Mapped<Coding>, name: 'system' | 'code' | 'display'): Codec<string> {
  return {
    is: 'codec',
    columns: [column],
    compile: (slot) => {
      const write = codings.compile(slot, ({ [name]: text }) => (text === undefined ? '' : JSON.stringify(text)), '');
      return (row, page) => write(row, silent(page));
    },
    present: codings.where((value) => value[name] !== undefined),
    searches: {
      string: (sought) => codings.where(({ [name]: text }) => text !== undefined && wordsFit(sought, text)),
    },
  };
}

export interface ConceptSpec {
  readonly coding: readonly Codec<Coding>[];
  readonly text?: Codec<string>;
}

/** A CodeableConcept of several codings, each of which may be absent. Its text is not matched by token searches. */
export function codeableConcept({ coding: codings, text }: ConceptSpec): Codec<CodeableConcept> {
  const all: readonly Codec[] = text === undefined ? codings : [...codings, text];
  const presents = all.map((codec) => codec.present);
  const notes = codings.map((codec) => codec.note).find((note) => note?.codeMap !== undefined);
  const sort = codings.length === 1 ? codings[0]?.sort : undefined;
  const codec: PathedCodec<CodeableConcept> = {
    is: 'codec',
    columns: columnsOf(...all),
    compile: (slot, path) => {
      const writers = codings.map((inner) => compileInner(inner, slot, path));
      const writeText = text?.compile(slot);
      return (row, page) => {
        let list = '';
        for (const write of writers) {
          const value = write(row, page);
          if (value !== '') list += list === '' ? value : `,${value}`;
        }
        const name = writeText === undefined ? '' : writeText(row, page);
        if (list === '') return name === '' ? '' : `{"text":${name}}`;
        return name === '' ? `{"coding":[${list}]}` : `{"coding":[${list}],"text":${name}}`;
      };
    },
    ...(presents.includes(undefined) ? {} : { present: or(...(presents as Predicate[])) }),
    searches: { token: (sought) => anyToken(codings, sought) },
    parts: { coding: codings, ...(text === undefined ? {} : { text }) },
    ...(sort === undefined ? {} : { sort }),
    ...(notes === undefined ? {} : { note: notes }),
  };
  return codec;
}

function anyToken(codings: readonly Codec[], sought: TokenValue): Predicate {
  return or(...codings.map((coding) => coding.searches?.token?.(sought) ?? never));
}
