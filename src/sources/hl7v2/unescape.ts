import type { MessageDelimiters } from './view.ts';

/** How the text of an escape sequence that holds bytes is decoded. */
export type DecodeBytes = (bytes: Buffer) => string;

/** What formatted text does on paper, and a text can only hint at: a new line, or nothing. */
const FORMAT = /^\.(br|sp|sk|in|ti|fi|nf|ce)([+-]?\d*)$/i;
const MAX_LINES = 20;

/**
 * A text without its escape sequences (https://www.hl7.eu/HL7v2x/v251/std251/ch02.html, 2.7). It is read once: what an escape stands for is text, whatever it looks
 * like. A sequence that is not defined, or is of another alphabet, stays as it was sent.
 */
export function unescape(text: string, delimiters: MessageDelimiters, decodeBytes: DecodeBytes): string {
  const { escape } = delimiters;
  if (escape === '' || !text.includes(escape)) return text;
  let read = '';
  let at = 0;
  for (let start = text.indexOf(escape); start >= 0; start = text.indexOf(escape, at)) {
    const end = text.indexOf(escape, start + 1);
    const meant = end < 0 ? undefined : meaningOf(text.slice(start + 1, end), delimiters, decodeBytes);
    read += text.slice(at, start) + (meant ?? escape);
    at = meant === undefined ? start + 1 : end + 1;
  }
  return read + text.slice(at);
}

function meaningOf(sequence: string, delimiters: MessageDelimiters, decodeBytes: DecodeBytes): string | undefined {
  const { field, component, subcomponent, repetition, escape, truncation } = delimiters;
  const meanings: Readonly<Record<string, string | undefined>> = {
    ...{ F: field, S: component, T: subcomponent, R: repetition, E: escape, P: truncation },
    // Highlighting has no text.
    ...{ H: '', N: '' },
  };
  if (Object.hasOwn(meanings, sequence)) return meanings[sequence];
  if (/^X(?:[0-9A-F]{2})+$/i.test(sequence)) return linesOf(decodeBytes(Buffer.from(sequence.slice(1), 'hex')));
  const [, command, count = ''] = FORMAT.exec(sequence) ?? [];
  switch (command?.toLowerCase()) {
    case undefined:
      return undefined;
    case 'br':
      return '\n';
    case 'sp':
      return '\n'.repeat(Math.min(Math.max(Number(count) || 1, 1), MAX_LINES));
    case 'sk':
      return ' '.repeat(Math.min(Math.max(Number(count) || 1, 1), MAX_LINES));
    default:
      return '';
  }
}

function linesOf(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}
