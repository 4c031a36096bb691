import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createFrameReader, type Frame, type FrameLimits } from './frames.ts';

/** Where a frame came from. */
export interface Sender {
  /** Counts the connections of a listener, from 1. */
  readonly connection: number;
  readonly address: string;
}

export interface ListenerOptions extends FrameLimits {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** More than these are refused: a sender that opens one for each message and forgets them closes nobody else out. */
  readonly connectionsMax: number;
  /** Frames of one connection that are not answered yet; while there are so many, nothing more is read from it. */
  readonly pendingMax: number;
  /** After so long without a byte a connection is closed. */
  readonly idleMs: number;
  /** After so long without a byte an end whose carriage return does not come is one. */
  readonly endMs: number;
  /** What to answer, in the encoding of the sender; undefined: nothing. It never throws: what fails is an answer too. */
  readonly receive: (frame: Frame, sender: Sender) => Promise<Buffer | undefined>;
  /** Told of what ends a connection before its sender does; it holds nothing of a message. */
  readonly onClosed: (reason: 'too-many' | 'idle' | 'reset', sender: Sender) => void;
}

export interface Listener {
  readonly port: number;
  /** Takes no more connections and no more bytes, answers what was read, and closes; a sender that does not take its answers in time is cut off. */
  stop(timeoutMs: number): Promise<void>;
}

const START = Buffer.of(0x0b);
const END = Buffer.of(0x1c, 0x0d);

/**
 * Listens for MLLP. Frames of one connection are received at the same time, so that one commit can hold several of them, and answered in their order.
 * Rejects as the platform does where the port cannot be had.
 */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const sockets = new Set<Socket>();
  const finished = new Set<Promise<void>>();
  const stopping = new AbortController();
  let connections = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    connections += 1;
    const sender: Sender = { connection: connections, address: socket.remoteAddress ?? 'unknown' };
    if (sockets.size >= options.connectionsMax) {
      options.onClosed('too-many', sender);
      socket.destroy();
      return;
    }
    sockets.add(socket);
    const served = serve(socket, sender, { ...options, stopping: stopping.signal }).finally(() => {
      sockets.delete(socket);
      finished.delete(served);
    });
    finished.add(served);
  });
  await bound(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    async stop(timeoutMs) {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      stopping.abort();
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, timeoutMs);
      await Promise.all(finished);
      await closed;
      clearTimeout(cut);
    },
  };
}

async function bound(server: Server, { host, port }: ListenerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** One connection, until it is closed. */
async function serve(
  socket: Socket,
  sender: Sender,
  options: ListenerOptions & { readonly stopping: AbortSignal },
): Promise<void> {
  const reader = createFrameReader(options);
  let pending = 0;
  let answers: Promise<void> = Promise.resolve();
  let endTimer: NodeJS.Timeout | undefined;
  let stop = (): void => undefined;

  const take = (frames: readonly Frame[]): void => {
    for (const frame of frames) {
      pending += 1;
      const answer = options.receive(frame, sender);
      answers = answers.then(async () => {
        const text = await answer;
        pending -= 1;
        if (pending < options.pendingMax && socket.isPaused()) socket.resume();
        if (text !== undefined && socket.writable) await written(socket, Buffer.concat([START, text, END]));
      });
    }
    if (pending >= options.pendingMax) socket.pause();
  };

  await new Promise<void>((resolve) => {
    const finish = (): void => {
      take(reader.end());
      void answers.then(() => socket.end(resolve));
    };
    socket.on('data', (chunk) => {
      clearTimeout(endTimer);
      take(reader.push(chunk));
      endTimer = setTimeout(() => {
        take(reader.pause());
      }, options.endMs);
    });
    socket.setTimeout(options.idleMs, () => {
      if (pending > 0) return;
      options.onClosed('idle', sender);
      finish();
    });
    socket.once('end', finish);
    stop = (): void => {
      socket.pause();
      finish();
    };
    options.stopping.addEventListener('abort', stop);
    socket.once('error', () => {
      options.onClosed('reset', sender);
    });
    socket.once('close', () => {
      resolve();
    });
  });
  clearTimeout(endTimer);
  options.stopping.removeEventListener('abort', stop);
  await answers;
}

async function written(socket: Socket, bytes: Buffer): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.write(bytes, () => {
      resolve();
    });
  });
}
