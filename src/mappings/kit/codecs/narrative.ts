import type { Narrative } from '@medplum/fhirtypes';
import type { Codec, Column } from '../../../contracts/index.ts';
import { damage, fromText } from '../codec.ts';
import type { TextKind } from '../columns.ts';
import { quote, trimSpaces } from '../json-text.ts';
import { isNotBlank } from '../predicates.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\n': '<br/>' };

/**
 * What people wrote of the whole row, as its narrative. The status is `additional`, because the text may say what no other element does
 * (https://hl7.org/fhir/R4/valueset-narrative-status.html). It is text: nothing in it becomes markup, but ends of lines are kept.
 */
export function narrative(column: Column<TextKind>): Codec<Narrative> {
  return {
    is: 'codec',
    columns: [column],
    compile: fromText(column, (raw) => {
      const text = trimSpaces(raw).replace(/\r\n?/g, '\n');
      if (text === '') return '';
      if (text.trim() === '') return damage('only white space');
      const escaped = text.replace(/[&<>\n]/g, (character) => escapes[character] ?? character);
      return `{"status":"additional","div":${quote(`<div xmlns="http://www.w3.org/1999/xhtml">${escaped}</div>`)}}`;
    }),
    present: isNotBlank(column),
  };
}
