import { describe, expect, it } from '@jest/globals';
import { acknowledgement, type Answer } from '../../../../src/sources/hl7v2/acknowledge.ts';
import { parseMessage } from '../../../../src/sources/hl7v2/message.ts';

const ANSWER = { now: '20261130194000+0000', controlId: 'F1' };
const ACCEPTED: Answer = { ...ANSWER, verdict: 'accept' };
const REJECTED: Answer = {
  ...ANSWER,
  verdict: 'reject',
  refusal: { code: '200', text: 'QBP is not taken here | send ADT, ORU & others' },
};

function answered(header: string, answer: Answer): readonly string[] | undefined {
  return acknowledgement(parseMessage(header)?.header, answer)?.split('\r').slice(0, -1);
}

const msh = (rest = '', delimiters = '|^~\\&'): string =>
  `MSH${delimiters}|LAB|MAIN^1.2.3^ISO|FASCIA|HOSP|20260101||ADT^A01^ADT_A01|0042 x|T|2.3${rest}`;

describe('an acknowledgement', () => {
  it('swaps sender and receiver and repeats what the message said of itself', () => {
    expect(answered(msh(), ACCEPTED)).toEqual([
      'MSH|^~\\&|FASCIA|HOSP|LAB|MAIN^1.2.3^ISO|20261130194000+0000||ACK^A01|F1|T|2.3',
      'MSA|AA|0042 x',
    ]);
  });

  it('is written with the delimiters of the sender', () => {
    const header = 'MSH~|\\^&~LAB~A~FASCIA~B~20260101~~ADT|A01~7~P~2.5.1';
    expect(answered(header, ACCEPTED)).toEqual([
      'MSH~|\\^&~FASCIA~B~LAB~A~20261130194000+0000~~ACK|A01~F1~P~2.5.1',
      'MSA~AA~7',
    ]);
    expect(answered(msh('', '|^~\\&#').replace('2.3', '2.7'), ACCEPTED)?.[0]).toMatch(/^MSH\|\^~\\&#\|FASCIA/);
  });

  it('says why, with delimiters escaped, and with ERR in the versions that define its fields', () => {
    expect(answered(msh(), REJECTED)?.slice(1)).toEqual([
      'MSA|AR|0042 x|QBP is not taken here \\F\\ send ADT, ORU \\T\\ others',
    ]);
    expect(answered(msh().replace('|2.3', '|2.5.1'), REJECTED)?.slice(2)).toEqual([
      'ERR|||200^Unsupported message type^HL70357|E||||QBP is not taken here \\F\\ send ADT, ORU \\T\\ others',
    ]);
  });

  it.each([
    ['AL', 'accept', 'CA'],
    ['AL', 'error', 'CE'],
    ['AL', 'reject', 'CR'],
    ['NE', 'accept', undefined],
    ['NE', 'reject', undefined],
    ['ER', 'accept', undefined],
    ['ER', 'error', 'CE'],
    ['SU', 'accept', 'CA'],
    ['SU', 'reject', undefined],
    ['QQ', 'accept', 'CA'],
  ] as const)('in the enhanced mode, MSH-15 %s, %s: %s', (wanted, verdict, code) => {
    const answer: Answer = { ...ANSWER, verdict };
    expect(answered(msh(`|||${wanted}|NE`), answer)?.[1]?.split('|')[1]).toBe(code);
  });

  it('is in the enhanced mode where MSH-16 alone speaks', () => {
    expect(answered(msh('||||AL'), ACCEPTED)?.[1]).toBe('MSA|CA|0042 x');
  });

  it('has defaults where no header could be read', () => {
    expect(acknowledgement(undefined, { ...REJECTED, refusal: { code: '100', text: 'No MSH' } })?.split('\r')).toEqual([
      'MSH|^~\\&|||||20261130194000+0000||ACK|F1|P|2.5',
      'MSA|AR||No MSH',
      'ERR|||100^Segment sequence error^HL70357|E||||No MSH',
      '',
    ]);
  });
});
