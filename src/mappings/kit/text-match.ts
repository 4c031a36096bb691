import {
  and,
  never,
  or,
  type Column,
  type Folding,
  type Operand,
  type Predicate,
  type StringValue,
} from '../../contracts/index.ts';
import { lowerSimple } from '../../core/index.ts';
import { foldedColumn, type TextKind } from './columns.ts';

/** How the written text is made of a stored column, both as SQL operands. */
export interface TextSource {
  readonly column: Column<TextKind>;
  /** The written text: the column trimmed, or one part of it. */
  readonly written: (of: Operand) => Operand;
  /** The written text is a prefix of the column, up to surrounding spaces: searches may range over the column itself and so use its index. */
  readonly leads: boolean;
  /** Never part of the written text. */
  readonly separator?: string;
}

/** Unicode simple upper case, one character to one character, as databases do it. */
export function upperSimple(value: string): string {
  let folded = '';
  for (const char of value) {
    const upper = char.toUpperCase();
    folded += upper.length === char.length ? upper : upperOfIota(char);
  }
  return folded;
}

/** Letters whose full upper case is two characters keep theirs, but for Greek ones with iota below, which have one of their own. */
function upperOfIota(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const upper = String.fromCodePoint(code + (code < 0x1fb0 ? 8 : 9));
  return upper.toLowerCase() === char ? upper : char;
}

/**
 * For columns without a stored form for search, in an installation where other systems keep theirs in capitals: texts of both then sort together.
 * Exact in accents; an index for it is on `upper(column)` in byte order.
 */
export const capitals: Folding = {
  by: 'expression',
  sql: { default: 'upper(??)' },
  fold: upperSimple,
  letters: 'upper',
};

/** The comparison form of a column and of a search value by the column's folding. */
interface Folded {
  readonly of: Operand;
  readonly fold: (value: string) => string;
}

function folded(column: Column<TextKind>): Folded {
  const folding: Folding | undefined = column.type.folding;
  if (folding === undefined) return { of: { operand: 'lower', of: column }, fold: lowerSimple };
  if (folding.by === 'column') return { of: foldedColumn(column, folding), fold: folding.fold };
  return { of: { operand: 'sql', sql: folding.sql, uses: [column], kind: 'text' }, fold: folding.fold };
}

export function present(source: TextSource): Predicate {
  const written = source.written(source.column);
  return { is: 'compare', left: written, op: '<>', value: '' };
}

/** The string search of a written text: starts with, contains, or exactly (https://hl7.org/fhir/R4/search.html#string). */
export function stringSearch(source: TextSource): (value: StringValue) => Predicate {
  return ({ mode, value }) => {
    if (mode === 'exact') return equalsText(source, value);
    const { of, fold } = folded(source.column);
    const sought = fold(value);
    if (sought === '') return present(source);
    if (source.separator !== undefined && sought.includes(source.separator)) return never;
    if (mode === 'contains') return { is: 'contains', left: source.written(of), value: sought };
    return startsWith(source, of, sought);
  };
}

/** Written texts have no surrounding spaces, so neither has a value that equals one. */
export function equalsText(source: TextSource, value: string): Predicate {
  if (value === '' || value.startsWith(' ') || value.endsWith(' ')) return never;
  if (source.separator !== undefined && value.includes(source.separator)) return never;
  const exact: Predicate = { is: 'compare', left: source.written(source.column), op: '=', value };
  if (!source.leads) return exact;
  return and(or(starts(source.column, value), starts(source.column, ' ')), exact);
}

/** A range over the column decides, except where a stored text begins with spaces: those rows are one more range. */
function startsWith(source: TextSource, of: Operand, sought: string): Predicate {
  if (sought.startsWith(' ')) return never;
  const exact = starts(source.written(of), sought);
  if (!source.leads) return exact;
  const direct = sought.endsWith(' ') ? and(starts(of, sought), exact) : starts(of, sought);
  return or(direct, and(starts(of, ' '), exact));
}

function starts(left: Operand, value: string): Predicate {
  return { is: 'starts', left, value };
}
