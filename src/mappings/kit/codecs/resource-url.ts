import { and, never, or, type Codec, type Column, type ResourceType, type UriValue } from '../../../contracts/index.ts';
import { isNotBlank, oneOf } from '../predicates.ts';
import { above } from './uri.ts';

/**
 * The address of another branch's instance, below the base of the API: the `url` of an Attachment that is served as a Binary. Absent without a key.
 * Searched by its text where the key is one number. The other branch must not mask its keys.
 */
export function resourceUrl(type: ResourceType, branch: string, key: readonly [Column, ...Column[]]): Codec<string> {
  const target = { type, branch };
  const [first, ...others] = key;
  const present = and(...key.map(isNotBlank));
  const head = `${type}/${branch}.`;
  const keysIn = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => (text.startsWith(head) ? [text.slice(head.length)] : []));
  const find = ({ mode, value }: UriValue): ReturnType<typeof or> => {
    const same = keysIn(mode === 'above' ? above(value) : [value]);
    const all = mode === 'below' && (value === type || value === `${type}/`) ? present : never;
    return or(all, same.length === 0 ? never : oneOf(first, same));
  };
  return {
    is: 'codec',
    columns: key,
    compile: (slot) => {
      const slots = key.map(slot);
      return (row, page) => {
        const parts = slots.map((at) => row[at] ?? '');
        return parts.some((part) => part.trim() === '') ? '' : JSON.stringify(page.reference(target, parts));
      };
    },
    present,
    ...(others.length === 0 && first.type.kind === 'integer' ? { searches: { uri: find } } : {}),
  };
}
