import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { delimited, field, fileTable, integer, table, text } from '../../../../src/mappings/kit/index.ts';
import { trimSpaces } from '../../../../src/mappings/kit/json-text.ts';
import { outcomeOf } from './sample.ts';

const things = table('things', { id: integer(), one: text(), two: text() });
const DELIMITERS = [',', ';', '\t', '|'] as const;

const fileWith = (delimiter: string): ReturnType<typeof fileTable> =>
  fileTable(things, {
    name: 'things.csv',
    encoding: 'utf-8',
    layout: delimited({ delimiter, fields: ['ID', 'ONE', 'TWO'] }),
    trailer: { marker: 'END', count: 2 },
    columns: { id: field('ID'), one: field('ONE'), two: field('TWO') },
    key: ['id'],
  });

/** Texts with everything that quoting is for. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '""', ',', ';', '\t', '|', '\r\n', '\n', '\r', ' ', 'END', '😀', 'ß', '\u0301'),
      fc.string({ unit: 'binary' }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''));

describe('what a department writes by RFC 4180', () => {
  it('is read as it was, whatever the delimiter, the quoting, the line ends and the pieces that arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ id: fc.integer(), one: anyText, two: anyText }), {
          selector: ({ id }) => id,
          minLength: 1,
          maxLength: 20,
        }),
        fc.constantFrom(...DELIMITERS),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (rows, delimiter, lineEnd, quotesAll, size, endsLast) => {
          const write = (value: string): string =>
            quotesAll || /["\r\n]/.test(value) || value.includes(delimiter) || value === ''
              ? `"${value.replaceAll('"', '""')}"`
              : value;
          const records = [
            ['ID', 'ONE', 'TWO'],
            ...rows.map(({ id, one, two }) => [String(id), one, two]),
            ['END', String(rows.length)],
          ];
          const content =
            records.map((record) => record.map(write).join(delimiter)).join(lineEnd) + (endsLast ? lineEnd : '');
          const {
            rows: found,
            rejected,
            fault,
            numbers,
          } = await outcomeOf(Buffer.from(content), fileWith(delimiter), size);
          expect([fault, rejected]).toEqual([undefined, []]);
          const orNull = (value: string): string | null => (trimSpaces(value) === '' ? null : trimSpaces(value));
          expect(found).toEqual(rows.map(({ id, one, two }) => [String(id), orNull(one), orNull(two)]));
          // Each record begins on the line that an editor would show.
          const lines = content.split('\n');
          for (const [i, number] of numbers.entries())
            expect(lines[number - 1]).toMatch(new RegExp(`^"?${rows[i]?.id ?? ''}"?\\${delimiter}`));
        },
      ),
      { numRuns: 300 },
    );
  });
});
