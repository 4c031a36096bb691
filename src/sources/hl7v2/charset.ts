import { isUtf8 } from 'node:buffer';

/** The text of a message, and how sure it is. */
export interface Decoded {
  readonly text: string;
  /** As the WHATWG Encoding Standard names it. */
  readonly encoding: string;
  /** False: neither the message nor the configuration said the encoding, or what they said is not so. */
  readonly isCertain: boolean;
}

/** HL7 table 0211, as far as a decoder exists, with the spellings that occur. Read in upper case. */
const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ...['', 'ASCII', 'UNICODE UTF-8', 'UTF-8', 'UTF8', 'UNICODE', 'ISO IR192'].map((name) => [name, 'utf-8'] as const),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15].map((part) => [`8859/${part}`, `iso-8859-${part}`] as const),
  ...['ISO IR87', 'ISO IR14', 'ISO IR159'].map((name) => [name, 'iso-2022-jp'] as const),
  ...[
    ['GB 18030-2000', 'gb18030'],
    ['BIG-5', 'big5'],
    ['KS X 1001', 'euc-kr'],
  ].map(([name = '', encoding = '']) => [name, encoding] as const),
]);

const LATIN = 'windows-1252';
const MARK = '\ufeff';
const FIELD_OF_CHARSET = 17;

/**
 * The text of a message, by what its MSH-18 says, else by the sender's encoding, else as UTF-8 where it is that, else in the alphabet of Western
 * Europe, of which every byte means something. In: the bytes between the frame's ends; the encoding of the sender, if one is declared.
 *
 * https://terminology.hl7.org/CodeSystem-v2-0211.html
 */
export function decodeMessage(bytes: Buffer, declared?: string): Decoded {
  const named = namedEncoding(bytes);
  for (const encoding of [named, declared]) {
    const text = encoding === undefined ? undefined : decoded(bytes, encoding);
    if (encoding !== undefined && text !== undefined)
      return { text, encoding, isCertain: encoding === (named ?? declared) };
  }
  if (isUtf8(bytes)) return { text: without(bytes.toString('utf8')), encoding: 'utf-8', isCertain: named === 'utf-8' };
  return { text: new TextDecoder(LATIN).decode(bytes), encoding: LATIN, isCertain: false };
}

/** ASCII, whose bytes are the same in all that is read here, is enough for the header. */
function namedEncoding(bytes: Buffer): string | undefined {
  const header = bytes.toString('latin1', 0, Math.min(bytes.length, 2048));
  const start = header.indexOf('MSH');
  if (start < 0) return undefined;
  const separator = header.charAt(start + 3);
  const [segment = ''] = header.slice(start).split(/[\r\n]/, 1);
  const field = segment.split(separator)[FIELD_OF_CHARSET] ?? '';
  const names = field.split(repetitionOf(segment)).map((name) => name.trim().toUpperCase());
  const [first = '', ...others] = names;
  if (first === '' && others.length === 0) return undefined;
  // Japanese text names ASCII first, then what its escape sequences lead to.
  return ENCODINGS.get(others.find((name) => name !== '') ?? first) ?? ENCODINGS.get(first);
}

function repetitionOf(header: string): string {
  return header.charAt(5) || '~';
}

function decoded(bytes: Buffer, encoding: string): string | undefined {
  try {
    return without(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function without(text: string): string {
  return text.startsWith(MARK) ? text.slice(1) : text;
}
