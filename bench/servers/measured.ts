import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { answerAsks } from '../child.ts';

/** What a server process has used since it started. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
}

export type ServerAnswers = Readonly<{
  port: () => number;
  usage: () => Usage;
  /** Whether requests are audited from now on. */
  audit: (on: boolean) => void;
}>;

/** Audit, switched on and off in one process: two processes differ by more than what audit costs. */
export interface AuditSwitch {
  on: boolean;
}

/** Listens on a free port of loopback and answers the harness, until it lets go; `close` then frees what the server uses. */
export async function serveMeasured(
  server: Server,
  close: () => Promise<void>,
  audit: AuditSwitch = { on: false },
): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  answerAsks(
    {
      port: () => (server.address() as AddressInfo).port,
      usage: (): Usage => {
        const { user, system } = process.cpuUsage();
        return { cpuUs: user + system, rssBytes: process.memoryUsage.rss() };
      },
      audit: (on: boolean) => {
        audit.on = on;
      },
    },
    async () => {
      server.close();
      server.closeAllConnections();
      await close();
    },
  );
}
