import { randomBytes } from 'node:crypto';
import type { FeedDefinition } from '../contracts/index.ts';
import { Fault, type Clock, type Emit } from '../core/index.ts';
import { createReceiver, createWorker } from '../feeds/index.ts';
import { listen, type Listener } from '../sources/hl7v2/index.ts';
import type { FeedState } from '../http/index.ts';
import { standard } from '../mappings/hl7v2/index.ts';
import type { Inbox } from '../store/index.ts';
import type { Closers } from './closers.ts';
import type { Config } from './config.ts';
import type { ListenerConfig } from './config-listeners.ts';
import { keepMessagesMapped } from './keep-messages-mapped.ts';
import { assertPortFree, explainListen, type PortRemedy } from './listen.ts';
import { watchFeeds } from './watch-feeds.ts';

/** The feeds of an installation. */
export interface Feeds {
  /** Begins to listen. Throws `server.port-taken`, and then listens nowhere. */
  listen(): Promise<void>;
  /** In declared order. */
  readonly state: () => readonly FeedState[];
  /** Counts the messages of the inbox now, and not only when it is due. */
  readonly count: () => Promise<void>;
  /** Takes no more messages, and answers what was read. */
  stopListening(): Promise<void>;
}

interface Parts {
  readonly config: Config;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly closers: Closers;
}

/** An end whose carriage return does not come is one after so long. */
const END_MS = 250;
const CONTROL_ID_BYTES = 10;

/** In: the definitions of the configuration. Throws `config.invalid` where a listener has no feed, or a feed no listener. */
export function openFeeds(definitions: readonly FeedDefinition[], parts: Parts): Feeds {
  const { config, inbox, clock, emit, closers } = parts;
  const bound = bind(definitions, config);
  const newControlId = (): string => randomBytes(CONTROL_ID_BYTES).toString('hex');
  const mapped = definitions.length === 0 ? undefined : keepMapped(definitions, parts);
  const receiver = createReceiver({
    ...{ keep: (messages) => inbox.keep(messages), clock, emit, newControlId },
    onKept: () => mapped?.wake(),
  });
  closers.add(() => receiver.close());
  const watch = watchFeeds({ definitions, inbox, clock, emit });
  closers.add(() => watch.stop());
  const listeners = new Map<string, Listener>();
  const stopListening = async (): Promise<void> => {
    const stopping = [...listeners.values()];
    listeners.clear();
    await Promise.all(stopping.map((listener) => listener.stop(config.limits.drainTimeoutMs)));
  };
  closers.add(stopListening);
  return {
    stopListening,
    count: () => watch.look(),
    state: () =>
      definitions.map(({ id, title, stewardship }) => ({
        ...{ id, title, stewardship, port: listeners.get(id)?.port },
        ...watch.of(id),
      })),
    listen: async () => {
      for (const { feed, settings } of bound) {
        const listener = await listenFor(feed, settings, { receiver, emit }).catch(async (error: unknown) => {
          await stopListening();
          throw error;
        });
        listeners.set(feed.id, listener);
        emit({ event: 'feed.listening', feed: feed.id, host: settings.host, port: listener.port });
      }
    },
  };
}

function keepMapped(
  feeds: readonly FeedDefinition[],
  { inbox, emit, closers }: Parts,
): ReturnType<typeof keepMessagesMapped> {
  const worker = createWorker({ ingest: (work) => inbox.ingest(work), feeds, mappings: [standard], emit });
  const mapped = keepMessagesMapped(worker, emit);
  closers.add(() => mapped.stop());
  return mapped;
}

interface Bound {
  readonly feed: FeedDefinition;
  readonly settings: ListenerConfig;
}

function bind(definitions: readonly FeedDefinition[], config: Config): readonly Bound[] {
  const bound = config.listeners.map((settings): Bound => {
    const feed = definitions.find(({ id }) => id === settings.feed);
    if (feed === undefined)
      throw new Fault(
        'config.invalid',
        `listeners.${settings.feed} of ${config.file} has no feed: add its folder to feeds.`,
      );
    return { feed, settings };
  });
  const unheard = definitions.find(({ id }) => !bound.some(({ feed }) => feed.id === id));
  if (unheard !== undefined)
    throw new Fault('config.invalid', `The feed ${unheard.id} has no entry in listeners of ${config.file}.`);
  return bound;
}

async function listenFor(
  feed: FeedDefinition,
  settings: ListenerConfig,
  { receiver, emit }: { readonly receiver: ReturnType<typeof createReceiver>; readonly emit: Emit },
): Promise<Listener> {
  const { host, port, strictFrames, frameBytesMax, connectionsMax, unansweredMax, idleMinutes } = settings;
  try {
    return await listen({
      ...{ host, port, connectionsMax, maxBytes: frameBytesMax, lenient: !strictFrames },
      ...{ pendingMax: unansweredMax, idleMs: idleMinutes * 60_000, endMs: END_MS },
      receive: (frame, sender) => receiver.receive(feed, frame, sender),
      onClosed: (reason) => {
        emit({ event: 'feed.disconnected', feed: feed.id, reason });
      },
    });
  } catch (error) {
    throw explainListen(error, host, port, remedyOf(feed.id));
  }
}

/** Fails at once where the port of a listener is taken. */
export async function assertMllpPortsFree({ listeners }: Config): Promise<void> {
  for (const { feed, host, port } of listeners) await assertPortFree(host, port, remedyOf(feed));
}

function remedyOf(feed: string): PortRemedy {
  return (other) =>
    `The feed ${feed} listens there. Choose another port with MLLP_PORT=${other} or in listeners.${feed} of the configuration, or stop the other process.`;
}
