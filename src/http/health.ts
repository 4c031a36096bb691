import type { Answer, Call } from './exchange.ts';

/** How the parts that answers need are doing. */
export interface Readiness {
  readonly store: boolean;
  readonly draining: boolean;
  /** By system id. A system that is out of order does not make this server unready: the others are still served, and every replica shares it. */
  readonly systems: Readonly<Record<string, 'closed' | 'open' | 'half-open'>>;
}

/** `/livez`: the process answers. */
export function answerAlive(): Promise<Answer> {
  return Promise.resolve(plain(200, '/livez', { status: 'alive' }));
}

/** `/readyz`: 200 while requests can be answered, else 503. */
export async function answerReady(probe: () => Promise<Readiness>): Promise<Answer> {
  const { store, draining, systems } = await probe();
  const ready = store && !draining;
  const status = draining ? 'draining' : store ? 'ready' : 'waiting for the store';
  return plain(ready ? 200 : 503, '/readyz', { status, store: store ? 'up' : 'down', systems: circuits(systems) });
}

function circuits(systems: Readiness['systems']): Record<string, string> {
  return Object.fromEntries(Object.entries(systems).map(([id, circuit]) => [id, `circuit ${circuit}`]));
}

function plain(status: number, route: string, value: unknown): Answer {
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };
  return { status, headers, body: `${JSON.stringify(value)}\n`, route };
}

/** Whether a call only reads. */
export function isRead(call: Call): boolean {
  return call.method === 'GET' || call.method === 'HEAD';
}
