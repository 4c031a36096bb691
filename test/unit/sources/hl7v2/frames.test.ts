import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFrameReader, type Frame } from '../../../../src/sources/hl7v2/frames.ts';

const LIMITS = { maxBytes: 1_000_000, lenient: true };
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The frames of a connection, in a few words: the text, then what was wrong with it. */
function read(chunks: readonly (string | Buffer)[], limits = LIMITS): readonly string[] {
  const reader = createFrameReader(limits);
  const frames = chunks.flatMap((chunk) => reader.push(typeof chunk === 'string' ? bytes(chunk) : chunk));
  return [...frames, ...reader.end()].map(said);
}

function said({ bytes: text, fault, flaws }: Frame): string {
  return [text.toString('latin1'), ...(fault === undefined ? [] : [`!${fault}`]), ...flaws].join(' ');
}

describe('MLLP frames', () => {
  it.each([
    ['one frame', '\vMSH|a\x1c\r', ['MSH|a']],
    ['three in a packet', '\vMSH|a\x1c\r\vMSH|b\x1c\r\vMSH|c\x1c\r', ['MSH|a', 'MSH|b', 'MSH|c']],
    ['an empty frame', '\v\x1c\r', ['']],
    ['text without control bytes, in lines', '\vMSH|a\rPID|1\r\nOBX|2\n\x1c\r', ['MSH|a\rPID|1\r\nOBX|2\n']],
    ['an end without its carriage return, then another', '\vMSH|a\x1c\vMSH|b\x1c\r', ['MSH|a end-incomplete', 'MSH|b']],
    ['an end with a line feed', '\vMSH|a\x1c\n\vMSH|b\x1c\r', ['MSH|a end-incomplete', 'MSH|b']],
    ['an end at the end of the connection', '\vMSH|a\x1c', ['MSH|a end-incomplete']],
    ['line ends and NUL between', '\vMSH|a\x1c\r\r\n\0\n\vMSH|b\x1c\r', ['MSH|a', 'MSH|b']],
    ['a log line between', '\vMSH|a\x1c\rsent MSH\vMSH|b\x1c\r', ['MSH|a', 'MSH|b bytes-between']],
    ['a missing start', 'MSH|a\x1c\rMSH|b\x1c\r', ['MSH|a start-missing', 'MSH|b start-missing']],
    ['a missing start after a log line', 'hello\r\nMSH|a\x1c\r', ['MSH|a bytes-between start-missing']],
    ['an end byte in a text', '\vMSH|a\x1cb\x1c\r', ['MSH|a\x1cb stray-control']],
    ['a start byte in a text', '\vMSH|a\vMb\x1c\r', ['MSH|a\vMb stray-control']],
    ['a message cut off by another', '\vMSH|a|PI\vMSH|b\x1c\r', ['MSH|a|PI !truncated', 'MSH|b']],
    ['a message cut off by the end', '\vMSH|a', ['MSH|a !truncated']],
    ['a batch', '\vFHS|a\rBHS|b\rMSH|c\x1c\r', ['FHS|a\rBHS|b\rMSH|c']],
  ])('%s', (_, stream, frames) => {
    expect(read([stream])).toEqual(frames);
    expect(read(stream.split(''))).toEqual(frames);
  });

  it.each([
    ['an end without its carriage return', '\vMSH|a\x1c\vMSH|b\x1c\r', ['MSH|a !end-malformed', 'MSH|b']],
    ['a missing start', 'MSH|a\x1c\r\vMSH|b\x1c\r', ['MSH|b bytes-between']],
    ['a start byte in a text', '\vMSH|a\vMb\x1c\r', ['MSH|a !truncated', 'Mb']],
  ])('strictly: %s', (_, stream, frames) => {
    expect(read(stream.split(''), { ...LIMITS, lenient: false })).toEqual(frames);
  });

  it('ends a frame whose carriage return does not come, when nothing else does', () => {
    const reader = createFrameReader(LIMITS);
    expect(reader.push(bytes('\vMSH|a\x1c'))).toEqual([]);
    expect(reader.pause().map(said)).toEqual(['MSH|a end-incomplete']);
    expect(reader.push(bytes('\r\vMSH|b\x1c\r')).map(said)).toEqual(['MSH|b']);
    expect(reader.pause()).toEqual([]);
  });

  it('skips a frame that is too long, keeps of it what an answer needs, and reads the next', () => {
    const reader = createFrameReader({ maxBytes: 10_000, lenient: true });
    const frames = [
      ...reader.push(bytes(`\vMSH|a|${'x'.repeat(6_000)}`)),
      ...reader.push(bytes('y'.repeat(6_000))),
      ...reader.push(bytes(`${'z'.repeat(50_000)}\x1c\r\vMSH|b\x1c\r`)),
    ];
    expect(frames.map(({ fault, length, bytes: kept }) => [fault, length, kept.length])).toEqual([
      ['too-long', 62_006, 4096],
      [undefined, 5, 5],
    ]);
    expect(frames[0]?.bytes.subarray(0, 6).toString()).toBe('MSH|a|');
  });

  const text = fc
    .array(fc.constantFrom('A', '|', '^', '\r', '\n', 'é', '~', 'MSH', '\\'), { maxLength: 30 })
    .map((parts) => `MSH|${parts.join('')}`);

  it('gives back every message that holds no control byte, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (messages) => {
        const stream = messages.map((message) => `\v${message}\x1c\r`).join('');
        expect(read([stream])).toEqual(messages);
      }),
    );
  });

  it('gives the same frames however the bytes are cut, and loses none of them', () => {
    const piece = fc.oneof(
      text,
      fc.constantFrom('\v', '\x1c', '\x1c\r', '\r', '\n', '\0', 'M', 'MS', 'log', '\vMSH|', '\x1c\n'),
    );
    const stream = fc.array(piece, { maxLength: 30 }).map((parts) => bytes(parts.join('')));
    fc.assert(
      fc.property(stream, fc.boolean(), fc.array(fc.nat(), { maxLength: 8 }), (whole, lenient, places) => {
        const limits = { maxBytes: 40, lenient };
        const cuts = [0, ...places.map((place) => place % (whole.length + 1)).sort((a, b) => a - b), whole.length];
        const chunks = cuts.slice(1).map((end, i) => whole.subarray(cuts[i], end));
        const frames = read([whole], limits);
        expect(read(chunks, limits)).toEqual(frames);
        expect(
          read(
            [...whole].map((byte) => Buffer.of(byte)),
            limits,
          ),
        ).toEqual(frames);
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads megabytes that come in small pieces without going over them again', () => {
    const reader = createFrameReader({ maxBytes: 30_000_000, lenient: true });
    const piece = Buffer.alloc(1_000, 'A');
    reader.push(bytes('\vMSH|'));
    for (let i = 0; i < 20_000; i += 1) reader.push(piece);
    expect(reader.push(bytes('\x1c\r'))[0]?.length).toBe(20_000_004);
  });
});
