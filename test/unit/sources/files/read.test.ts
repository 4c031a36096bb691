import { describe, expect, it } from '@jest/globals';
import { fileTable, delimited, field, table, text, boolean, char } from '../../../../src/mappings/kit/index.ts';
import { outcomeOf, stayFile, visitFile } from './sample.ts';

const HEADER = 'NR;BEGINN;TAG;PREIS;UNGENUTZT;TEXT\r\n';
const visits = (...lines: readonly string[]): string => `${HEADER}${lines.map((line) => `${line}\r\n`).join('')}`;

describe('a delimited file', () => {
  it('becomes canonical texts, by the declared forms', async () => {
    const content = visits(
      '007;24.11.2026 08:30;24.11.2026;1200,50;x; M\xfcller ',
      '8;"25.11.2026 23:59";00.00.0000;-0,0;;"say ""hi""; twice"',
      '9;01.02.2027 00:00;;+5;;"two\r\nlines"',
      '10;01.02.2027 00:00;;;;',
      'ENDE;4;20261124',
    );
    for (const size of [1, 2, 3, 64, 100_000]) {
      const { rows, numbers, rejected, claims, fault } = await outcomeOf(content, visitFile, size);
      expect(fault).toBeUndefined();
      expect(rejected).toEqual([]);
      expect(rows).toEqual([
        ['7', '2026-11-24 08:30:00', '2026-11-24', '1200.50', 'Müller'],
        ['8', '2026-11-25 23:59:00', null, '0.0', 'say "hi"; twice'],
        ['9', '2027-02-01 00:00:00', null, '5', 'two\r\nlines'],
        ['10', '2027-02-01 00:00:00', null, null, null],
      ]);
      expect(numbers).toEqual([2, 3, 4, 6]);
      expect(claims).toEqual({ lines: 4, date: '20261124' });
    }
  });

  it('rejects lines with place and reason, and reads on', async () => {
    const content = visits(
      '1;24.11.2026 08:30;;;;good',
      '2;24.11.2026 08:30;torn',
      '3;24.11.2026 08:30;;;;one;too many',
      ';24.11.2026 08:30;;;;no key',
      '4;;;;;no start',
      '5;31.02.2026 08:30;;;;no such day',
      '6;24.11.2026 24:00;;;;no such time',
      '7;24.11.2026 08:30;;1,234.5;;no such number',
      '99999999999999999999;24.11.2026 08:30;;;;beyond every integer',
      '8;24.11.2026 08:30;;;;a \0 within',
      '"9";24.11.2026 08:30;;;;good',
      'ENDE;11;20261124',
    );
    const { numbers, rejected, fault } = await outcomeOf(content, visitFile);
    expect(fault).toBeUndefined();
    expect(numbers).toEqual([2, 12]);
    expect(rejected).toEqual([
      { line: 3, reason: 'field-count' },
      { line: 4, reason: 'field-count' },
      { line: 5, reason: 'missing-value', field: 'NR' },
      { line: 6, reason: 'missing-value', field: 'BEGINN' },
      { line: 7, reason: 'invalid-value', field: 'BEGINN' },
      { line: 8, reason: 'invalid-value', field: 'BEGINN' },
      { line: 9, reason: 'invalid-value', field: 'PREIS' },
      { line: 10, reason: 'invalid-value', field: 'NR' },
      { line: 11, reason: 'invalid-character', field: 'TEXT' },
    ]);
  });

  it.each([
    ['nothing at all', '', 'file.empty: there is no data line'],
    ['a header alone', HEADER, 'file.empty: there is no data line'],
    ['a trailer alone', `${HEADER}ENDE;0;20261124\r\n`, 'file.empty: there is no data line'],
    ['no trailer', visits('1;24.11.2026 08:30;;;;a'), 'file.incomplete: the trailer is missing'],
    [
      'another count',
      visits('1;24.11.2026 08:30;;;;a', 'ENDE;2;20261124'),
      'file.incomplete: the trailer counts 2 lines, but there are 1',
    ],
    [
      'a trailer without a count',
      visits('1;24.11.2026 08:30;;;;a', 'ENDE'),
      'file.incomplete: the trailer holds no count',
    ],
    [
      'lines behind the trailer',
      visits('ENDE;0;20261124', '1;24.11.2026 08:30;;;;a'),
      'file.incomplete: line 3 follows the trailer',
    ],
    [
      'another header',
      visits('1;24.11.2026 08:30;;;;a', 'ENDE;1;20261124').replace('TAG', 'DATUM'),
      'file.header: the first line does not name the declared fields in their order',
    ],
    [
      'a quote inside a field',
      visits('1;24.11.2026 08:30;;;;a', '2;24.11.2026 08:30;;;;5" pipe', 'ENDE;2;20261124'),
      'file.quoting: quoting is broken in the record that begins at line 3',
    ],
    [
      'text behind a quote',
      visits('1;24.11.2026 08:30;;;;"a" b', 'ENDE;1;20261124'),
      'file.quoting: quoting is broken in the record that begins at line 2',
    ],
    [
      'a quote that is never closed',
      visits('1;24.11.2026 08:30;;;;a', '2;24.11.2026 08:30;;;;"a', 'ENDE;2;20261124'),
      'file.quoting: quoting is broken in the record that begins at line 3',
    ],
    [
      'a byte that the encoding leaves undefined',
      visits('1;24.11.2026 08:30;;;;a', '2;24.11.2026 08:30;;;;\x81', 'ENDE;2;20261124'),
      'file.encoding: line 3 is not in windows-1252',
    ],
    [
      'the mark of another encoding',
      `\xef\xbb\xbf${visits('1;24.11.2026 08:30;;;;a', 'ENDE;1;20261124')}`,
      'file.encoding: line 1 is not in windows-1252',
    ],
    [
      'texts in UTF-8 without its mark',
      Buffer.from(visits('1;24.11.2026 08:30;;;;a', '2;24.11.2026 08:30;;;;É 你 😀', '3;;;;;É', 'ENDE;3;20261124')),
      'file.encoding: line 3 is not in windows-1252, but in utf-8, like all others',
    ],
    ['a line without an end', 'x'.repeat(1_100_000), 'file.incomplete: a line does not end'],
    [
      'an endless quote',
      `${HEADER}1;24.11.2026 08:30;;;;"${'x\n'.repeat(600_000)}`,
      'file.quoting: quoting is broken in the record that begins at line 2',
    ],
  ])('is refused with %s', async (_, content, fault) => {
    for (const size of [1_000, 65_536]) expect((await outcomeOf(content, visitFile, size)).fault).toBe(fault);
  });

  it('in UTF-8 is noticed wherever its pieces tear a character, in every single-byte encoding', async () => {
    const content = Buffer.from(visits('1;24.11.2026 08:30;;;;É', '2;24.11.2026 08:30;;;;ÀÉ', 'ENDE;2;20261124'));
    for (const encoding of ['windows-1252', 'latin1', 'iso-8859-15', 'windows-1250'])
      for (const size of [1, 2, 3, 5, content.length])
        expect((await outcomeOf(content, { ...visitFile, encoding }, size)).fault).toMatch(/^file\.encoding: line 2/);
  });

  it('may hold letters that would be UTF-8 too, beside one that would not', async () => {
    const content = visits('1;24.11.2026 08:30;;;;\xc3\x89', '2;24.11.2026 08:30;;;;\xc9', 'ENDE;2;20261124');
    for (const size of [1, 100_000]) {
      const { rows, fault } = await outcomeOf(content, visitFile, size);
      expect([fault, ...rows.map((row) => row[4])]).toEqual([undefined, 'Ã‰', 'É']);
    }
  });

  it('in a double-byte encoding is taken as declared: two of its bytes can be UTF-8 by chance', async () => {
    const content = Buffer.concat([
      Buffer.from('ID|NOTE|DONE\nA|'),
      Buffer.from([0xc1, 0xaa, 0xcd, 0xa8]),
      Buffer.from('|J\n'),
    ]);
    const { rows, fault } = await outcomeOf(content, { ...plain, encoding: 'gbk' });
    expect([fault, rows]).toEqual([undefined, [['A', '联通', 'true']]]);
  });

  const notes = table('notes', { id: char(3), note: text(), done: boolean() });
  const options = {
    name: 'n.csv',
    columns: { id: field('ID'), note: field('NOTE'), done: field('DONE', { yes: ['J'], no: ['N'] }) },
    key: ['id'],
  } as const;
  const plain = fileTable(notes, {
    ...options,
    encoding: 'utf-8',
    layout: delimited({ delimiter: '|', fields: ['ID', 'NOTE', 'DONE'], quote: null, header: false }),
  });

  it('may have neither quotes nor a header', async () => {
    const content = Buffer.from('\ufeffA|5" pipe "x|J\n\nÄÖÜ|😀|N\nABCD|too long|N\nB|x|yes');
    for (const size of [1, 2, 1_000]) {
      const { rows, rejected, fault } = await outcomeOf(content, plain, size);
      expect(fault).toBeUndefined();
      expect(rows).toEqual([
        ['A', '5" pipe "x', 'true'],
        ['ÄÖÜ', '😀', 'false'],
      ]);
      expect(rejected).toEqual([
        { line: 4, reason: 'invalid-value', field: 'ID' },
        { line: 5, reason: 'invalid-value', field: 'DONE' },
      ]);
    }
  });

  it('is refused with the line of the first byte that is no UTF-8', async () => {
    const content = Buffer.concat([
      Buffer.from('A|ü|J\nB|\u{1f600}|J\nC|'),
      Buffer.from([0xfc]),
      Buffer.from('|J\nD|x|J\n'),
    ]);
    for (const size of [1, 5, 1_000])
      expect((await outcomeOf(content, plain, size)).fault).toBe('file.encoding: line 3 is not in utf-8');
  });

  it('treats a function that fails like a value that cannot be read', async () => {
    const strange = fileTable(notes, {
      ...options,
      encoding: 'utf-8',
      layout: delimited({ delimiter: '|', fields: ['ID', 'NOTE', 'DONE'] }),
      columns: {
        ...options.columns,
        note: field('NOTE', {
          take: (value) =>
            value === 'x'
              ? undefined
              : value.slice(0, value.length / (value === 'y' ? 0 : 1)).repeat(value === 'z' ? -1 : 1),
        }),
      },
    });
    const { rows, rejected } = await outcomeOf('ID|NOTE|DONE\nA|abc|\nB|x|\nC|z|\n', strange);
    expect(rows).toEqual([['A', 'abc', null]]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'invalid-value'],
      [4, 'invalid-value'],
    ]);
  });
});

describe('a file of fixed width', () => {
  const line = (ward: string, bed: string, name: string): string =>
    `${ward.padEnd(4)}${bed.padStart(3)}${name.padEnd(13)}`;

  it('becomes canonical texts by positions', async () => {
    const content = [line('A', '1', 'M\xfcller \xa4'), line('B2', '012', ''), '##000002']
      .map((one) => `${one}\r\n`)
      .join('');
    const { rows, rejected, claims, fault } = await outcomeOf(content, stayFile);
    expect([fault, rejected, claims]).toEqual([undefined, [], { lines: 2 }]);
    expect(rows).toEqual([
      ['A', '1', 'Müller €'],
      ['B2', '12', null],
    ]);
  });

  it('rejects lines of another width, and is refused when cut off', async () => {
    const torn = [line('A', '1', 'x'), 'B    2 short', line('C', 'x', 'y'), '##000003']
      .map((one) => `${one}\n`)
      .join('');
    const { rejected, numbers } = await outcomeOf(torn, stayFile);
    expect(numbers).toEqual([1]);
    expect(rejected).toEqual([
      { line: 2, reason: 'line-length' },
      { line: 3, reason: 'invalid-value', field: 'BED' },
    ]);
    expect((await outcomeOf(torn.slice(0, -12), stayFile)).fault).toBe('file.incomplete: the trailer is missing');
  });

  it('is refused where its texts are UTF-8, whether lines have the width in bytes or in characters', async () => {
    for (const name of ['M\xc3\xbcller', 'M\xc3\xbcller'.padEnd(14)]) {
      const content = [line('A', '1', 'x'), line('B', '2', name), '##000002'].map((one) => `${one}\n`).join('');
      for (const size of [1, 7, 1_000])
        expect((await outcomeOf(content, stayFile, size)).fault).toBe(
          'file.encoding: line 2 is not in iso-8859-15, but in utf-8, like all others',
        );
    }
  });
});
