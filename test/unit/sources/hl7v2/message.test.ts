import { describe, expect, it } from '@jest/globals';
import { decodeMessage } from '../../../../src/sources/hl7v2/charset.ts';
import { parseMessage } from '../../../../src/sources/hl7v2/message.ts';

const HEADER = 'MSH|^~\\&|LAB|A|FASCIA|B|20260101||ADT^A01|7|P|2.5';

function segments(text: string): readonly string[] | undefined {
  return parseMessage(text)?.message.segments.map((segment) => segment.toString());
}

describe('the segments of a message', () => {
  it.each([
    ['CR', '\r'],
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['blank lines between', '\r\n\r\n'],
  ])('end in %s', (_, end) => {
    expect(segments([HEADER, 'PID|1', 'PV1|1', ''].join(end))).toEqual([HEADER, 'PID|1', 'PV1|1']);
  });

  it('may have names in lower case, and nothing but a name', () => {
    expect(segments(`${HEADER}\rpid|1\rNTE`)).toEqual([HEADER, 'PID|1', 'NTE']);
  });

  it('go on where a text holds the return key', () => {
    const parsed = parseMessage(`${HEADER}\rOBX|1|TX|R||First line\rsecond | line\nNTE without a delimiter\rNTE|1`);
    expect(parsed?.continuations).toBe(2);
    expect(parsed?.message.segments[1]?.getField(5).toString()).toBe('First line\nsecond ');
    expect(parsed?.message.segments).toHaveLength(3);
  });

  it.each([
    ['nothing', ''],
    ['no header', 'PID|1'],
    ['no delimiter', 'MSH'],
    ['a letter for a delimiter', 'MSHX^~'],
    ['a batch', 'FHS|^~\\&|\rBHS|^~\\&'],
  ])('cannot be read of %s', (_, text) => {
    expect(parseMessage(text)).toBeUndefined();
  });

  it('have a header with what an answer needs', () => {
    expect(parseMessage(`\n ${HEADER}|12||AL|ER`)?.header).toEqual({
      ...{ delimiters: '|^~\\&', sendingApplication: 'LAB', sendingFacility: 'A' },
      ...{ receivingApplication: 'FASCIA', receivingFacility: 'B', sentAt: '20260101', type: 'ADT', trigger: 'A01' },
      ...{ controlId: '7', processingId: 'P', version: '2.5', sequence: '12' },
      ...{ acceptAcknowledgement: 'AL', applicationAcknowledgement: 'ER' },
    });
  });
});

describe('the text of a message', () => {
  const header = (charset: string): string => `MSH|^~\\&|A|B|C|D|2026||ADT^A01|1|P|2.5||||||${charset}\rPID|1||||`;
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

  it.each([
    ['UNICODE UTF-8', Buffer.from('Müller 王'), 'Müller 王', 'utf-8', true],
    ['8859/1', latin('M\xfcller'), 'Müller', 'iso-8859-1', true],
    ['8859/5', latin('\xbc'), 'М', 'iso-8859-5', true],
    ['~ISO IR87', latin('\x1b$B2&\x1b(B'), '王', 'iso-2022-jp', true],
    ['', Buffer.from('Müller'), 'Müller', 'utf-8', false],
    ['', latin('M\xfcller'), 'Müller', 'windows-1252', false],
    ['UNICODE UTF-8', latin('M\xfcller'), 'Müller', 'windows-1252', false],
    ['NONSENSE', Buffer.from('Müller'), 'Müller', 'utf-8', false],
  ])('MSH-18 %j', (charset, name, text, encoding, isCertain) => {
    const decoded = decodeMessage(Buffer.concat([Buffer.from(header(charset)), name]));
    expect(decoded).toEqual({ text: header(charset) + text, encoding, isCertain });
  });

  it('is in the encoding of the sender where the message says nothing, and has no byte order mark', () => {
    const bytes = Buffer.concat([Buffer.from(header('')), latin('\xfc')]);
    expect(decodeMessage(bytes, 'iso-8859-1')).toMatchObject({ isCertain: true, text: `${header('')}ü` });
    expect(decodeMessage(Buffer.from(`\ufeff${header('')}`)).text).toBe(header(''));
  });
});
