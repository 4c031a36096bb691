import type { Reference, Resource } from '@medplum/fhirtypes';
import { and, or, type Codec, type Column, type ResourceType } from '../../../contracts/index.ts';
import type { TextKind } from '../columns.ts';
import { isNotBlank } from '../predicates.ts';
import { string } from './string.ts';
import { damage } from '../codec.ts';

type ResourceOf<T extends ResourceType> = Extract<Resource, { resourceType: T }>;

export interface ReferenceOptions {
  readonly display?: Column<TextKind>;
  /** A row without this reference is damaged. */
  readonly required?: boolean;
}

/** A reference by the native key of a branch (its id prefix). Without a key it is its display alone, or absent. */
export function reference<T extends ResourceType>(
  type: T,
  branch: string,
  key: readonly [Column, ...Column[]],
  { display, required = false }: ReferenceOptions = {},
): Codec<Reference<ResourceOf<T>>> {
  const name = display === undefined ? undefined : string(display);
  const target = { type, branch };
  const hasKey = and(...key.map(isNotBlank));
  return {
    is: 'codec',
    columns: [...key, ...(name?.columns ?? [])],
    compile: (slot) => {
      const slots = key.map(slot);
      const writeName = name?.compile(slot);
      return (row, page) => {
        const parts = slots.map((at) => row[at] ?? '');
        const to = parts.some((part) => part.trim() === '') ? '' : page.reference(target, parts);
        if (to === '' && required) return damage('a reference that leads nowhere');
        const label = writeName === undefined ? '' : writeName(row, page);
        if (to === '') return label === '' ? '' : `{"display":${label}}`;
        return label === '' ? `{"reference":"${to}"}` : `{"reference":"${to}","display":${label}}`;
      };
    },
    present: name?.present === undefined ? hasKey : or(hasKey, name.present),
    reference: { target, key },
  };
}
