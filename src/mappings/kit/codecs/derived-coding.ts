import type { Coding } from '@medplum/fhirtypes';
import type { Codec, Column, Predicate } from '../../../contracts/index.ts';
import { derive } from './derive.ts';

export interface DerivedCodingSpec<C extends readonly Column[]> {
  readonly coding: Coding & { readonly system: string; readonly code: string };
  readonly columns: C;
  /** Whether a row has the coding, from the columns' canonical texts, in their order. It must be a pure function. */
  readonly holds: (...values: { [K in keyof C]: string | null }) => boolean;
  /** Exactly the rows for which `holds` is true. */
  readonly where: Predicate;
  /** As in `derive`. */
  readonly policy?: string;
}

/** One coding, such as a label, in the rows for which a condition on columns holds, and nothing in the others. */
export function derivedCoding<const C extends readonly Column[]>(spec: DerivedCodingSpec<C>): Codec<Coding> {
  const { coding, columns, holds, where, policy } = spec;
  return derive<C, Coding>({
    columns,
    write: (...values) => (holds(...values) ? coding : undefined),
    when: { [coding.code]: where },
    system: coding.system,
    ...(policy === undefined ? {} : { policy }),
  });
}
