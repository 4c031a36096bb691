import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { FeedDefinition } from '../../../src/contracts/index.ts';
import { Fault, fixedClock, type NamedEvent } from '../../../src/core/index.ts';
import { createReceiver, REASONS } from '../../../src/feeds/index.ts';
import type { Frame } from '../../../src/sources/hl7v2/index.ts';
import type { Arrival, ArrivingMessage } from '../../../src/store/index.ts';
import feed from '../../support/feeds/interface-engine/index.ts';

const SENDER = { connection: 1, address: '10.0.0.7' };
const clock = fixedClock('2026-03-01T10:00:00Z');

function msh(event: string, controlId: string, rest = ''): string {
  return `MSH|^~\\&|LAB|MAIN|FASCIA|HOSP|20260301||${event}|${controlId}|P|2.5.1${rest}\rPID|1||7\r`;
}

function frameOf(text: string | Buffer, more: Partial<Frame> = {}): Frame {
  const bytes = Buffer.isBuffer(text) ? text : Buffer.from(text);
  return { bytes, length: bytes.length, flaws: [], ...more };
}

/** A receiver whose inbox keeps everything, unless the test says what becomes of it. */
function harness(keep?: (messages: readonly ArrivingMessage[]) => Promise<readonly Arrival[]>) {
  const kept: ArrivingMessage[] = [];
  const events: NamedEvent[] = [];
  const keepAll = (messages: readonly ArrivingMessage[]): Promise<readonly Arrival[]> => {
    kept.push(...messages);
    return Promise.resolve(messages.map(({ answer }) => ({ is: 'kept', answer })));
  };
  const receiver = createReceiver({
    keep: keep ?? keepAll,
    ...{ clock, emit: (event: NamedEvent) => events.push(event), newControlId: () => 'F1' },
  });
  const receive = async (frame: Frame, of: FeedDefinition = feed): Promise<string | undefined> =>
    (await receiver.receive(of, frame, SENDER))?.toString('latin1');
  return { receiver, receive, kept, events };
}

/** MSA, or nothing. */
const verdict = (answer: string | undefined): string | undefined => answer?.split('\r')[1];

describe('a received message', () => {
  it('is kept as it came before it is acknowledged', async () => {
    const { receive, kept } = harness();
    const text = msh('adt^a01^ADT_A01', '0042 x');
    expect(await receive(frameOf(text, { flaws: ['start-missing'] }))).toBe(
      'MSH|^~\\&|FASCIA|HOSP|LAB|MAIN|20260301100000+0000||ACK^A01|F1|P|2.5.1\rMSA|AA|0042 x\r',
    );
    expect(kept[0]).toMatchObject({
      ...{ feed: 'interface-engine', sender: 'LAB|MAIN', controlId: '0042 x', event: 'ADT^A01', state: 'queued' },
      ...{ address: '10.0.0.7', encoding: 'utf-8', reason: undefined, receivedAtMs: clock.nowMs() },
    });
    expect(kept[0]?.body.toString()).toBe(text);
    expect(kept[0]?.flaws).toContain('start-missing');
  });

  it.each([
    ['a kind that the feed does not take', msh('QBP^Q11', '1'), 'filtered', 'event-not-taken', 'MSA|AA|1'],
    ['no control id', msh('ADT^A01', ''), 'quarantined', 'control-id-missing', `MSA|AE||`],
    ['no kind', msh('', '1'), 'quarantined', 'event-missing', 'MSA|AR|1|'],
    ['no header', 'PID|1||7\r', 'quarantined', 'header-unreadable', 'MSA|AR||'],
    ['nothing', '', 'quarantined', 'header-unreadable', 'MSA|AR||'],
    ['a batch', `FHS|^~\\&\rBHS|^~\\&\r${msh('ADT^A01', '1')}`, 'quarantined', 'batch', 'MSA|AR||'],
  ])('with %s is kept with its reason, and answered', async (_, text, state, reason, answer) => {
    const { receive, kept, events } = harness();
    expect(verdict(await receive(frameOf(text)))).toMatch(
      answer === 'MSA|AA|1' ? /^MSA\|AA\|1$/ : new RegExp(`^${answer.replaceAll('|', '\\|')}`),
    );
    expect(kept[0]).toMatchObject({ state, reason });
    expect(events).toContainEqual({ event: 'message.set-aside', feed: 'interface-engine', reason });
  });

  it.each([
    ['truncated', 'frame-truncated', undefined],
    ['too-long', 'frame-too-long', 'MSA|AR|1'],
    ['end-malformed', 'frame-malformed', 'MSA|AR|1'],
  ] as const)('whose frame is %s cannot be repeated, and is never accepted', async (fault, reason, answer) => {
    const { receive, kept } = harness();
    expect(verdict(await receive(frameOf(msh('ADT^A01', '1'), { fault })))?.slice(0, 8)).toBe(answer);
    expect(kept[0]).toMatchObject({ state: 'quarantined', reason, identity: undefined });
  });

  it('has the same identity from the same sender under the same control id only', async () => {
    const { receive, kept } = harness();
    for (const text of [msh('ADT^A01', '1'), msh('ADT^A08', '1').replace('LAB', 'lab '), msh('ADT^A01', '2')])
      await receive(frameOf(text));
    await receive(frameOf(msh('ADT^A01', '1').replace('LAB', 'ADT')));
    await receive(frameOf(msh('ADT^A01', '1')), { ...feed, id: 'another' });
    const names = kept.map(({ identity }) => identity?.toString('hex'));
    expect(names[1]).toBe(names[0]);
    expect(new Set(names).size).toBe(4);
  });

  it('without a control id is the same one when its bytes are', async () => {
    const { receive, kept } = harness();
    for (const text of [msh('ADT^A01', ''), msh('ADT^A01', ''), msh('ADT^A08', '')]) await receive(frameOf(text));
    const names = kept.map(({ identity }) => identity?.toString('hex'));
    expect([names[1] === names[0], names[2] === names[0]]).toEqual([true, false]);
  });

  it('that was cut off is not answered, also where it could not be kept', async () => {
    const { receive } = harness(() => Promise.reject(new Error('down')));
    expect(await receive(frameOf(msh('ADT^A01', '1'), { fault: 'truncated' }))).toBeUndefined();
  });

  it('is answered in the bytes of its own header, whatever their encoding', async () => {
    const { receive } = harness();
    const bytes = Buffer.from(msh('ADT^A01', 'K\xf6ln-1', '||||||8859/1').replace('MAIN', 'M\xfcnchen'), 'latin1');
    const answer = await receive(frameOf(bytes));
    expect(answer).toContain('|LAB|M\xfcnchen|');
    expect(verdict(answer)).toBe('MSA|AA|K\xf6ln-1');
    const utf8 = await receive(frameOf(Buffer.from(`\ufeff${msh('ADT^A01', 'Köln-2')}`)));
    expect(Buffer.from(verdict(utf8) ?? '', 'latin1').toString()).toBe('MSA|AA|Köln-2');
  });

  it('that says its encoding by nothing has that of its feed, or a guessed one', async () => {
    const { receive, kept } = harness();
    const bytes = Buffer.from(msh('ADT^A01', '\xe9'), 'latin1');
    await receive(frameOf(bytes), { ...feed, encoding: 'iso-8859-2' });
    await receive(frameOf(bytes));
    expect(kept.map(({ encoding, flaws, controlId }) => [encoding, flaws, controlId])).toEqual([
      ['iso-8859-2', [], 'é'],
      ['windows-1252', ['encoding-guessed'], 'é'],
    ]);
  });

  it('is answered what the inbox says that the first was answered', async () => {
    const { receive, events } = harness(() =>
      Promise.resolve([{ is: 'repeated', answer: Buffer.from('the first answer') }]),
    );
    expect(await receive(frameOf(msh('QBP^Q11', '1')))).toBe('the first answer');
    expect(events.map(({ event }) => event)).toEqual(['inbox.kept']);
  });

  it('that contradicts another is told of', async () => {
    const { receive, events } = harness((messages) =>
      Promise.resolve(messages.map(({ conflictAnswer }) => ({ is: 'conflict', answer: conflictAnswer }))),
    );
    expect(verdict(await receive(frameOf(msh('ADT^A01', '1'))))).toMatch(/^MSA\|AR\|1\|Another message came/);
    expect(events).toContainEqual({
      ...{ event: 'message.set-aside', feed: 'interface-engine', reason: 'control-id-reused' },
    });
  });

  it('is not accepted when it could not be kept, and the next one is tried', async () => {
    let isDown = true;
    const { receive, events } = harness((messages) =>
      isDown
        ? Promise.reject(new Fault('store.unavailable', 'down', { cause: { code: 'ECONNREFUSED' } }))
        : Promise.resolve(messages.map(({ answer }) => ({ is: 'kept', answer }))),
    );
    expect(verdict(await receive(frameOf(msh('ADT^A01', '1'))))).toMatch(/^MSA\|AE\|1\|The message could not be kept/);
    expect(events).toEqual([{ event: 'inbox.failed', reason: 'ECONNREFUSED' }]);
    isDown = false;
    expect(verdict(await receive(frameOf(msh('ADT^A01', '1'))))).toBe('MSA|AA|1');
  });

  it('is kept together with others that come while a write is under way, in their order', async () => {
    const groups: (readonly string[])[] = [];
    const first = Promise.withResolvers<undefined>();
    const { receive } = harness(async (messages) => {
      groups.push(messages.map(({ controlId }) => controlId));
      if (groups.length === 1) await first.promise;
      return messages.map(({ answer }) => ({ is: 'kept', answer }));
    });
    const answers = [receive(frameOf(msh('ADT^A01', '0')))];
    while (groups.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const id of ['1', '2', '3']) answers.push(receive(frameOf(msh('ADT^A01', id))));
    first.resolve(undefined);
    expect((await Promise.all(answers)).map(verdict)).toEqual(['0', '1', '2', '3'].map((id) => `MSA|AA|${id}`));
    expect(groups).toEqual([['0'], ['1', '2', '3']]);
  });

  it('in the enhanced mode is answered as MSH-15 asks', async () => {
    const { receive } = harness();
    expect(verdict(await receive(frameOf(msh('ADT^A01', '1', '|||AL'))))).toBe('MSA|CA|1');
    expect(await receive(frameOf(msh('ADT^A01', '2', '|||NE')))).toBeUndefined();
    expect(verdict(await receive(frameOf(msh('', '3', '|||ER'))))).toMatch(/^MSA\|CR\|3/);
  });
});

describe('reasons', () => {
  it('are explained', () => {
    const explained = readFileSync('docs/feeds.md', 'utf8');
    for (const code of Object.keys(REASONS)) expect(explained).toMatch(new RegExp(`^\\| \`${code}\` +\\|`, 'm'));
  });

  it('say what would be right, and nothing is accepted that can only be sent again', () => {
    for (const [code, reason] of Object.entries(REASONS)) {
      expect([code, reason.text]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/)]);
      if (!reason.isWhole) expect([code, reason.verdict]).not.toEqual([code, 'accept']);
    }
  });
});
