import type { Reference, Resource } from '@medplum/fhirtypes';
import { and, or, type Codec, type Column, type ResourceType, type Row } from '../../../contracts/index.ts';
import type { TextKind } from '../columns.ts';
import { isNotBlank } from '../predicates.ts';
import { string } from './string.ts';
import { damage } from '../codec.ts';

type ResourceOf<T extends ResourceType> = Extract<Resource, { resourceType: T }>;

export interface ReferenceOptions {
  readonly display?: Column<TextKind>;
  /** A row without this reference is damaged. */
  readonly required?: boolean;
  /** The column that names the target: a row that names one that does not exist is damaged, where the reference alone would be left out. */
  readonly named?: Column;
}

/** A reference by the native key of a branch (its id prefix). Without a key it is its display alone, or absent. */
export function reference<T extends ResourceType>(
  type: T,
  branch: string,
  key: readonly [Column, ...Column[]],
  { display, required = false, named }: ReferenceOptions = {},
): Codec<Reference<ResourceOf<T>>> {
  const name = display === undefined ? undefined : string(display);
  const target = { type, branch };
  const hasKey = and(...key.map(isNotBlank));
  return {
    is: 'codec',
    columns: [...key, ...(name?.columns ?? []), ...(named === undefined ? [] : [named])],
    compile: (slot) => {
      const slots = key.map(slot);
      const writeName = name?.compile(slot);
      const namedAt = named === undefined ? undefined : slot(named);
      const mustLead = (row: Row): boolean => required || (namedAt !== undefined && (row[namedAt] ?? '').trim() !== '');
      return (row, page) => {
        const parts = keyIn(row, slots);
        const to = parts === undefined ? '' : page.reference(target, parts);
        if (to === '' && mustLead(row)) return damage('a reference that leads nowhere');
        const label = writeName === undefined ? '' : writeName(row, page);
        if (to === '') return label === '' ? '' : `{"display":${label}}`;
        return label === '' ? `{"reference":"${to}"}` : `{"reference":"${to}","display":${label}}`;
      };
    },
    present: name?.present === undefined ? hasKey : or(hasKey, name.present),
    reference: { target, key },
  };
}

/** Undefined where a part of the key is missing. */
function keyIn(row: Row, slots: readonly number[]): readonly string[] | undefined {
  const parts: string[] = [];
  for (const at of slots) {
    const part = row[at] ?? '';
    if (part.trim() === '') return undefined;
    parts.push(part);
  }
  return parts;
}
