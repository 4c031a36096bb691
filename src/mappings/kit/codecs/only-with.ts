import { and, type Codec, type Predicate, type Searches } from '../../../contracts/index.ts';
import { columnsOf, compileInner, silent, type PathedCodec } from '../codec.ts';

/**
 * A value that FHIR allows, or that says something, only beside another (the route of a dose, the name of a code): it is written, and found, where that one
 * is there.
 */
export function onlyWith<T>(other: Codec, value: Codec<T>): Codec<T> {
  const both =
    other.present === undefined || value.present === undefined ? undefined : and(other.present, value.present);
  const whole: PathedCodec<T> = {
    is: 'codec',
    columns: columnsOf(value, other),
    compile: (slot, path) => {
      const [write, writeOther] = [compileInner(value, slot, path), other.compile(slot)];
      return (row, page) => (writeOther(row, silent(page)) === '' ? '' : write(row, page));
    },
    ...(both === undefined ? {} : { present: both, ...found(value, both) }),
    ...(value.note === undefined ? {} : { note: value.note }),
  };
  return whole;
}

/** The searches of a value that is there only under a condition. */
function found({ searches = {} }: Codec, where: Predicate): { readonly searches?: Searches } {
  const { string, token } = searches;
  if (string === undefined && token === undefined) return {};
  return {
    searches: {
      ...(string === undefined ? {} : { string: (sought) => and(where, string(sought)) }),
      ...(token === undefined ? {} : { token: (sought) => and(where, token(sought)) }),
    },
  };
}
