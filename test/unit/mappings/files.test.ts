import { describe, expect, it } from '@jest/globals';
import type { FileDelivery, FileTable, MappingModule } from '../../../src/contracts/index.ts';
import {
  alias,
  boolean,
  bytes,
  char,
  date,
  defineBranch,
  defineModule,
  delimited,
  field,
  fileTable,
  fixedWidth,
  identifier,
  instant,
  integer,
  table,
  text,
  type FieldOptions,
} from '../../../src/mappings/kit/index.ts';
import { readerOf } from '../../../src/mappings/kit/files/readers.ts';

const room = table('room', { id: text(), beds: integer(), as_of: text() });
const file = {
  name: 'rooms_{YYYYMMDD}.csv',
  encoding: 'utf-8',
  layout: delimited({ delimiter: ',', fields: ['ID', 'BEDS'] }),
  columns: { id: field('ID'), beds: field('BEDS') },
  key: ['id'],
  asOf: 'as_of',
} as const;
const rooms = fileTable(room, file);
const r = alias('r', room);
const location = defineBranch('Location', {
  prefix: 'r',
  from: r,
  key: [r.id],
  elements: { identifier: [identifier({ value: r.id })] },
});

const moduleWith = (changes: Partial<FileDelivery>, branches = [location]): MappingModule =>
  defineModule({
    id: 'rooms',
    title: 'Rooms',
    stewardship: { owner: 'a', clinicalSteward: 'b', contact: 'c', serviceLevel: 'd', reviewDate: '2027-01-31' },
    branches,
    files: { zone: 'Europe/Berlin', ageHoursMax: 30, rejectedShareMax: 0, tables: [rooms], ...changes },
  });

describe('a module of files', () => {
  it('is whole when every column has a field and every branch a file', () => {
    expect(moduleWith({}).files?.tables).toEqual([rooms]);
    expect(rooms.columns['id']).toMatchObject({ field: 'ID', required: true });
    expect(rooms.columns['beds']).toMatchObject({ field: 'BEDS', required: false });
  });

  const other = table('other', { id: text() });
  const o = alias('o', other);
  const stranger = defineBranch('Location', { prefix: 'o', from: o, key: [o.id], elements: {} });
  const fixed = (spec: Parameters<typeof fixedWidth>[0]): FileTable => ({ ...rooms, layout: fixedWidth(spec) });

  it.each<[RegExp, Partial<FileDelivery>, (typeof location)[]?]>([
    [/zone 'Mars\/Base' is not an IANA time zone/, { zone: 'Mars/Base' }],
    [/ageHoursMax must be more than 0/, { ageHoursMax: 0 }],
    [/rejectedShareMax must be/, { rejectedShareMax: 1 }],
    [/tables is empty/, { tables: [] }],
    [/two files fill the same table/, { tables: [rooms, rooms] }],
    [/several files need the same form of date/, { tables: [rooms, { ...rooms, name: 'other.csv', table: other }] }],
    [/reads the table other, which no file fills/, {}, [stranger]],
    [/the name may hold one of/, { tables: [{ ...rooms, name: 'a/{YYYYMMDD}.csv' }] }],
    [/the name may hold one of/, { tables: [{ ...rooms, name: '{YYYY}.csv' }] }],
    [/no field fills the column beds/, { tables: [{ ...rooms, columns: { id: rooms.columns['id']! } }] }],
    [/the layout has no field BEDS/, { tables: [{ ...rooms, layout: delimited({ delimiter: ',', fields: ['ID'] }) }] }],
    [
      /two fields have one name/,
      { tables: [{ ...rooms, layout: delimited({ delimiter: ',', fields: ['ID', 'BEDS', 'ID'] }) }] },
    ],
    [/names the column room, which is not declared/, { tables: [{ ...rooms, indexes: [['room']] }] }],
    [/asOf must be a text column/, { tables: [{ ...rooms, asOf: 'beds' }] }],
    [
      /delimiter and quote must be two different/,
      { tables: [{ ...rooms, layout: delimited({ delimiter: '"', fields: ['ID', 'BEDS'] }) }] },
    ],
    [
      /delimiter and quote must be two different/,
      { tables: [{ ...rooms, layout: delimited({ delimiter: '||', fields: ['ID', 'BEDS'] }) }] },
    ],
    [/the trailer needs a marker/, { tables: [{ ...rooms, trailer: { marker: 'E', count: [1, 2] } }] }],
    [
      /the date of its trailer needs a date in its name/,
      { tables: [{ ...rooms, name: 'rooms.csv', trailer: { marker: 'E', count: 2, date: 3 } }] },
    ],
    [/the encoding 'klingon' is not known/, { tables: [{ ...rooms, encoding: 'klingon' }] }],
    [
      /counts bytes, and in utf-8 a character may have several/,
      { tables: [fixed({ width: 9, fields: { ID: [1, 3], BEDS: [4, 3] } })] },
    ],
    [
      /the field BEDS does not lie within the line/,
      { tables: [{ ...fixed({ width: 5, fields: { ID: [1, 3], BEDS: [4, 3] } }), encoding: 'latin1' }] },
    ],
  ])('is refused: %s', (message, changes, branches = [location]) => {
    expect(() => moduleWith(changes, branches)).toThrow(message);
  });

  it('cannot fill what no file can, nor read a form that is none', () => {
    const odd = table('odd', { id: text(), day: date(), blob: bytes() });
    const columns = { id: field('ID'), day: field('BEDS'), blob: field('BEDS') };
    const spec = { name: file.name, encoding: file.encoding, layout: file.layout, key: ['id'] as const };
    expect(() => fileTable(odd, { ...spec, columns })).toThrow(/column blob: no file can fill a column of bytes/);
    const days = table('days', { id: text(), day: date() });
    expect(() =>
      fileTable(days, { ...spec, columns: { id: field('ID'), day: field('BEDS', { form: 'DD.MM.YY' }) } }),
    ).toThrow(/must hold each of YYYY, MM, DD once/);
    // @ts-expect-error a column without a field does not compile
    expect(fileTable(days, { ...spec, columns: { id: field('ID') } }).key).toEqual(['id']);
  });
});

describe('fields', () => {
  const read = (
    type: Parameters<typeof readerOf>[0],
    value: string,
    options: FieldOptions = {},
  ): string | null | undefined => readerOf(type, options)(value);

  it('are read by kind, by declared forms', () => {
    expect(read(text(), '  a b ')).toBe('a b');
    expect(read(text(), '   ')).toBeNull();
    expect(read(text(), 'N/A', { absent: ['N/A'] })).toBeNull();
    expect(read(char(2), 'äö')).toBe('äö');
    expect(read(char(2), 'abc')).toBeUndefined();
    expect(read(integer(), '-007')).toBe('-7');
    expect(read(integer(), '9223372036854775808')).toBeUndefined();
    expect(read(date(), '2024-02-29')).toBe('2024-02-29');
    expect(read(date(), '29022023', { form: 'DDMMYYYY' })).toBeUndefined();
    expect(read(instant(), '20261124T083000', { form: 'YYYYMMDDThhmmss' })).toBe('2026-11-24 08:30:00');
    expect(read(boolean(), 'J', { yes: ['J'], no: ['N'] })).toBe('true');
    expect(read(boolean(), 'true', { yes: ['J'], no: ['N'] })).toBeUndefined();
    expect(read(char(10), '10014/MG', { take: (value) => /^(\d+)\//.exec(value)?.[1]?.padStart(10, '0') })).toBe(
      '0000010014',
    );
    expect(read(text(), 'x', { take: () => '' })).toBeNull();
    expect(read(date(), '2026.11.24', { form: 'YYYY.MM.DD' })).toBe('2026-11-24');
    expect(read(date(), '2026x11x24', { form: 'YYYY.MM.DD' })).toBeUndefined();
  });
});
