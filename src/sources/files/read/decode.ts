import { isUtf8 } from 'node:buffer';
import { Fault } from '../../../core/index.ts';

/** A line that does not end within so many bytes is none. */
const LINE_BYTES_MAX = 1_048_576;
const LINE_END = 10;
const ASCII_MAX = 0x7f;

/** Byte order marks, as text of a single-byte encoding shows them. */
const foreignMarks = ['\u00ef\u00bb\u00bf', '\u00ff\u00fe', '\u00fe\u00ff'];

/**
 * The texts of a file, each of whole lines, by its declared encoding and no other. In: the bytes, in pieces of any size. Throws `file.encoding` with the
 * number of the line, at the end for a file that is UTF-8 in truth, and `file.incomplete` for bytes without line ends.
 */
export async function* decode(bytes: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = strictDecoder(encoding);
  const seemsUtf8 = utf8Watch(encoding);
  let line = 1;
  let inUtf8: number | undefined;
  for await (const piece of wholeLines(bytes)) {
    const text = decoder(piece);
    if (text === undefined) throw notEncoded(encoding, line + linesBefore(piece, decoder));
    if (line === 1 && foreignMarks.some((mark) => text.startsWith(mark))) throw notEncoded(encoding, 1);
    inUtf8 = seemsUtf8(piece, line);
    yield line === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
    for (const byte of piece) if (byte === LINE_END) line += 1;
  }
  if (inUtf8 !== undefined)
    throw new Fault('file.encoding', `line ${inUtf8} is not in ${encoding}, but in utf-8, like all others`);
}

/**
 * Takes pieces of whole lines, with the number of the first; gives the first line that is not ASCII, as long as everything that is not ASCII is valid
 * UTF-8. A single-byte encoding reads any UTF-8 as two or more strange letters for each, and real text in it is hardly ever valid UTF-8 throughout.
 */
function utf8Watch(encoding: string): (piece: Uint8Array, line: number) => number | undefined {
  let isPossible = isSingleByte(encoding);
  let first: number | undefined;
  return (piece, line) => {
    if (!isPossible) return undefined;
    const at = piece.findIndex((byte) => byte > ASCII_MAX);
    if (at < 0) return first;
    isPossible = isUtf8(piece);
    first ??= line + piece.subarray(0, at).filter((byte) => byte === LINE_END).length;
    return isPossible ? first : undefined;
  };
}

/** Whether two equal bytes are two characters, or two that are not known, whichever they are: in the double-byte encodings some are one. */
function isSingleByte(encoding: string): boolean {
  const decoder = new TextDecoder(encoding);
  const twice = Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte, byte)));
  return decoder.encoding !== 'utf-8' && twice.every(({ length }) => length === 2);
}

/** In encodings that contain ASCII, a line end is the same byte in all of them and no part of another character, so pieces can be cut there. */
async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = Buffer.alloc(0);
  for await (const piece of bytes) {
    const end = piece.lastIndexOf(LINE_END);
    if (end >= 0) {
      yield Buffer.concat([rest, piece.subarray(0, end + 1)]);
      rest = piece.subarray(end + 1);
    } else rest = Buffer.concat([rest, piece]);
    if (rest.length > LINE_BYTES_MAX) throw new Fault('file.incomplete', 'a line does not end');
  }
  if (rest.length > 0) yield rest;
}

/** Undefined for bytes that are not in the encoding: also those that a single-byte encoding leaves undefined, which decoders read as control characters. */
function strictDecoder(encoding: string): (bytes: Uint8Array) => string | undefined {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const undefinedBytes = decoder.encoding === 'utf-8' ? undefined : /[\u0080-\u009f]/;
  return (bytes) => {
    try {
      const text = decoder.decode(bytes);
      return undefinedBytes?.test(text) === true ? undefined : text;
    } catch {
      return undefined;
    }
  };
}

function linesBefore(piece: Uint8Array, decoder: (bytes: Uint8Array) => string | undefined): number {
  let from = 0;
  for (let lines = 0; ; lines += 1) {
    const end = piece.indexOf(LINE_END, from);
    if (end < 0 || decoder(piece.subarray(from, end + 1)) === undefined) return lines;
    from = end + 1;
  }
}

function notEncoded(encoding: string, line: number): Fault {
  return new Fault('file.encoding', `line ${line} is not in ${encoding}`);
}
