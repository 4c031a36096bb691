import { describe, expect, it } from '@jest/globals';
import { alias, constant, integer, lines, string, table, text } from '../../../src/mappings/kit/index.ts';
import type { Row } from '../../../src/contracts/index.ts';
import { compileObject, type ChildPlan, type RenderContext } from '../../../src/record/write/tree.ts';
import { createSlots } from '../../../src/record/write/slots.ts';

const note = alias('n', table('NOTE', { ID: integer(), TITLE: text() }));
const line = alias('l', table('LINE', { NOTE_ID: integer(), NO: integer(), TXT: text() }));
const rows = { from: line, on: [[line.NOTE_ID, note.ID]], order: [line.NO], text: line.TXT } as const;

/** Writes the elements of a note whose lines have these texts. */
function written(elements: Parameters<typeof compileObject>[0], texts: readonly (string | null)[]): unknown {
  const slots = createSlots();
  const children: ChildPlan[] = [];
  const compiled = compileObject(elements, slots, children, 'Note', true);
  const columns = children[0]?.slots.columns ?? [];
  const childRows = texts.map((value): Row => columns.map(({ name }) => (name === 'TXT' ? value : '1')));
  const page: RenderContext = { childRows: () => childRows, reference: () => '', unmapped: () => undefined };
  const owner: Row = slots.columns.map(() => '1');
  const object = {};
  compiled.build(object, '', owner, page);
  const parsed: unknown = JSON.parse(`{${compiled.write(owner, page)}}`);
  expect(object).toEqual(parsed);
  return parsed;
}

describe('a text that is stored line by line', () => {
  it('is one string, whose lines end without blanks', () => {
    expect(written({ text: lines(rows) }, ['  first  ', null, 'third', '   '])).toEqual({ text: '  first\n\nthird\n' });
  });

  it('is the data of an attachment, as base64 of its UTF-8', () => {
    const attachment = { contentType: constant('text/plain'), data: lines({ ...rows, encoding: 'base64' }) };
    const { presented } = written({ presented: [attachment] }, ['Müller', 'µ']) as {
      presented: { contentType: string; data: string }[];
    };
    expect(presented[0]?.contentType).toBe('text/plain');
    expect(Buffer.from(presented[0]?.data ?? '', 'base64').toString()).toBe('Müller\nµ');
  });

  it('is absent without a line, and so are the constants beside it', () => {
    const attachment = { contentType: constant('text/plain'), data: lines({ ...rows, encoding: 'base64' }) };
    expect(written({ title: string(note.TITLE), presented: [attachment] }, [])).toEqual({ title: '1' });
  });

  it('is damaged by a control character', () => {
    expect(() => written({ text: lines(rows) }, ['a\u0007'])).toThrow('control characters');
  });
});
