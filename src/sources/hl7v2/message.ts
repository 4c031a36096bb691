import { Hl7Context, Hl7Message, type Hl7Field, type Hl7Segment } from '@medplum/core';

/** A message whose segments can be asked for, and what had to be mended before. */
export interface ParsedMessage {
  readonly message: Hl7Message;
  readonly header: MessageHeader;
  /** Lines that continued a text in which somebody had pressed the return key. */
  readonly continuations: number;
}

/** MSH, as it was sent: nothing is unescaped, so that an answer repeats it byte by byte. Empty: not sent. */
export interface MessageHeader {
  /** MSH-1 and MSH-2, which every other field needs. */
  readonly delimiters: string;
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  /** MSH-7, a DTM. */
  readonly sentAt: string;
  /** MSH-9.1, such as ADT. */
  readonly type: string;
  /** MSH-9.2, such as A01. */
  readonly trigger: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
  readonly sequence: string;
  readonly acceptAcknowledgement: string;
  readonly applicationAcknowledgement: string;
}

/**
 * The header of a message alone; undefined: it does not begin with one that could be read. In: its text, or its bytes as Latin-1, whose header then
 * is the bytes as they came.
 */
export function parseHeader(text: string): MessageHeader | undefined {
  const [first] = text.replace(/^[\s\0]+/, '').split(LINE_ENDS, 1);
  return parseMessage(first ?? '')?.header;
}

/** A field as it was sent, by its number in the standard; empty: not sent. */
export function fieldText(segment: Hl7Segment | undefined, number: number): string {
  // A segment may be shorter than its type says.
  const field: Hl7Field | undefined = segment?.getField(number);
  return field?.toString() ?? '';
}

const SEGMENT = /^[A-Z][A-Z0-9]{2}$/;
const SEPARATOR_AT = 3;
const LINE_ENDS = /\r\n|\r|\n/;

/**
 * The segments of a message, by the delimiters that its own MSH names; undefined: it does not begin with a header that could be read. In: its text,
 * whose lines end in CR, LF or both.
 */
export function parseMessage(text: string): ParsedMessage | undefined {
  const lines = text.replaceAll('\0', '').split(LINE_ENDS);
  const begin = lines.findIndex((line) => line.trim() !== '');
  const first = lines[begin]?.trimStart() ?? '';
  const separator = first.charAt(SEPARATOR_AT);
  if (!first.startsWith('MSH') || separator === '' || /[A-Za-z0-9\s]/.test(separator)) return undefined;
  const { segments, continuations } = joined([first, ...lines.slice(begin + 1)], separator);
  const [component, repetition, escape, subcomponent] = first.slice(SEPARATOR_AT + 1);
  const context = new Hl7Context('\r', separator, component, repetition, escape, subcomponent);
  const message = new Hl7Message([...segments], context);
  return { message, header: headerOf(first, message), continuations };
}

/** A line that does not begin like a segment goes on with the field before it. */
function joined(lines: readonly string[], separator: string): { segments: readonly string[]; continuations: number } {
  const segments: string[] = [];
  let continuations = 0;
  for (const line of lines) {
    const name = line.slice(0, SEPARATOR_AT).toUpperCase();
    const isSegment = SEGMENT.test(name) && (line.length === SEPARATOR_AT || line.charAt(SEPARATOR_AT) === separator);
    if (isSegment) segments.push(name + line.slice(SEPARATOR_AT));
    else if (line.trim() !== '') {
      segments.push(`${segments.pop() ?? ''}\n${line}`);
      continuations += 1;
    }
  }
  return { segments, continuations };
}

function headerOf(first: string, message: Hl7Message): MessageHeader {
  const field = (number: number): string => fieldText(message.header, number);
  const separator = first.charAt(SEPARATOR_AT);
  const [type = '', trigger = ''] = field(9).split(message.context.componentSeparator);
  return {
    delimiters: separator + (first.slice(SEPARATOR_AT + 1).split(separator, 1)[0] ?? ''),
    ...{ sendingApplication: field(3), sendingFacility: field(4) },
    ...{ receivingApplication: field(5), receivingFacility: field(6) },
    ...{ sentAt: field(7), type: type.trim().toUpperCase(), trigger: trigger.trim().toUpperCase() },
    ...{ controlId: field(10), processingId: field(11), version: field(12), sequence: field(13) },
    ...{ acceptAcknowledgement: field(15), applicationAcknowledgement: field(16) },
  };
}
