import type { Coding } from '@medplum/fhirtypes';
import { and, never, not, or, type Codec, type Column } from '../../../contracts/index.ts';
import { compileInner, type PathedCodec } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { coding, mappedCoding, type CodeMap } from './coding.ts';
import { oneOf } from '../predicates.ts';

export interface LocalCodingSpec {
  readonly column: Column<TextKind | 'integer'>;
  /** The system of the stored codes themselves. */
  readonly system: string;
  readonly map: CodeMap;
}

/** One Coding of a local code, for an element that has room for one: its translation, or where the map knows none (and the code is counted), itself. */
export function localCoding({ column, system, map }: LocalCodingSpec): Codec<Coding> {
  const translated = mappedCoding({ column, map });
  const own = coding({ system, code: column });
  const isUnknown = not(oneOf(column, Object.keys(map.codes)));
  const codec: PathedCodec<Coding> = {
    is: 'codec',
    columns: [column],
    compile: (slot, path) => {
      const [write, writeOwn] = [compileInner(translated, slot, path), own.compile(slot)];
      return (row, page) => {
        const text = write(row, page);
        return text === '' ? writeOwn(row, page) : text;
      };
    },
    ...(own.present === undefined ? {} : { present: own.present }),
    searches: {
      token: (sought) =>
        or(translated.searches?.token?.(sought) ?? never, and(isUnknown, own.searches?.token?.(sought) ?? never)),
    },
    note: { codeMap: `${map.name} ${map.version}`, policy: 'keep' },
  };
  return codec;
}
