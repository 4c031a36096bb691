import type { Hl7Message, Hl7Repetition, Hl7Segment } from '../../contracts/index.ts';
import { parseMessage } from './message.ts';
import { unescape, type DecodeBytes } from './unescape.ts';

const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** The characters that divide a message; empty: it names none. */
export interface MessageDelimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
  /** Since version 2.7. */
  readonly truncation: string;
}

/** A message as a mapping sees it, and how it had to be read. */
export interface ReadMessage {
  readonly message: Hl7Message;
  /** Lines that continued a text in which somebody had pressed the return key. */
  readonly continuations: number;
}

/**
 * Reads a message for its mapping. In: its text; the encoding of the bytes that escape sequences may hold. Out: undefined where it does not begin with a header
 * that could be read. Texts are unescaped after they are split, and not trimmed.
 */
export function readMessage(text: string, encoding: string): ReadMessage | undefined {
  const parsed = parseMessage(text);
  if (parsed === undefined) return undefined;
  const { header, continuations, message } = parsed;
  const [field = '', component = '', repetition = '', escape = '', subcomponent = '', truncation = ''] =
    header.delimiters;
  const delimiters = { field, component, repetition, escape, subcomponent, truncation };
  const decoder = new TextDecoder(encoding);
  const reader = segmentReader(delimiters, (bytes) => decoder.decode(bytes));
  const event = header.trigger === '' ? header.type : `${header.type}^${header.trigger}`;
  return { message: { event, segments: message.segments.map((segment) => reader(segment.toString())) }, continuations };
}

/** Segments are split when a field of them is asked for, and each field once. */
function segmentReader(delimiters: MessageDelimiters, decodeBytes: DecodeBytes): (text: string) => Hl7Segment {
  const { field, component, repetition, subcomponent } = delimiters;
  const textOf = (text: string): string => storable(unescape(text, delimiters, decodeBytes));
  const read = (text: string): readonly Hl7Repetition[] =>
    text === ''
      ? []
      : divided(text, repetition).map((one) =>
          divided(one, component).map((part) => divided(part, subcomponent).map(textOf)),
        );
  return (text) => {
    const [name = '', ...texts] = text.split(field);
    // MSH-1 is the separator itself, and MSH-2 names the others: neither is divided by them.
    const isHeader = name === 'MSH';
    const known = new Map<number, readonly Hl7Repetition[]>(
      isHeader
        ? [
            [1, [[[field]]]],
            [2, [[[texts[0] ?? '']]]],
          ]
        : [],
    );
    return {
      name,
      field: (number) => {
        const found = known.get(number) ?? read(texts[number - (isHeader ? 2 : 1)] ?? '');
        known.set(number, found);
        return found;
      },
    };
  };
}

/** What no text of FHIR holds (https://hl7.org/fhir/R4/datatypes.html#string) is left out, so that it is the same text wherever it is kept. */
function storable(text: string): string {
  return text.replaceAll(NO_TEXT, '').toWellFormed();
}

function divided(text: string, delimiter: string): readonly string[] {
  return delimiter === '' ? [text] : text.split(delimiter);
}
