import { Agent, request } from 'node:http';
import { answerAsks } from '../child.ts';

/** One load: each path once, in order, by so many connections that are kept open. */
export interface Load {
  readonly port: number;
  readonly paths: readonly string[];
  readonly connections: number;
}

export interface LoadDone {
  readonly ms: number;
  readonly bytes: number;
}

export type LoadAnswers = Readonly<{ load: (load: Load) => Promise<LoadDone> }>;

/** A request that takes longer than this ends the run. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Requests over loopback until the paths are used up, so that the load is bounded and ends by itself. Throws on any answer but 200. */
async function load({ port, paths, connections }: Load): Promise<LoadDone> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const startedMs = performance.now();
  let next = 0;
  let bytes = 0;
  const work = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const received = await get(agent, port, path);
      bytes += received;
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, work));
  } finally {
    agent.destroy();
  }
  return { ms: performance.now() - startedMs, bytes };
}

function get(agent: Agent, port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, agent, timeout: REQUEST_TIMEOUT_MS }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${path} was answered with ${String(response.statusCode)}`));
      });
    });
    call.on('timeout', () => call.destroy(new Error(`${path} was not answered in time`)));
    call.on('error', reject);
    call.end();
  });
}

answerAsks({ load });
