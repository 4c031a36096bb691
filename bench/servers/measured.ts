import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { answerAsks } from '../child.ts';

/** What a server process has used since it started. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
}

export type ServerAnswers = Readonly<{ port: () => number; usage: () => Usage }>;

/** Listens on a free port of loopback and answers the harness, until it lets go; `close` then frees what the server uses. */
export async function serveMeasured(server: Server, close: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  answerAsks(
    {
      port: () => (server.address() as AddressInfo).port,
      usage: (): Usage => {
        const { user, system } = process.cpuUsage();
        return { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
      },
    },
    async () => {
      server.close();
      server.closeAllConnections();
      await close();
    },
  );
}
