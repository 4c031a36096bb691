import { isNotNull } from '../predicates.ts';
import type { Codec, Column } from '../../../contracts/index.ts';
import { fromText } from '../codec.ts';

/** Stored bytes as base64Binary: the `data` of a Binary or an Attachment. They are not searched. */
export function base64(column: Column<'bytes'>): Codec<string> {
  return {
    is: 'codec',
    columns: [column],
    compile: fromText(column, (hex) => (hex === '' ? '' : `"${Buffer.from(hex, 'hex').toString('base64')}"`)),
    present: isNotNull(column),
  };
}
