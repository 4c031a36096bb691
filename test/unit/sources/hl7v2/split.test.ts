import { describe, expect, it } from '@jest/globals';
import { splitMessages } from '../../../../src/sources/hl7v2/index.ts';

const split = (text: string): readonly string[] =>
  splitMessages(Buffer.from(text, 'latin1')).map((message) => message.toString('latin1'));
const [A, B] = ['MSH|^~\\&|A\rPID|1\r', 'MSH|^~\\&|B\rPID|2\r'];

describe('the messages of a file', () => {
  it.each([
    ['one', A, [A]],
    ['several', A + B, [A, B]],
    ['lines that end in LF', (A + B).replaceAll('\r', '\n'), [A, B].map((text) => text.replaceAll('\r', '\n'))],
    ['a byte order mark', `\xef\xbb\xbf${A}`, [A]],
    ['a batch', `FHS|^~\\&|\rBHS|^~\\&|\r${A}${B}BTS|2\rFTS|1\r`, [A, B]],
    ['frames', `\v${A}\x1c\r\v${B}\x1c\r`, [`${A}\r`, `${B}\r`]],
    ['bytes that are no text', `${A}OBX|1|ST|x||\xff\xfe\r`, [`${A}OBX|1|ST|x||\xff\xfe\r`]],
    ['MSH within a text', `${A}NTE|1||see MSH|9\r`, [`${A}NTE|1||see MSH|9\r`]],
    ['a word that begins like a header', `${A}MSHOP|1\r`, [`${A}MSHOP|1\r`]],
    ['nothing of the kind', 'PID|1\r', []],
    ['nothing', '', []],
  ])('%s', (_, text, messages) => {
    expect(split(text)).toEqual(messages);
  });
});
