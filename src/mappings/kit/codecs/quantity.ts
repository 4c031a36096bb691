import type { CodeableConcept, Quantity } from '@medplum/fhirtypes';
import { Fault, onceInARow } from '../../../core/index.ts';
import {
  and,
  never,
  not,
  numberInText,
  type Codec,
  type Column,
  type Operand,
  type Predicate,
} from '../../../contracts/index.ts';
import { damage, fromText, type PathedCodec } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { numberText, quoteTrimmed, trimSpaces } from '../json-text.ts';
import { numberSearch, rangeSearch } from '../number-search.ts';
import { isNotBlank, isNotNull, oneOf } from '../predicates.ts';
import { equalsText, stringSearch, type TextSource } from '../text-match.ts';
import { tokenFits } from '../token.ts';
import { unitsOf, type UnitColumn, type UnitSpec } from '../units.ts';
import { numberSort } from './number.ts';
import { constant } from './constant.ts';

/** A stored number with a unit. Quantities sort by their number, whatever the unit. */
export function decimalQuantity(column: Column<'integer' | 'decimal'>, unit: UnitSpec): Codec<Quantity> {
  const units = unitsOf(unit);
  const present = isNotNull(column);
  const search = numberSearch(column, present);
  const codec: PathedCodec<Quantity> = {
    is: 'codec',
    columns: [column, ...units.columns],
    compile: (slot, path) => {
      const at = slot(column);
      const writeUnit = units.compile(slot, path);
      return (row, page) => {
        const raw = row[at];
        return raw == null ? '' : `{"value":${numberText(raw)}${writeUnit(row, page)}}`;
      };
    },
    present,
    searches: { quantity: (sought) => and(search(sought), units.where(sought)) },
    sort: numberSort(column),
  };
  return codec;
}

/** The code of the unit that a row tells; absent where it has none. For what needs one, such as a profile. */
export function unitCode({ column, units }: UnitColumn): Codec<string> {
  const codes = Object.entries(units).flatMap(([text, { code }]) =>
    code === undefined ? [] : [[text, code] as const],
  );
  const texts = new Map(codes.map(([text, code]) => [text, JSON.stringify(code)]));
  const present = oneOf({ operand: 'trim', of: column }, [...texts.keys()]);
  return writtenBy(column, present, (raw) => texts.get(trimSpaces(raw)) ?? '', {});
}

export interface NumberInTextOptions {
  /** `7,4` is a number too. */
  readonly decimalComma?: boolean;
}

/** The number in a text such as ` 7,4` or `<0.5`, with its comparator and a unit; absent where the text is no number. */
export function textQuantity(
  column: Column<TextKind>,
  unit: UnitSpec,
  { decimalComma = false }: NumberInTextOptions = {},
): Codec<Quantity> {
  const units = unitsOf(unit);
  const { number, comparator, grammar, tooLong } = numberIn(column, decimalComma);
  const search = rangeSearch(number, comparator);
  const write = (raw: string): string => {
    const found = grammar.exec(raw);
    if (found === null) return tooLong.test(raw) ? damage('a number with too many digits') : '';
    const before = found[1] === undefined ? '' : `,"comparator":"${found[1]}"`;
    return `"value":${numberText((found[2] ?? '').replace(',', '.'))}${before}`;
  };
  const codec: PathedCodec<Quantity> = {
    is: 'codec',
    columns: [column, ...units.columns],
    compile: (slot, path) => {
      const at = slot(column);
      const writeUnit = units.compile(slot, path);
      const writeNumber = onceInARow(write);
      return (row, page) => {
        const raw = row[at];
        const text = raw == null ? '' : writeNumber(raw);
        return text === '' ? '' : `{${text}${writeUnit(row, page)}}`;
      };
    },
    present: not({ is: 'null', of: number }),
    searches: { quantity: (sought) => and(search(sought), units.where(sought)) },
  };
  return codec;
}

interface NumberIn {
  readonly number: Operand;
  readonly comparator: Operand;
  readonly grammar: RegExp;
  /** Numbers with more digits than the grammar takes: damage, never a word. */
  readonly tooLong: RegExp;
}

function numberIn(column: Column, decimalComma: boolean): NumberIn {
  return {
    number: { operand: 'number-in-text', of: column, decimalComma },
    comparator: { operand: 'comparator-in-text', of: column, decimalComma },
    grammar: new RegExp(numberInText(decimalComma)),
    tooLong: new RegExp(numberInText(decimalComma).replaceAll(/\{1,\d+\}/g, '+')),
  };
}

export interface ResultTextSpec extends NumberInTextOptions {
  readonly unit: UnitSpec;
  /** Texts that are coded results, such as `NEG`, compared without surrounding spaces. */
  readonly coded?: Readonly<Record<string, CodeableConcept>>;
  /** Why a blank result is absent: a code of http://terminology.hl7.org/CodeSystem/data-absent-reason. */
  readonly absent?: string;
}

/** The alternatives of one result text. For every row exactly one of them is there. */
export interface ResultText {
  readonly quantity: Codec<Quantity>;
  readonly coded: Codec<CodeableConcept>;
  readonly text: Codec<string>;
  readonly absentReason: Codec<CodeableConcept>;
}

/** A result as people typed it: a number becomes a quantity, a known word a code, other text a string, blank a data-absent-reason. */
export function resultText(column: Column<TextKind>, spec: ResultTextSpec): ResultText {
  const { coded = {}, absent = 'unknown', decimalComma = false } = spec;
  const { number, grammar, tooLong } = numberIn(column, decimalComma);
  for (const word of Object.keys(coded)) {
    if (word !== '' && trimSpaces(word) === word && !grammar.test(word)) continue;
    throw new Fault('module.invalid', `'${word}' cannot be a coded result: it is blank, padded or a number.`);
  }
  const isNumber: Predicate = not({ is: 'null', of: number });
  const source: TextSource = { column, written: (of) => ({ operand: 'trim', of }), leads: true };
  const isText = and(isNotBlank(column), not(isNumber), not(oneOf(source.written(column), Object.keys(coded))));
  return {
    quantity: textQuantity(column, spec.unit, { decimalComma }),
    coded: codedText(column, coded),
    text: writtenBy(
      column,
      isText,
      (raw) => {
        if (grammar.test(raw) || Object.hasOwn(coded, trimSpaces(raw))) return '';
        return tooLong.test(raw) ? damage('a number with too many digits') : quoteTrimmed(raw);
      },
      {
        string: (sought) => and(isText, stringSearch(source)(sought)),
        token: (sought) => (sought.code === undefined ? isText : and(isText, equalsText(source, sought.code))),
      },
    ),
    absentReason: blankReason(column, absent),
  };
}

function codedText(column: Column<TextKind>, coded: Readonly<Record<string, CodeableConcept>>): Codec<CodeableConcept> {
  const texts = new Map(Object.entries(coded).map(([word, concept]) => [word, JSON.stringify(concept)]));
  const trimmed: Operand = { operand: 'trim', of: column };
  return writtenBy(column, oneOf(trimmed, [...texts.keys()]), (raw) => texts.get(trimSpaces(raw)) ?? '', {
    token: (sought) =>
      oneOf(
        trimmed,
        Object.entries(coded)
          .filter(([, { coding = [] }]) => coding.some((one) => tokenFits(sought, one)))
          .map(([word]) => word),
      ),
  });
}

function writtenBy<T>(
  column: Column,
  present: Predicate,
  write: (raw: string) => string,
  searches: NonNullable<Codec['searches']>,
): Codec<T> {
  return {
    is: 'codec',
    columns: [column],
    compile: fromText(column, onceInARow(write)),
    present,
    searches,
  };
}

/** A data-absent-reason where the column is blank. */
export function blankReason(column: Column<TextKind>, reason: string): Codec<CodeableConcept> {
  const { compile, searches } = constant({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: reason }],
  });
  const blank = not(isNotBlank(column));
  return {
    is: 'codec',
    columns: [column],
    compile: (slot) => {
      const at = slot(column);
      const write = compile(slot);
      return (row, page) => (trimSpaces(row[at] ?? '') === '' ? write(row, page) : '');
    },
    present: blank,
    searches: { token: (sought) => and(blank, searches?.token?.(sought) ?? never) },
  };
}
