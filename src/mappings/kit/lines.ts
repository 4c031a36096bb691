import { always, type Codec, type Column, type JoinedText, type Many } from '../../contracts/index.ts';
import type { TextKind } from './columns.ts';
import { quote } from './json-text.ts';
import { many, type ManySpec } from './many.ts';

export interface LinesSpec extends Omit<ManySpec<unknown>, 'element'> {
  readonly text: Column<TextKind>;
  /** `base64` for the `data` of an Attachment. */
  readonly encoding?: JoinedText['encoding'];
}

/** The rows of a child table as one string. */
export type Lines = Omit<Many, '__type'> & { readonly joined: JoinedText };

/**
 * A text that is stored line by line: the rows of a child table in their order, with a line feed between them. Blanks at the end of a line mean
 * nothing, a line without text is an empty one, and a text without rows is absent. It is not searched.
 */
export function lines({ text, encoding = 'text', ...rows }: LinesSpec): Lines {
  return { ...many({ ...rows, element: line(text) }), joined: { separator: '\n', encoding } };
}

function line(column: Column<TextKind>): Codec<string> {
  return {
    is: 'codec',
    columns: [column],
    compile: (slot) => {
      const at = slot(column);
      return (row) => quote((row[at] ?? '').replace(/ +$/, ''));
    },
    present: always,
    note: { policy: 'all rows together, one line each' },
  };
}
