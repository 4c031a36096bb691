import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { componentText, fieldText, isDeleted, type Hl7Segment } from '../../../../src/contracts/index.ts';
import { readMessage } from '../../../../src/sources/hl7v2/index.ts';

const HEADER = 'MSH|^~\\&|LAB|A|FASCIA|B|20260101||ADT^A01|7|P|2.5';

function segment(text: string, header = HEADER, encoding = 'utf-8'): Hl7Segment | undefined {
  return readMessage(`${header}\r${text}`, encoding)?.message.segments[1];
}

describe('a message as a mapping sees it', () => {
  it('is divided into fields, repetitions, components and subcomponents', () => {
    const pid = segment('PID|1||7^^^A&1.2.3&ISO^MR~8^^^B^SS||DOE^JOHN');
    expect(pid?.field(3)).toEqual([
      [['7'], [''], [''], ['A', '1.2.3', 'ISO'], ['MR']],
      [['8'], [''], [''], ['B'], ['SS']],
    ]);
    expect([fieldText(pid, 5), fieldText(pid, 5, 2), fieldText(pid, 5, 9), fieldText(pid, 99)]).toEqual([
      ...['DOE', 'JOHN', '', ''],
    ]);
    expect(componentText(pid?.field(3)[0], 4, 2)).toBe('1.2.3');
    expect(pid?.field(2)).toEqual([]);
  });

  it('says what is deleted apart from what is not sent', () => {
    const pid = segment('PID|""||""^""|""~7|""x');
    expect([1, 2, 3, 4, 5].map((number) => isDeleted(pid?.field(number) ?? []))).toEqual([
      ...[true, false, false, false, false],
    ]);
  });

  it('numbers the fields of its header as the standard does', () => {
    const header = readMessage(HEADER, 'utf-8')?.message.segments[0];
    expect([1, 2, 3, 9, 12].map((number) => fieldText(header, number))).toEqual(['|', '^~\\&', 'LAB', 'ADT', '2.5']);
    expect(fieldText(header, 9, 2)).toBe('A01');
  });

  it.each([
    ['delimiters', '\\F\\\\S\\\\T\\\\R\\\\E\\', '|^&~\\'],
    ['new lines', 'a\\.br\\b\\.sp\\c\\.sp2\\d', 'a\nb\nc\n\nd'],
    ['highlighting', 'a \\H\\b\\N\\ c', 'a b c'],
    ['bytes', '\\X48C3A4\\\\X0D0A\\\\X0d\\', 'Hä\n\n'],
    ['other formats', '\\.in+5\\a\\.ti2\\b\\.ce\\', 'ab'],
    ['a backslash alone', '4\\5', '4\\5'],
    ['a backslash before a sequence', 'x\\y \\T\\ z', 'x\\y & z'],
    ['a sequence within a sequence, once', '\\E\\T\\E\\', '\\T\\'],
    ['what is not defined', '\\Q\\\\C1234\\\\M123456\\\\Zabc\\', '\\Q\\\\C1234\\\\M123456\\\\Zabc\\'],
  ])('has %s in texts without their escapes', (_, text, meant) => {
    expect(fieldText(segment(`NTE|1||${text}`), 3)).toBe(meant);
  });

  it('has delimiters of its own', () => {
    const header = 'MSH~|\\^&#~LAB~A~F~B~20260101~~ADT|A01~7~P~2.7';
    const pid = segment('PID~1~~7|x\\^8~a&F&b&S&c&P&d', header);
    // The second character of MSH-2 is what divides repetitions, the third what escapes.
    expect(pid?.field(3)).toEqual([[['7'], ['x']], [['^8']]]);
    expect(readMessage('MSH|\r', 'utf-8')?.message.segments).toHaveLength(1);
  });

  it('keeps every text that was escaped as the standard says', () => {
    const escapes: Readonly<Record<string, string>> = { '|': 'F', '^': 'S', '&': 'T', '~': 'R', '\\': 'E' };
    const escaped = (text: string): string =>
      text.replaceAll(/[|^&~\\]/g, (character) => `\\${escapes[character] ?? ''}\\`).replaceAll('\n', '\\.br\\');
    const texts = fc.string({
      unit: fc.constantFrom('a', 'É', '|', '^', '&', '~', '\\', '\n', 'F', 'X', '.', 'br', ' '),
    });
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text !== '');
        expect(fieldText(segment(`NTE|1||${escaped(text)}`), 3)).toBe(text);
      }),
    );
  });
});
