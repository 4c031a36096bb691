import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers';
import { Fault } from '../../core/index.ts';
import { createFrameReader } from './frames.ts';

export interface SendOptions {
  readonly host: string;
  readonly port: number;
  /** How long a connection is waited for. */
  readonly timeoutMs: number;
}

/** One connection to an MLLP listener. */
export interface MllpConnection {
  /**
   * Sends a message and waits for the frame that comes next, so long; with 0 for none. Rejects with `feed.unreachable`; then nothing is known of the message,
   * and the connection is of no more use.
   */
  send(message: Buffer, timeoutMs: number): Promise<Buffer | undefined>;
  close(): void;
}

const [VT, FS, CR] = [0x0b, 0x1c, 0x0d];
const ANSWER_BYTES_MAX = 1_048_576;

/** Rejects with `feed.unreachable` where nobody listens. */
export async function connectMllp(options: SendOptions): Promise<MllpConnection> {
  const { host, port } = options;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const socket = connect({ host, port, noDelay: true });
  await settled<undefined>(options, `No listener answers at ${where}`, (resolve, reject) => {
    socket.once('connect', () => {
      resolve(undefined);
    });
    socket.once('error', reject);
  }).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  // What goes wrong is told to the message that waits.
  socket.on('error', () => undefined);
  return {
    send: (message, timeoutMs) =>
      settled<Buffer | undefined>(
        timeoutMs === 0 ? options : { ...options, timeoutMs },
        `The listener at ${where} did not answer`,
        (resolve, reject) => {
          if (timeoutMs > 0) exchange(socket, message, resolve, reject);
          else
            socket.write(framed(message), (error) => {
              if (error) reject(error);
              else resolve(undefined);
            });
        },
      ).catch((error: unknown) => {
        socket.destroy();
        throw error;
      }),
    close: () => socket.end(),
  };
}

function exchange(
  socket: Socket,
  message: Buffer,
  resolve: (answer: Buffer) => void,
  reject: (error: Error) => void,
): void {
  const reader = createFrameReader({ maxBytes: ANSWER_BYTES_MAX, lenient: true });
  const done = (act: () => void): void => {
    socket.off('data', onData).off('close', onClose).off('end', onClose);
    act();
  };
  const onData = (chunk: Buffer): void => {
    const [frame] = reader.push(chunk);
    if (frame !== undefined)
      done(() => {
        resolve(frame.bytes);
      });
  };
  const onClose = (): void => {
    done(() => {
      reject(new Error('it closed the connection'));
    });
  };
  if (socket.destroyed) {
    onClose();
    return;
  }
  socket.on('data', onData).on('close', onClose).on('end', onClose);
  socket.write(framed(message));
}

function framed(message: Buffer): Buffer {
  return Buffer.concat([Buffer.of(VT), message, Buffer.of(FS, CR)]);
}

/** What `begin` promises, within the time. */
async function settled<T>(
  { timeoutMs }: SendOptions,
  problem: string,
  begin: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => {
    reject(new Error(`nothing came for ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    begin(resolve, reject);
    return await promise;
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    throw new Fault('feed.unreachable', `${problem}: ${code ?? message}.`, { cause });
  } finally {
    clearTimeout(timer);
  }
}
