import {
  always,
  and,
  never,
  not,
  or,
  type Column,
  type PageContext,
  type Predicate,
  type SlotOf,
  type Writer,
} from '../../contracts/index.ts';
import { onceInARow } from '../../core/index.ts';
import { damage } from './codec.ts';
import { trimSpaces } from './json-text.ts';
import { isNotBlank, oneOf } from './predicates.ts';

/**
 * What becomes of a stored code that the map does not know: the row is damaged, the element is left out (and the code counted for the
 * stewards), or a declared value stands in. A missing code (NULL or blank) is treated alike, unless `missing` says otherwise.
 */
export type Policy<F> = 'damaged' | 'omit' | { readonly fallback: F };

export interface MappedOptions<F> {
  readonly unmapped: Policy<F>;
  readonly missing?: Policy<F>;
}

/** A stored code mapped to values of any kind, with its inverse as lists of stored codes, so that legacy indexes are used. */
export interface Mapped<T> {
  /** The rows whose value passes the test. */
  where(test: (value: T) => boolean): Predicate;
  readonly present: Predicate;
  /** `textOf` is asked once per value. */
  compile(slot: SlotOf, textOf: (value: T) => string, path: string | undefined): Writer;
}

interface Outcome<T> {
  readonly is: 'value' | 'omit' | 'damaged';
  readonly value?: T;
}

function outcomeOf<T>(policy: Policy<T>): Outcome<T> {
  return typeof policy === 'string' ? { is: policy } : { is: 'value', value: policy.fallback };
}

export function mapped<T>(column: Column, entries: ReadonlyMap<string, T>, options: MappedOptions<T>): Mapped<T> {
  const other = outcomeOf(options.unmapped);
  const blank = outcomeOf(options.missing ?? options.unmapped);
  const keys = [...entries.keys()];
  const known = oneOf(column, keys);
  const isBlank = and(not(isNotBlank(column)), keys.some((key) => trimSpaces(key) === '') ? not(known) : always);
  const has = ({ is, value }: Outcome<T>, test: (value: T) => boolean): boolean => is === 'value' && test(value as T);
  const where = (test: (value: T) => boolean): Predicate => {
    const listed = keys.filter((key) => test(entries.get(key) as T));
    if (has(other, test) && has(blank, test))
      return not(
        oneOf(
          column,
          keys.filter((key) => !listed.includes(key)),
        ),
      );
    return or(
      oneOf(column, listed),
      has(blank, test) ? isBlank : never,
      has(other, test) ? and(not(isBlank), not(known)) : never,
    );
  };
  return {
    where,
    present: where(() => true),
    compile(slot, textOf, path) {
      const texts = new Map([...entries].map(([key, value]) => [key, textOf(value)]));
      const find = onceInARow((raw: string) => texts.get(raw));
      const at = slot(column);
      const instead = (outcome: Outcome<T>, reason: string): ((page: PageContext) => string) => {
        if (outcome.is === 'damaged') return () => damage(reason);
        const text = outcome.is === 'value' ? textOf(outcome.value as T) : '';
        return () => text;
      };
      const forBlank = instead(blank, 'the code is missing');
      const forOther = instead(other, 'a code that the map does not know');
      return (row, page) => {
        const raw = row[at];
        if (raw == null) return forBlank(page);
        const text = find(raw);
        if (text !== undefined) return text;
        if (trimSpaces(raw) === '') return forBlank(page);
        if (other.is !== 'damaged') page.unmapped(path ?? '');
        return forOther(page);
      };
    },
  };
}
