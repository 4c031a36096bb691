import { or, never, type Codec, type Column, type UriValue } from '../../../contracts/index.ts';
import { fromText } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { exactToken, quote } from '../json-text.ts';
import { compare, isNotBlank, oneOf } from '../predicates.ts';

/** A URI as it is stored; surrounding blanks are damage. `:below` and `:above` go by path segments (https://hl7.org/fhir/R4/search.html#uri). */
export function uri(column: Column<TextKind>): Codec<string> {
  return {
    is: 'codec',
    columns: [column],
    compile: fromText(column, (raw) => {
      const value = exactToken(raw);
      return value === '' ? '' : quote(value);
    }),
    present: isNotBlank(column),
    searches: { uri: (sought) => (sought.value.trim() === '' ? never : matching(column, sought)) },
  };
}

function matching(column: Column, { mode, value }: UriValue): ReturnType<typeof or> {
  if (mode === 'exact') return compare(column, '=', value);
  if (mode === 'above') return oneOf(column, above(value));
  return or(compare(column, '=', value), {
    is: 'starts',
    left: column,
    value: value.endsWith('/') ? value : `${value}/`,
  });
}

/** The value and every stored text that it lies below: cut at each slash, with and without it. */
export function above(value: string): readonly string[] {
  const found = new Set([value]);
  for (let at = value.indexOf('/'); at !== -1; at = value.indexOf('/', at + 1)) {
    if (at > 0) found.add(value.slice(0, at));
    found.add(value.slice(0, at + 1));
  }
  return [...found].filter((text) => text.trim() === text && text !== '');
}
