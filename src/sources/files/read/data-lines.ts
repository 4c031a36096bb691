import type { FileTable, FileTrailer } from '../../../contracts/index.ts';
import { Fault } from '../../../core/index.ts';
import { decode } from './decode.ts';
import { readDelimited } from './delimited.ts';
import { readFixedWidth } from './fixed-width.ts';
import type { RawLine } from './raw-line.ts';

/** What a file says of itself. */
export interface FileClaims {
  /** Data lines that were read. */
  lines: number;
  /** The day of the extract as the trailer has it. */
  date?: string;
}

/**
 * The data lines of a file, as batches: without its header, which must be the declared one, and without its trailer, which must count them and be last.
 * `claims` is filled while they are read. Throws `file.encoding`, `file.quoting`, `file.header`, `file.incomplete` and `file.empty`.
 */
export async function* readDataLines(
  bytes: AsyncIterable<Uint8Array>,
  file: FileTable,
  claims: FileClaims,
): AsyncGenerator<readonly RawLine[]> {
  const { layout, trailer } = file;
  const texts = decode(bytes, file.encoding);
  const batches = layout.is === 'delimited' ? readDelimited(texts, layout) : readFixedWidth(texts, layout);
  let isHeaderDue = layout.is === 'delimited' && layout.header;
  let last: RawLine | undefined;
  for await (const batch of batches) {
    const data: RawLine[] = [];
    for (const raw of batch) {
      if (last !== undefined) throw incomplete(`line ${raw.line} follows the trailer`);
      if (isHeaderDue) {
        checkHeader(raw, file);
        isHeaderDue = false;
      } else if (trailer !== undefined && isTrailer(raw, trailer, layout.is)) last = raw;
      else data.push(raw);
    }
    claims.lines += data.length;
    if (data.length > 0) yield data;
  }
  const isEmpty = claims.lines === 0;
  if (trailer !== undefined && !(isEmpty && last === undefined))
    Object.assign(claims, readTrailer(last, trailer, claims.lines));
  if (isEmpty) throw new Fault('file.empty', 'there is no data line');
}

function checkHeader(raw: RawLine, { layout }: FileTable): void {
  const names = layout.is === 'delimited' ? layout.fields : [];
  const isSame = raw.fields.length === names.length && names.every((name, i) => raw.fields[i]?.trim() === name);
  if (!isSame) throw new Fault('file.header', 'the first line does not name the declared fields in their order');
}

function isTrailer({ head }: RawLine, { marker }: FileTrailer, layout: FileTable['layout']['is']): boolean {
  return layout === 'delimited' ? head === marker : head.startsWith(marker);
}

function readTrailer(raw: RawLine | undefined, { count, date }: FileTrailer, lines: number): Pick<FileClaims, 'date'> {
  if (raw === undefined) throw incomplete('the trailer is missing');
  const textAt = (place: FileTrailer['count']): string =>
    (typeof place === 'number'
      ? (raw.fields[place - 1] ?? '')
      : raw.head.slice(place[0] - 1, place[0] - 1 + place[1])
    ).trim();
  const counted = textAt(count);
  if (!/^\d{1,12}$/.test(counted)) throw incomplete('the trailer holds no count');
  if (Number(counted) !== lines) throw incomplete(`the trailer counts ${counted} lines, but there are ${lines}`);
  return date === undefined ? {} : { date: textAt(date) };
}

function incomplete(reason: string): Fault {
  return new Fault('file.incomplete', reason);
}
