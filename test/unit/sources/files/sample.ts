import type { FileTable, Rejection } from '../../../../src/contracts/index.ts';
import { Fault } from '../../../../src/core/index.ts';
import {
  date,
  decimal,
  delimited,
  field,
  fileTable,
  fixedWidth,
  integer,
  localTimestamp,
  table,
  text,
} from '../../../../src/mappings/kit/index.ts';
import { fieldReader, readDataLines, type FileClaims } from '../../../../src/sources/files/index.ts';

export const ZONE = 'America/New_York';

export const visit = table('visit', {
  id: integer(),
  starts: localTimestamp(ZONE),
  day: date(),
  price: decimal(),
  note: text(),
  as_of: text(),
});

/** A delimited file as a department in Germany would write it. */
export const visitFile = fileTable(visit, {
  name: 'VISITS_{YYYYMMDD}.csv',
  encoding: 'windows-1252',
  layout: delimited({ delimiter: ';', fields: ['NR', 'BEGINN', 'TAG', 'PREIS', 'UNGENUTZT', 'TEXT'] }),
  trailer: { marker: 'ENDE', count: 2, date: 3 },
  columns: {
    id: field('NR'),
    starts: field('BEGINN', { form: 'DD.MM.YYYY hh:mm', required: true }),
    day: field('TAG', { form: 'DD.MM.YYYY', absent: ['00.00.0000'] }),
    price: field('PREIS', { decimalComma: true }),
    note: field('TEXT'),
  },
  key: ['id'],
  indexes: [['starts']],
  asOf: 'as_of',
});

export const stay = table('stay', { ward: text(), bed: integer(), name: text() });

export const stayFile = fileTable(stay, {
  name: 'STAYS_{YYYYMMDD}.TXT',
  encoding: 'iso-8859-15',
  layout: fixedWidth({ width: 20, fields: { WARD: [1, 4], BED: [5, 3], NAME: [8, 13] } }),
  trailer: { marker: '##', count: [3, 6] },
  columns: { ward: field('WARD'), bed: field('BED'), name: field('NAME') },
  key: ['ward', 'bed'],
});

/** Bytes in pieces of any size, as a stream may bring them. */
export async function* piecesOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

export interface Outcome {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly numbers: readonly number[];
  readonly rejected: readonly Omit<Rejection, 'file'>[];
  readonly claims: FileClaims;
  readonly fault?: string;
}

/** Reads a file as the loader does. */
export async function outcomeOf(content: string | Uint8Array, file: FileTable, size = 7): Promise<Outcome> {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  const read = fieldReader(file);
  const claims: FileClaims = { lines: 0 };
  const [rows, numbers, rejected]: [Outcome['rows'][number][], number[], Omit<Rejection, 'file'>[]] = [[], [], []];
  try {
    for await (const batch of readDataLines(piecesOf(bytes, size), file, claims)) {
      for (const raw of batch) {
        const outcome = read(raw);
        if ('values' in outcome) {
          rows.push(outcome.values);
          numbers.push(outcome.line);
        } else rejected.push({ line: raw.line, ...outcome });
      }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { rows, numbers, rejected, claims, fault: `${error.code}: ${error.message}` };
  }
  return { rows, numbers, rejected, claims };
}
