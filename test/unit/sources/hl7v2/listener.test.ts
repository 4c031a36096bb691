import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen, type Listener, type ListenerOptions } from '../../../../src/sources/hl7v2/listener.ts';

const frame = (text: string): string => `\v${text}\x1c\r`;

/** Whoever waits for a condition looks again at each turn of the event loop. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate();
}

interface Sending {
  readonly socket: Socket;
  readonly answers: () => readonly string[];
}

describe('an MLLP listener', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  const closed: string[] = [];
  async function start(options: Partial<ListenerOptions> = {}): Promise<Listener> {
    closed.length = 0;
    const listener = await listen({
      ...{ host: '127.0.0.1', port: 0, maxBytes: 1_000_000, lenient: true, connectionsMax: 10, pendingMax: 8 },
      ...{ idleMs: 60_000, endMs: 20, receive: ({ bytes }) => Promise.resolve(Buffer.from(`ACK ${bytes.toString()}`)) },
      onClosed: (reason) => closed.push(reason),
      ...options,
    });
    stops.push(() => listener.stop(60_000));
    return listener;
  }

  /** A sender that remembers what it is answered. */
  async function sender({ port }: Listener): Promise<Sending> {
    const socket = connect({ host: '127.0.0.1', port });
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    stops.unshift(() => {
      socket.destroy();
      return Promise.resolve();
    });
    return {
      socket,
      answers: () =>
        text
          .split('\x1c\r')
          .slice(0, -1)
          .map((answer) => answer.slice(1)),
    };
  }

  /** A sender whose frame was received, and is answered when the test says so. */
  async function withUnanswered(ack: string): Promise<{ listener: Listener; answer: () => void } & Sending> {
    const waiting: (() => void)[] = [];
    const listener = await start({
      receive: () =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(Buffer.from(ack));
          });
        }),
    });
    const sending = await sender(listener);
    sending.socket.write(frame('MSH|a'));
    await until(() => waiting.length === 1);
    return { listener, ...sending, answer: () => waiting[0]?.() };
  }

  it('answers each frame, however its bytes arrive', async () => {
    const { socket, answers } = await sender(await start());
    for (const byte of frame('MSH|a')) {
      socket.write(byte);
      await setImmediate();
    }
    await until(() => answers().length === 1);
    socket.write(frame('MSH|b') + frame('MSH|c') + '\vMSH|');
    await until(() => answers().length === 3);
    socket.write('d\x1c\r');
    await until(() => answers().length === 4);
    expect(answers()).toEqual(['ACK MSH|a', 'ACK MSH|b', 'ACK MSH|c', 'ACK MSH|d']);
  });

  it('receives frames together and answers them in their order', async () => {
    const waiting = new Map<string, () => void>();
    const listener = await start({
      receive: ({ bytes }) =>
        new Promise((resolve) =>
          waiting.set(bytes.toString(), () => {
            resolve(Buffer.from(`ACK ${bytes.toString()}`));
          }),
        ),
    });
    const { socket, answers } = await sender(listener);
    socket.write(frame('MSH|1') + frame('MSH|2') + frame('MSH|3'));
    await until(() => waiting.size === 3);
    waiting.get('MSH|3')?.();
    waiting.get('MSH|2')?.();
    await setImmediate();
    expect(answers()).toEqual([]);
    waiting.get('MSH|1')?.();
    await until(() => answers().length === 3);
    expect(answers()).toEqual(['ACK MSH|1', 'ACK MSH|2', 'ACK MSH|3']);
  });

  it('reads nothing more while too many frames wait, and goes on afterwards', async () => {
    const waiting: (() => void)[] = [];
    let most = 0;
    const listener = await start({
      pendingMax: 4,
      receive: () =>
        new Promise((resolve) => {
          waiting.push(() => {
            resolve(Buffer.from('ACK'));
          });
          most = Math.max(most, waiting.length);
        }),
    });
    const { socket, answers } = await sender(listener);
    for (let i = 0; i < 40; i += 1) {
      socket.write(frame(`MSH|${i}`));
      await setImmediate();
    }
    while (answers().length < 40) {
      waiting.shift()?.();
      await setImmediate();
    }
    // What one read of the socket held is received as a whole.
    expect(most).toBeLessThan(40);
  });

  it('answers a frame whose carriage return does not come, and one cut off by the end of the connection', async () => {
    const faults: (string | undefined)[] = [];
    const listener = await start({
      receive: ({ bytes, fault }) => {
        faults.push(fault);
        return Promise.resolve(Buffer.from(`ACK ${bytes.toString()}`));
      },
    });
    const { socket, answers } = await sender(listener);
    socket.write('\vMSH|a\x1c');
    await until(() => answers().length === 1);
    socket.end('\vMSH|b');
    await until(() => answers().length === 2);
    expect(faults).toEqual([undefined, 'truncated']);
  });

  it('sends nothing where no answer is wanted', async () => {
    let received = 0;
    const listener = await start({
      receive: ({ bytes }) => {
        received += 1;
        return Promise.resolve(bytes.toString() === 'MSH|quiet' ? undefined : Buffer.from('ACK'));
      },
    });
    const { socket, answers } = await sender(listener);
    socket.write(frame('MSH|quiet') + frame('MSH|loud'));
    await until(() => answers().length === 1);
    expect(received).toBe(2);
  });

  it('refuses connections beyond its number, and closes those that are silent', async () => {
    const listener = await start({ connectionsMax: 1, idleMs: 50 });
    const first = await sender(listener);
    const second = await sender(listener);
    await once(second.socket, 'close');
    await once(first.socket, 'close');
    expect(closed.toSorted()).toEqual(['idle', 'too-many']);
    const third = await sender(listener);
    third.socket.write(frame('MSH|a'));
    await until(() => third.answers().length === 1);
  });

  it('answers what it has read before it stops, and takes no more connections', async () => {
    const { listener, answers, answer } = await withUnanswered('ACK late');
    const stopped = listener.stop(60_000);
    answer();
    await stopped;
    await until(() => answers().length === 1);
    expect(answers()).toEqual(['ACK late']);
    const late = connect({ host: '127.0.0.1', port: listener.port });
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('survives a sender that is gone before it is answered', async () => {
    const { listener, socket, answer } = await withUnanswered('ACK');
    socket.resetAndDestroy();
    await until(() => closed.includes('reset'));
    answer();
    await listener.stop(60_000);
  });

  it('tells of a port that is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
