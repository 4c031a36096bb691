import type { FeedDefinition } from '../contracts/index.ts';
import { causeCode, createGroupCommit, type Clock, type Emit, type GroupHealth } from '../core/index.ts';
import type { Frame, Sender } from '../sources/hl7v2/index.ts';
import type { Arrival, ArrivingMessage } from '../store/index.ts';
import { arrivingOf } from './arriving.ts';

export interface ReceiverOptions {
  /** One durable write: all or none. Out: for each message what became of it. */
  readonly keep: (messages: readonly ArrivingMessage[]) => Promise<readonly Arrival[]>;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Told when messages became durable. */
  readonly onKept?: () => void;
  /** The control id of an answer: at most 20 letters and digits, unique. */
  readonly newControlId: () => string;
  /** Bytes of one write; 8 MiB by default. */
  readonly groupBytesMax?: number;
  /** Bytes that wait or are being written; a further message is answered that it must be sent again. 64 MiB by default. */
  readonly pendingBytesMax?: number;
  /** How long a message may wait until it is durable; 30 s by default. */
  readonly timeoutMs?: number;
}

/** Takes messages of all feeds in. */
export interface Receiver {
  /**
   * Keeps what a frame holds. Out: what to answer, when the message is durable, or when it is certain that it cannot be taken; undefined: nothing. It never
   * rejects: a message that could not be kept is answered AE or CE, never AA.
   */
  receive(feed: FeedDefinition, frame: Frame, sender: Sender): Promise<Buffer | undefined>;
  health(): GroupHealth;
  /** Takes nothing more, and resolves when what waits is kept. */
  close(): Promise<void>;
}

/** What a row costs beside its body. */
const ROW_BYTES = 1_024;
const MIB = 1_048_576;

export function createReceiver(options: ReceiverOptions): Receiver {
  const { keep, clock, emit, newControlId } = options;
  const { groupBytesMax = 8 * MIB, pendingBytesMax = 64 * MIB, timeoutMs = 30_000 } = options;
  const group = createGroupCommit<ArrivingMessage, ReadonlyMap<ArrivingMessage, Arrival>>({
    write: async (messages) => {
      const arrivals = await keep(messages);
      return new Map(messages.flatMap((message, at) => arrivals.slice(at, at + 1).map((one) => [message, one])));
    },
    onWritten: (messages, ms) => {
      emit({ event: 'inbox.kept', messages, ms });
      options.onKept?.();
    },
    onFailed: (reason, cause) => {
      emit({ event: 'inbox.failed', reason: reason === 'late' ? 'timeout' : causeCode(cause) });
    },
    refuse: (reason) => new Error(`The message was not kept: ${reason}.`),
    weigh: ({ body }) => body.length + ROW_BYTES,
    ...{ clock, inFlightMax: 1, groupMax: groupBytesMax, pendingMax: pendingBytesMax, timeoutMs },
  });
  return {
    receive: async (feed, frame, sender) => {
      const nowMs = clock.nowMs();
      const stamp = { now: timestampOf(nowMs), controlId: newControlId() };
      const { message, failureAnswer } = arrivingOf(feed, frame, sender, nowMs, stamp);
      const arrivals = await group.add(message).catch(() => undefined);
      const arrival = arrivals?.get(message);
      if (arrival === undefined) return failureAnswer;
      const reason = arrival.is === 'conflict' ? 'control-id-reused' : message.reason;
      if (reason !== undefined && arrival.is !== 'repeated')
        emit({ event: 'message.set-aside', feed: feed.id, reason });
      return arrival.answer;
    },
    health: () => group.health(),
    close: () => group.close(),
  };
}

/** A DTM in UTC. */
function timestampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}+0000`;
}
