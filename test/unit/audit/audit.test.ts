import { describe, expect, it } from '@jest/globals';
import { createAudit, type AuditOptions } from '../../../src/audit/index.ts';
import type { Access, AuditRecord, Chunk, Entry, Plan, RequestFacts } from '../../../src/contracts/index.ts';
import { Fault, fixedClock, type NamedEvent } from '../../../src/core/index.ts';

const clock = fixedClock('2026-03-01T10:00:00Z');
const access: Access = { reach: { is: 'open' }, agent: 'loopback' };
const plan: Plan = {
  interaction: 'search',
  type: 'Observation',
  where: [],
  summary: 'false',
  count: 20,
  total: 'none',
  includes: [],
  ignored: [],
};
const facts = (requestId: string): RequestFacts => ({ requestId, query: 'Observation?patient=ehr.1' });

function entry(type: Entry['type'], id: string, patients: readonly string[], versionId?: string): Entry {
  return { type, id, mode: 'match', text: '{}', patients, ...(versionId === undefined ? {} : { versionId }) };
}

function chunk(...entries: Entry[]): Chunk {
  return { entries, issues: [], systems: ['ehr', 'rx'], last: true };
}

/** An append whose inserts end when the test says so. */
function harness(more: Partial<AuditOptions> = {}) {
  const inserts: { ids: string[]; end: (failure?: Error) => void }[] = [];
  const events: NamedEvent[] = [];
  const append = (records: readonly AuditRecord[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const end = (failure?: Error): void => {
        if (failure === undefined) resolve();
        else reject(failure);
      };
      inserts.push({ ids: records.map(({ requestId }) => requestId), end });
    });
  const audit = createAudit({ append, clock, emit: (event) => events.push(event), ...more });
  const disclose = (id: string): Promise<void> => audit.disclosed(facts(id), access, plan, chunk());
  return { audit, disclose, inserts, events };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** More turns of the event loop than a group waits. */
async function quiet(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await turn();
}

async function outcome(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => 'durable',
    (error: unknown) => (error instanceof Fault ? error.code : 'defect'),
  );
}

async function isPending(promise: Promise<void>): Promise<boolean> {
  return Promise.race([
    promise.then(
      () => false,
      () => false,
    ),
    quiet().then(() => true),
  ]);
}

describe('audit records', () => {
  async function recorded(write: (audit: ReturnType<typeof createAudit>) => Promise<void>): Promise<AuditRecord[]> {
    const all: AuditRecord[] = [];
    const append = (records: readonly AuditRecord[]): Promise<void> => {
      all.push(...records);
      return Promise.resolve();
    };
    await write(createAudit({ append, clock, emit: () => undefined }));
    return all;
  }

  it('says who saw what of whom', async () => {
    const entries = [
      entry('Observation', 'lab.1', ['ehr.1'], 'ab'),
      entry('Observation', 'lab.2', ['ehr.1']),
      entry('Patient', 'ehr.1', ['ehr.1', 'ehr.2']),
      entry('Organization', 'dep.1', []),
    ];
    expect(await recorded((audit) => audit.disclosed(facts('r'), access, plan, chunk(...entries)))).toEqual([
      {
        requestId: 'r',
        atMs: clock.nowMs(),
        agent: 'loopback',
        action: 'disclosed',
        interaction: 'search',
        type: 'Observation',
        query: 'Observation?patient=ehr.1',
        patients: ['ehr.1', 'ehr.2'],
        instances: ['Observation/lab.1/_history/ab', 'Observation/lab.2', 'Patient/ehr.1', 'Organization/dep.1'],
        systems: ['ehr', 'rx'],
        status: 200,
        last: true,
      },
    ]);
  });

  it('writes one record for a refusal and one for a failure', async () => {
    const refused = await recorded((audit) =>
      audit.ended(facts('r'), undefined, { code: 'access.login', status: 401 }),
    );
    expect(refused).toMatchObject([
      { action: 'refused', agent: 'unverified', status: 401, fault: 'access.login', instances: [], last: true },
    ]);
    const failed = await recorded((audit) => audit.ended(facts('r'), access, { code: 'system.timeout', status: 504 }));
    expect(failed).toMatchObject([{ action: 'failed', agent: 'loopback', status: 504, fault: 'system.timeout' }]);
  });
});

describe('group commit', () => {
  it('waits while a group grows, but not for long: those who come later are in the next', async () => {
    const { disclose, inserts } = harness();
    const waiting = [disclose('0'), disclose('1')];
    for (let more = 2; more < 20; more += 1) {
      await turn();
      waiting.push(disclose(String(more)));
    }
    await quiet();
    const [first] = inserts;
    expect(inserts).toHaveLength(1);
    expect(first?.ids.length).toBeGreaterThan(2);
    expect(first?.ids.length).toBeLessThan(10);
    first?.end();
    await quiet();
    inserts[1]?.end();
    await Promise.all(waiting);
    expect(inserts.flatMap(({ ids }) => ids)).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });

  it('sends one record at once', async () => {
    const { disclose, inserts } = harness();
    const only = disclose('a');
    await turn();
    expect(inserts).toHaveLength(1);
    inserts[0]?.end();
    await only;
  });

  it('writes records of concurrent requests in one insert, and what arrives meanwhile in the next', async () => {
    const { disclose, inserts } = harness();
    const first = [disclose('a'), disclose('b')];
    await quiet();
    const second = [disclose('c'), disclose('d'), disclose('e')];
    await quiet();
    expect(inserts.map(({ ids }) => ids)).toEqual([['a', 'b']]);
    expect(await isPending(first[0]!)).toBe(true);
    inserts[0]!.end();
    await Promise.all(first);
    expect(await isPending(second[0]!)).toBe(true);
    expect(inserts.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['c', 'd', 'e'],
    ]);
    inserts[1]!.end();
    await Promise.all(second);
  });

  it('keeps to its bounds of inserts in flight and of records in one insert', async () => {
    const { disclose, inserts } = harness({ inFlightMax: 2, groupMax: 2 });
    const all = Array.from('abcdefg', (id) => disclose(id));
    await quiet();
    expect(inserts.map(({ ids }) => ids)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    for (let n = 0; n < 4; n += 1) {
      inserts[n]!.end();
      await quiet();
    }
    await Promise.all(all);
    expect(inserts.map(({ ids }) => ids).slice(2)).toEqual([['e', 'f'], ['g']]);
  });

  it('refuses all of a failed insert and nothing else, without a word of the database', async () => {
    const { audit, disclose, inserts, events } = harness();
    const failing = [disclose('a'), disclose('b')].map(outcome);
    await quiet();
    const next = disclose('c');
    const cause = Object.assign(new Error('relation "audit_record" holds ehr.1'), { code: '53100' });
    inserts[0]!.end(new Fault('store.unavailable', 'gone', { cause }));
    expect(await Promise.all(failing)).toEqual(['audit.unavailable', 'audit.unavailable']);
    await quiet();
    expect(audit.health()).toEqual({ pending: 1, failing: true });
    inserts[1]!.end();
    expect(await outcome(next)).toBe('durable');
    expect(audit.health()).toEqual({ pending: 0, failing: false });
    expect(events).toEqual([
      { event: 'audit.failed', reason: '53100' },
      { event: 'audit.written', records: 1, ms: 0 },
    ]);
  });

  it('gives up what is not durable in time, and writes nothing of it afterwards', async () => {
    const { disclose, inserts, events } = harness({ timeoutMs: 1 });
    const stuck = outcome(disclose('a'));
    await quiet();
    const waiting = outcome(disclose('b'));
    expect(await stuck).toBe('audit.unavailable');
    expect(await waiting).toBe('audit.unavailable');
    inserts[0]!.end();
    await quiet();
    while (inserts.length < 2) {
      disclose('c').catch(() => undefined);
      await quiet();
    }
    expect(new Set(inserts[1]!.ids)).toEqual(new Set(['c']));
    expect(events).toContainEqual({ event: 'audit.failed', reason: 'timeout' });
  });

  it('refuses at its bound of waiting records, and recovers', async () => {
    const { disclose, inserts } = harness({ pendingMax: 2 });
    const held = [disclose('a'), disclose('b')];
    expect(await outcome(disclose('c'))).toBe('audit.unavailable');
    await quiet();
    inserts[0]!.end();
    await Promise.all(held);
    await quiet();
    const after = disclose('d');
    await quiet();
    inserts[1]!.end();
    expect(await outcome(after)).toBe('durable');
  });

  it('writes what waits before it closes, and refuses what comes after', async () => {
    const { audit, disclose, inserts } = harness();
    const first = disclose('a');
    await quiet();
    const second = disclose('b');
    const closed = audit.close();
    expect(await outcome(disclose('c'))).toBe('audit.unavailable');
    inserts[0]!.end();
    await first;
    expect(await isPending(closed)).toBe(true);
    inserts[1]!.end();
    await Promise.all([second, closed, audit.close()]);
    await harness().audit.close();
  });
});
