import { never, or, type Codec, type Column, type Predicate, type Searches } from '../../../contracts/index.ts';
import { systemFits } from '../token.ts';
import { damage } from '../codec.ts';
import type { Plain } from './constant.ts';

export interface DeriveSpec<C extends readonly Column[], T> {
  readonly columns: C;
  /** The value from the columns' canonical texts, in their order; undefined: absent. It must be a pure function. */
  readonly write: (...values: { [K in keyof C]: string | null }) => T | undefined;
  /** For each code that may result, the rows where it does. Without it the value is not searchable. */
  readonly when?: Readonly<Record<string, Predicate>>;
  /** Exactly the rows with a value; by default those of `when`. */
  readonly present?: Predicate;
  /** What becomes of values that say the same as nothing, in words: for the mapping's page, and for `fascia check`. */
  readonly policy?: string;
  /** The code system of `when`'s codes. */
  readonly system?: string;
  /** Of a datatype: its elements that a search may look at; `{}` where it writes none but extensions. Without them such a search is judged. */
  readonly parts?: Codec['parts'];
}

/** A value computed from columns, with one predicate per resulting code as its inverse. */
export function derive<const C extends readonly Column[], const T>(spec: DeriveSpec<C, T>): Codec<Plain<T>> {
  const { columns, write, when, system, policy, parts } = spec;
  const present = spec.present ?? (when === undefined ? undefined : or(...Object.values(when)));
  return {
    is: 'codec',
    columns,
    ...(policy === undefined ? {} : { note: { policy } }),
    ...(parts === undefined ? {} : { parts }),
    compile: (slot) => {
      const slots = columns.map((column) => slot(column));
      return (row) => {
        const value = write(...(slots.map((at) => row[at] ?? null) as { [K in keyof C]: string | null }));
        if (value === undefined) return '';
        return typeof value === 'number' && !Number.isFinite(value) ? damage('not a number') : JSON.stringify(value);
      };
    },
    ...(present === undefined ? {} : { present }),
    ...(when === undefined
      ? {}
      : {
          searches: {
            token: (sought) => {
              if (!systemFits(sought, system)) return never;
              return sought.code === undefined
                ? or(...Object.values(when))
                : Object.hasOwn(when, sought.code)
                  ? (when[sought.code] ?? never)
                  : never;
            },
          },
        }),
  };
}

/** A codec with its own inverse, where the author knows better. The obligations of `Searches` are the author's. */
export function withSearch<T>(codec: Codec<T>, searches: Searches, present?: Predicate): Codec<T> {
  return { ...codec, searches, ...(present === undefined ? {} : { present }) };
}
