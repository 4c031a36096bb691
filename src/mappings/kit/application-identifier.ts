import type { Column } from '../../contracts/index.ts';
import { Fault } from '../../core/index.ts';
import { expr, type TextKind } from './columns.ts';

export interface ApplicationIdentifierOptions {
  /** Put before the element where there is one, such as the century that its date lacks. */
  readonly before?: string;
}

/**
 * One element of a GS1 string in its human readable form, such as `(01)09504000059118(17)141120(10)7654321D`: the text behind its application
 * identifier, NULL where the string has none. It is a column for the other codecs.
 */
export function applicationIdentifier(
  column: Column<TextKind>,
  identifier: string,
  { before = '' }: ApplicationIdentifierOptions = {},
): Column<'text'> {
  if (!/^\d{2,4}$/.test(identifier) || !/^[\dA-Za-z]*$/.test(before)) {
    throw new Fault(
      'module.invalid',
      `'${identifier}' is no application identifier, or '${before}' cannot stand before it.`,
    );
  }
  const mark = `(${identifier})`;
  // MariaDB hands back the whole text where a mark is missing, so that one is put behind it.
  const marked = `substring_index(substring_index(concat(??, '${mark}'), '${mark}', 2), '${mark}', -1)`;
  return expr(
    `${column.name} ${mark}${before}`,
    { kind: 'text' },
    {
      mysql: `concat('${before}', nullif(substring_index(${marked}, '(', 1), ''))`,
      default: `'${before}' || nullif(split_part(split_part(??, '${mark}', 2), '(', 1), '')`,
    },
    [column],
  );
}
