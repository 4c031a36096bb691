import { createHash } from 'node:crypto';
import type { FeedDefinition } from '../contracts/index.ts';
import {
  acknowledgement,
  decodeMessage,
  parseHeader,
  type Answer,
  type Frame,
  type FrameFault,
  type MessageHeader,
  type Sender,
} from '../sources/hl7v2/index.ts';
import { CONFLICT, type ArrivingMessage } from '../store/index.ts';
import { replyTo, type ReasonCode } from './reasons.ts';

/** What an answer says of itself. */
export type AnswerStamp = Pick<Answer, 'now' | 'controlId'>;

/** A message with the answers that it may get, and what an answer would say if it could not be kept. */
export interface Arriving {
  readonly message: ArrivingMessage;
  readonly failureAnswer: Buffer | undefined;
}

const FAULT_REASONS: Readonly<Record<FrameFault, ReasonCode>> = {
  truncated: 'frame-truncated',
  'too-long': 'frame-too-long',
  'end-malformed': 'frame-malformed',
};

const FAILURE = {
  verdict: 'error',
  refusal: { code: '207', text: 'The message could not be kept. Send it again later.' },
} as const;

/**
 * A frame as the inbox keeps it. Its header is read twice: as text, and as the bytes that an answer repeats, whatever their encoding. In: the feed, the frame,
 * its sender, when it came, and what its answer says of itself.
 */
export function arrivingOf(
  feed: FeedDefinition,
  frame: Frame,
  sender: Sender,
  receivedAtMs: number,
  stamp: AnswerStamp,
): Arriving {
  const { bytes, flaws } = frame;
  const { text, encoding, isCertain } = decodeMessage(bytes, feed.encoding);
  const header = parseHeader(text);
  const sent = parseHeader(bytes.toString('latin1').replace(/^\xef\xbb\xbf/, ''));
  const reason = reasonOf(frame, text, header, feed);
  const answer = (code: ReasonCode | undefined): Buffer | undefined => answerOf(sent, stamp, replyTo(code));
  const { controlId = '' } = header ?? {};
  const digest = digestOf(bytes);
  const name = senderOf(header);
  const message: ArrivingMessage = {
    ...{ feed: feed.id, sender: name, controlId, event: eventOf(header), address: sender.address },
    ...{ encoding, flaws: [...flaws, ...(isCertain ? [] : ['encoding-guessed'])] },
    identity: frame.fault === undefined ? identityOf(feed.id, name, controlId, digest) : undefined,
    ...{ digest, body: bytes, receivedAtMs },
    ...{ state: stateOf(reason), reason },
    ...{ answer: answer(reason), conflictAnswer: answer(CONFLICT) },
  };
  // Who gets no answer to what is kept waits for none either when it is not.
  const isAnswered = replyTo(reason) !== undefined;
  return { message, failureAnswer: isAnswered ? answerOf(sent, stamp, FAILURE) : undefined };
}

function reasonOf(
  { fault }: Frame,
  text: string,
  header: MessageHeader | undefined,
  feed: FeedDefinition,
): ReasonCode | undefined {
  if (fault !== undefined) return FAULT_REASONS[fault];
  if (header === undefined) return /^\s*(FHS|BHS)/.test(text) ? 'batch' : 'header-unreadable';
  if (header.controlId === '') return 'control-id-missing';
  if (header.type === '') return 'event-missing';
  return feed.events.includes(eventOf(header)) ? undefined : 'event-not-taken';
}

function stateOf(reason: ReasonCode | undefined): ArrivingMessage['state'] {
  if (reason === undefined) return 'queued';
  return replyTo(reason)?.verdict === 'accept' ? 'filtered' : 'quarantined';
}

function answerOf(
  header: MessageHeader | undefined,
  stamp: AnswerStamp,
  reply: ReturnType<typeof replyTo>,
): Buffer | undefined {
  const text = reply && acknowledgement(header, { ...reply, ...stamp });
  return text === undefined ? undefined : Buffer.from(text, 'latin1');
}

/** Systems write their own names in more than one way. */
function senderOf(header: MessageHeader | undefined): string {
  const { sendingApplication = '', sendingFacility = '' } = header ?? {};
  return `${sendingApplication.trim()}|${sendingFacility.trim()}`.toUpperCase();
}

function eventOf(header: MessageHeader | undefined): string {
  const { type = '', trigger = '' } = header ?? {};
  return trigger === '' ? type : `${type}^${trigger}`;
}

/** A message without an id is its bytes: sent again, it is the same one. */
function identityOf(feed: string, sender: string, controlId: string, digest: Buffer): Buffer {
  return digestOf(JSON.stringify([feed, sender, controlId === '' ? { digest: digest.toString('hex') } : controlId]));
}

function digestOf(bytes: Buffer | string): Buffer {
  return createHash('sha256').update(bytes).digest();
}
