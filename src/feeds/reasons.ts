import type { Refusal, Verdict } from '../sources/hl7v2/index.ts';
import { CONFLICT } from '../store/index.ts';

interface Reason {
  /** What the sender is answered; undefined: nothing, because it is not waiting for this answer. */
  readonly verdict: Verdict | undefined;
  /** Of HL7 table 0357; of a message that is taken, none. */
  readonly condition?: Refusal['code'];
  /** What was wrong, and what would be right. */
  readonly text: string;
  /** Whether it can be queued anew as it is. */
  readonly isWhole: boolean;
}

/** Why a message is filtered or quarantined when it comes. `docs/feeds.md` explains each row. */
export const REASONS = {
  'frame-truncated': {
    verdict: undefined,
    text: 'The message was cut off: another began, or the connection ended, before its end. Send it again.',
    isWhole: false,
  },
  'frame-too-long': {
    verdict: 'reject',
    condition: '207',
    text: 'The message is longer than this listener takes.',
    isWhole: false,
  },
  'frame-malformed': {
    verdict: 'reject',
    condition: '207',
    text: 'The end of the message is not a file separator and a carriage return.',
    isWhole: false,
  },
  'header-unreadable': {
    verdict: 'reject',
    condition: '100',
    text: 'The message does not begin with an MSH segment that can be read.',
    isWhole: false,
  },
  batch: {
    verdict: 'reject',
    condition: '200',
    text: 'Batches (FHS, BHS) are not taken. Send their messages one by one.',
    isWhole: false,
  },
  'control-id-missing': {
    verdict: 'error',
    condition: '101',
    text: 'MSH-10 is empty. Without a message control id no answer can name the message.',
    isWhole: true,
  },
  'event-missing': {
    verdict: 'reject',
    condition: '200',
    text: 'MSH-9 does not say what kind of message it is, such as ADT^A01.',
    isWhole: true,
  },
  'event-not-taken': {
    verdict: 'accept',
    text: 'The feed does not take messages of this kind in.',
    isWhole: true,
  },
  [CONFLICT]: {
    verdict: 'reject',
    condition: '205',
    text: 'Another message came under this control id (MSH-10). Send this one under an id of its own.',
    isWhole: true,
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** Of messages that can be nothing but sent again. */
export const BROKEN: readonly ReasonCode[] = (Object.keys(REASONS) as ReasonCode[]).filter(
  (code) => !REASONS[code].isWhole,
);

/** What the sender of a message with this reason is told; undefined: nothing. In: undefined for a message without one, which is taken. */
export function replyTo(
  code: ReasonCode | undefined,
): { readonly verdict: Verdict; readonly refusal?: Refusal } | undefined {
  if (code === undefined) return { verdict: 'accept' };
  const { verdict, condition, text }: Reason = REASONS[code];
  if (verdict === undefined) return undefined;
  return { verdict, ...(condition === undefined ? {} : { refusal: { code: condition, text } }) };
}
