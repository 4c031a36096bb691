import type { Codec, Column, SortForm } from '../../../contracts/index.ts';
import { damage, fromText } from '../codec.ts';
import { numberText } from '../json-text.ts';
import { numberSearch } from '../number-search.ts';
import { isNotNull } from '../predicates.ts';

/** A stored number as a FHIR decimal, digits as stored. */
export function decimalNumber(column: Column<'integer' | 'decimal'>): Codec<number> {
  return numberCodec(column, numberText);
}

/** A stored integer; anything outside FHIR's 32 bits is damage (https://hl7.org/fhir/R4/datatypes.html#integer). */
export function integerNumber(column: Column<'integer'>): Codec<number> {
  return numberCodec(column, (raw) => bounded(raw, -2_147_483_648));
}

export function positiveInt(column: Column<'integer'>): Codec<number> {
  return numberCodec(column, (raw) => bounded(raw, 1));
}

function bounded(raw: string, min: number): string {
  const text = numberText(raw);
  return /^-?\d{1,10}$/.test(text) && Number(text) >= min && Number(text) <= 2_147_483_647
    ? text
    : damage('a number out of range');
}

function numberCodec(column: Column, write: (raw: string) => string): Codec<number> {
  const present = isNotNull(column);
  return {
    is: 'codec',
    columns: [column],
    compile: fromText(column, write),
    present,
    searches: { number: numberSearch(column, present) },
    sort: numberSort(column),
  };
}

/** Numbers sort by value. The key is a JS number: it never decreases along the native order, which stays exact. */
export function numberSort(column: Column): SortForm {
  return {
    scale: 'number',
    columns: [column],
    present: isNotNull(column),
    compile: (slot) => {
      const at = slot(column);
      return (row) => Number(row[at]);
    },
  };
}
