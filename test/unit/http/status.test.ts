import { describe, expect, it } from '@jest/globals';
import { statusDocument } from '../../../src/http/status.ts';
import type { ServerState, SystemState } from '../../../src/http/index.ts';
import { serverState, systemState } from '../../support/server-state.ts';

const ofServer = (changes: Partial<ServerState>): readonly string[] => statusDocument(serverState(changes)).degraded;
const ofSystem = (changes: Partial<SystemState>, nowMs = 0): readonly string[] =>
  statusDocument(serverState({ nowMs, systems: [systemState(changes)] })).systems[0]?.degraded ?? [];
const pool = { open: 10, idle: 0, waiting: 0, max: 10 };

const asExpected = { comparedMs: 0, closed: [], without: [], undeclared: { places: 0, values: 0 } };

describe('what is degraded', () => {
  it('nothing, where all is well', () => {
    expect(ofServer({})).toEqual([]);
    expect(ofSystem({})).toEqual([]);
    expect(ofServer({ nowMs: 1_800_000, linksAsOfMs: 0, linksEveryMs: 600_000 })).toEqual([]);
    expect(ofSystem({ pool })).toEqual([]);
  });

  it.each<[Partial<ServerState>, RegExp]>([
    [{ store: { isUp: false, pool } }, /store does not answer/],
    [{ status: 'waiting for links between patients' }, /was never read from the systems/],
    [{ status: 'draining' }, /stopping/],
    [{ audit: { pending: 0, failing: true } }, /audit record could not be written/],
    [{ nowMs: 1_800_001, linksAsOfMs: 0, linksEveryMs: 600_000 }, /Links between patients are late/],
  ])('the server: %j', (changes, expected) => {
    expect(ofServer(changes)).toEqual([expect.stringMatching(expected)]);
  });

  it.each<[Partial<SystemState>, RegExp]>([
    [{ circuit: 'open' }, /circuit is open/],
    [{ circuit: 'half-open' }, /circuit is half-open/],
    [{ expectations: { ...asExpected, closed: ['Patient'], without: [] } }, /lack what Patient cannot do without/],
    [{ expectations: { ...asExpected, closed: [], without: ['Patient.telecom'] } }, /Patient.telecom and the searches/],
    [{ pool: { ...pool, waiting: 3 } }, /3 requests wait for one of its 10/],
  ])('a system: %j', (changes, expected) => {
    expect(ofSystem(changes)).toEqual([expect.stringMatching(expected)]);
  });

  it('a system whose review is due, from the day after', () => {
    expect(ofSystem({}, Date.parse('2027-01-31T23:59:59Z'))).toEqual([]);
    expect(ofSystem({}, Date.parse('2027-02-01T00:00:00Z'))).toEqual([expect.stringMatching(/review/)]);
  });
});
