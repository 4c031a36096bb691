import { readFileSync } from 'node:fs';
import { wholeText, type FeedReading, type Hl7Message, type State } from '../contracts/index.ts';
import { Fault } from '../core/index.ts';
import { join } from '../feeds/index.ts';
import { standard, renderState } from '../mappings/hl7v2/index.ts';
import { decodeMessage, readMessage, splitMessages } from '../sources/hl7v2/index.ts';

/**
 * `fascia hl7 show`: the messages of a file, field by field, with what of them is used, and the resources that they are together. In: a path, and how the messages are
 * read. Out: the text, which tells of patients. Throws `file.unreadable`.
 */
export function showHl7(path: string, reading: FeedReading): string {
  const messages = splitMessages(readBytes(path));
  if (messages.length === 0)
    throw new Fault('file.unreadable', `The file ${path} holds no message: no line of it begins with MSH.`);
  let state: State = new Map();
  const shown = messages.map((bytes, at) => {
    const { text, encoding, isCertain } = decodeMessage(bytes, reading.encoding);
    const message = readMessage(text, encoding)?.message;
    if (message === undefined) return `Message ${at + 1} has no header that could be read.`;
    const { watched, isUsed } = watch(message);
    const read = standard.read(watched, reading);
    if (read?.is === 'read') state = join(state, read.assertions, read.stamp);
    const outcome =
      read === undefined ? 'its kind is not mapped' : read.is === 'read' ? 'mapped' : `not mapped: ${read.reason}`;
    return [
      `Message ${at + 1}: ${message.event}, ${encoding}${isCertain ? '' : ' (guessed)'}, ${outcome}`,
      ...fieldsOf(message, isUsed),
    ].join('\n');
  });
  const resources = renderState(state, ({ type, value }) => `${type}/${encodeURIComponent(value)}`, reading.timeZone);
  return [...shown, ...resources.map(({ resource }) => JSON.stringify(resource, undefined, 2))].join('\n\n');
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Fault('file.unreadable', `The file ${path} cannot be read.`, { cause });
  }
}

type IsUsed = (segment: number, field: number) => boolean;

/** Fields of MSH by which a message is read, before any mapping. */
const READING_FIELDS = [1, 2, 9, 18];

/** The same message, which remembers the fields that were asked for. */
function watch(message: Hl7Message): { readonly watched: Hl7Message; readonly isUsed: IsUsed } {
  const asked = new Set(READING_FIELDS.map((field) => `0-${field}`));
  const segments = message.segments.map((segment, at) => ({
    ...segment,
    field: (number: number) => {
      asked.add(`${at}-${number}`);
      return segment.field(number);
    },
  }));
  return { watched: { ...message, segments }, isUsed: (segment, field) => asked.has(`${segment}-${field}`) };
}

/** Most fields that a segment of the standard has; what a sender appends behind them is not shown. */
const FIELDS_MAX = 100;

function fieldsOf(message: Hl7Message, isUsed: IsUsed): readonly string[] {
  return message.segments.flatMap((segment, at) =>
    Array.from({ length: FIELDS_MAX }, (_, index) => index + 1).flatMap((number) => {
      const text = segment.field(number).map(wholeText).join('~').replaceAll('\n', '⏎');
      if (text === '') return [];
      return [`  ${isUsed(at, number) ? ' ' : '–'} ${`${segment.name}-${number}`.padEnd(7)} ${text}`];
    }),
  );
}
