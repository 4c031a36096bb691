import type { CodeableConcept, ContactPoint, Identifier } from '@medplum/fhirtypes';
import { never, type Codec, type Column, type Predicate, type SortForm } from '../../../contracts/index.ts';
import { damage, fromText } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { exactToken, quote } from '../json-text.ts';
import { compare, isNotBlank } from '../predicates.ts';
import { systemFits } from '../token.ts';
import { constant } from './constant.ts';
import { string } from './string.ts';

export interface IdentifierSpec {
  readonly system?: string;
  readonly value: Column<TextKind | 'integer'>;
  readonly use?: NonNullable<Identifier['use']>;
  readonly type?: CodeableConcept;
  /** How a stored value is written. `parse` is its inverse: a row whose stored value it does not give back is damaged. Without it no value is found. */
  readonly format?: (raw: string) => string;
  readonly parse?: (written: string) => string | undefined;
}

/** A business identifier. The stored text must carry no surrounding blanks: such a row is damaged, because a search compares the stored form. */
export function identifier(spec: IdentifierSpec): Codec<Identifier> {
  const value = exactCode(spec.value, spec);
  const head = [
    ...(spec.use === undefined ? [] : [`"use":"${spec.use}"`]),
    ...(spec.type === undefined ? [] : [`"type":${JSON.stringify(spec.type)}`]),
    ...(spec.system === undefined ? [] : [`"system":${JSON.stringify(spec.system)}`]),
  ].join();
  const before = `{${head}${head === '' ? '' : ','}"value":`;
  return {
    is: 'codec',
    columns: [spec.value],
    compile: (slot) => {
      const write = value.compile(slot);
      return (row, page) => {
        const text = write(row, page);
        return text === '' ? '' : `${before}${text}}`;
      };
    },
    present: value.present,
    searches: { token: (sought) => (systemFits(sought, spec.system) ? value.find(sought.code) : never) },
    ...(value.sort === undefined ? {} : { sort: value.sort }),
    parts: {
      value: { is: 'codec', columns: [spec.value], compile: value.compile, present: value.present },
      ...(spec.system === undefined ? {} : { system: constant(spec.system) }),
      ...(spec.use === undefined ? {} : { use: constant(spec.use) }),
      ...(spec.type === undefined ? {} : { type: constant(spec.type) }),
    },
  };
}

interface ExactCode {
  readonly compile: Codec['compile'];
  readonly present: Predicate;
  readonly sort?: SortForm;
  /** The rows that hold this written code; with undefined, any. */
  find(written: string | undefined): Predicate;
}

/** A stored code that is written as it stands, or through a pair of inverse functions, and found by equality with its stored form. */
export function exactCode(column: Column, { format, parse }: Pick<IdentifierSpec, 'format' | 'parse'> = {}): ExactCode {
  const { kind } = column.type;
  const present = isNotBlank(column);
  const write = (raw: string): string => {
    const token = exactToken(raw);
    if (token === '' || format === undefined) return token === '' ? '' : quote(token);
    const written = format(token);
    // Two stored forms of one written value could not both be found by equality.
    if (parse !== undefined && parse(written) !== token) damage('an identifier in another form than it is stored in');
    return written === '' ? damage('an identifier that is empty') : quote(written);
  };
  const stored = (written: string): string | undefined => {
    const raw = format === undefined ? written : parse?.(written);
    if (raw === undefined || raw === '' || raw.trim() !== raw) return undefined;
    if (format !== undefined && format(raw) !== written) return undefined;
    return kind === 'integer' && !/^(?:0|-?[1-9]\d{0,18})$/.test(raw) ? undefined : raw;
  };
  const isSortable = format === undefined && (kind === 'text' || kind === 'char');
  return {
    compile: fromText(column, write),
    present,
    ...(isSortable ? { sort: { scale: 'text', columns: [column], present, compile: rawKey(column) } } : {}),
    find(written) {
      if (written === undefined) return present;
      const raw = stored(written);
      return raw === undefined ? never : compare(column, '=', raw);
    },
  };
}

function rawKey(column: Column): SortForm['compile'] {
  return (slot) => {
    const at = slot(column);
    return (row) => row[at] ?? '';
  };
}

export interface ContactPointSpec {
  readonly system: NonNullable<ContactPoint['system']>;
  readonly value: Column<TextKind>;
  readonly use?: NonNullable<ContactPoint['use']>;
  readonly rank?: number;
}

/** A phone number or address as it is stored, trimmed. Found as a token by its value; `where(system='phone')` folds by its constant system. */
export function contactPoint(spec: ContactPointSpec): Codec<ContactPoint> {
  const value = string(spec.value);
  const after = `${spec.use === undefined ? '' : `,"use":"${spec.use}"`}${spec.rank === undefined ? '' : `,"rank":${spec.rank}`}}`;
  return {
    is: 'codec',
    columns: value.columns,
    compile: (slot) => {
      const write = value.compile(slot);
      return (row, page) => {
        const text = write(row, page);
        return text === '' ? '' : `{"system":"${spec.system}","value":${text}${after}`;
      };
    },
    ...(value.present === undefined ? {} : { present: value.present }),
    searches: {
      token: (sought) => {
        if (!systemFits(sought, spec.system)) return never;
        return (
          value.searches?.token?.({ is: 'token', ...(sought.code === undefined ? {} : { code: sought.code }) }) ?? never
        );
      },
    },
    parts: {
      system: constant(spec.system),
      value,
      ...(spec.use === undefined ? {} : { use: constant(spec.use) }),
      ...(spec.rank === undefined ? {} : { rank: constant(spec.rank) }),
    },
  };
}
