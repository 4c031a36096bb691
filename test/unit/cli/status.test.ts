import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { showStatus } from '../../../src/cli/status.ts';
import { statusDocument } from '../../../src/http/status.ts';
import type { ServerState } from '../../../src/http/index.ts';
import { feedState, serverState, systemState } from '../../support/server-state.ts';

const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

/** A port on which every request gets this body. */
async function answering(status: number, body: string): Promise<number> {
  const server = createServer((_, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function run(port: number, json = false): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const code = await showStatus({ host: '127.0.0.1', port, json, print: (line) => (text += line) });
  return { code, text };
}

const runOn = async (state: ServerState, json = false) =>
  run(await answering(200, JSON.stringify(statusDocument(state))), json);

describe('fascia status', () => {
  it('says who owns each system, how it does and how old links are', async () => {
    const ehr = systemState({ lastSuccessMs: 57_000 });
    const { code, text } = await runOn(serverState({ linksAsOfMs: 0, systems: [ehr, systemState({ id: 'lab' })] }));
    expect(code).toBe(0);
    expect(text).toMatch(/^Fascia 0\.0\.0 at http:\/\/127\.0\.0\.1:\d+: ready/);
    expect(text).toContain('links between patients 60 s old');
    expect(text).toContain('ehr (The records): circuit closed, answered 3 s ago');
    expect(text).toContain('lab (The records): circuit closed, has not answered since the start');
    expect(text).toContain('owner Records office; steward Dr Stewart; records@example.org; office hours');
    expect(text).not.toContain('!');
  });

  it('ends with 2 and says why where something is degraded', async () => {
    const { code, text } = await runOn(serverState({ systems: [systemState({ circuit: 'open' })] }));
    expect(code).toBe(2);
    expect(text).toContain('  ! Its circuit is open: what needs it is refused with 503.');
    expect((await runOn(serverState({ audit: { pending: 3, failing: true } }))).code).toBe(2);
  });

  it('lists what of the rows could not be mapped, for stewards; nothing is degraded by it', async () => {
    const rows = {
      damaged: [{ branch: 'p', element: 'Patient.birthDate', reason: 'no such day', times: 3 }],
      unmapped: [{ branch: 'p', element: 'Patient.gender', times: 2 }],
    };
    const expectations = { comparedMs: 0, closed: [], without: [], undeclared: { places: 2, values: 7 } };
    const { code, text } = await runOn(serverState({ systems: [systemState({ rows, expectations })] }));
    expect(code).toBe(0);
    expect(text).toContain('  3 × left out: Patient.birthDate (p), no such day');
    expect(text).toContain('  2 × a code without a map: Patient.gender (p)');
    expect(text).toContain('  7 × no code of its module, in 2 columns of its newest rows: fascia check ehr');
  });

  it('says what feeds brought, what is set aside, and which of them are silent', async () => {
    const count = { reason: undefined, oldestAtMs: 0 };
    const messages = [
      { ...count, state: 'mapped', messages: 40 },
      { ...count, state: 'quarantined', reason: 'batch', messages: 2 },
    ] as const;
    const state = serverState({
      feeds: [
        feedState({ counted: { atMs: 60_000, newestMs: 57_000, messages } }),
        feedState({ id: 'lab', port: undefined, isSilent: true }),
      ],
    });
    const { code, text } = await runOn(state);
    expect(code).toBe(2);
    expect(text).toContain('adt (Admissions): feed, listening on port 2575, newest message 3 s ago');
    expect(text).toContain('  40 × mapped\n  2 × quarantined: batch\n  serves: who is written to');
    expect(text).toContain('  ! 2 of its messages are in quarantine: fascia inbox list --state quarantined.');
    expect(text).toContain('lab (Admissions): feed, not listened for, no message yet');
    expect(text).toContain('  ! It is silent: nothing has come yet, which is longer than it should.');
    expect((await runOn(serverState({ feeds: [feedState()] }))).code).toBe(0);
  });

  it('says when a message waits too long for its turn', async () => {
    const messages = [{ state: 'queued', reason: undefined, messages: 1, oldestAtMs: 0 }] as const;
    const counted = { atMs: 15 * 60_000, newestMs: 0, messages };
    const feeds = [feedState({ counted })];
    expect((await runOn(serverState({ feeds, nowMs: 15 * 60_000 }))).code).toBe(0);
    const { code, text } = await runOn(serverState({ feeds, nowMs: 15 * 60_000 + 1 }));
    expect([code, text]).toEqual([2, expect.stringContaining('has waited since 1970-01-01T00:00:00.000Z')]);
  });

  it('says when messages could not be counted', async () => {
    const feeds = [feedState({ counted: { atMs: 0, newestMs: 0, messages: [] } })];
    const { code, text } = await runOn(serverState({ feeds, nowMs: 2 * 60_000 + 1 }));
    expect([code, text]).toEqual([2, expect.stringContaining('could not be counted since 1970-01-01T00:00:00.000Z')]);
  });

  it('prints the whole document as JSON', async () => {
    const state = serverState({ linksAsOfMs: 5 });
    const { code, text } = await runOn(state, true);
    expect(code).toBe(0);
    expect(JSON.parse(text)).toEqual(statusDocument(state));
  });

  it('ends with 3 and says so where no server runs, or something else does', async () => {
    const port = await answering(200, '');
    open.splice(0)[0]?.close();
    const none = await run(port);
    expect(none).toEqual({
      code: 3,
      text: expect.stringMatching(/^No server answers at http.*fascia start/) as unknown,
    });
    const json = await run(port, true);
    expect(json.code).toBe(3);
    expect(JSON.parse(json.text)).toMatchObject({ status: 'not running' });
    for (const [status, body] of [
      [200, 'hello'],
      [200, '{}'],
      [404, '{"systems":[]}'],
      [302, ''],
    ] as const) {
      const other = await run(await answering(status, body));
      expect(other).toEqual({ code: 3, text: expect.stringContaining('No server answers') as unknown });
    }
  });
});
