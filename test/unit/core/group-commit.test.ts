import { describe, expect, it } from '@jest/globals';
import { createGroupCommit, fixedClock, type GroupCommitOptions, type GroupRefusal } from '../../../src/core/index.ts';

class Refused extends Error {
  readonly reason: GroupRefusal;
  constructor(reason: GroupRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/** Writes that end when the test says so; an item weighs as much as it is long. */
function harness(more: Partial<GroupCommitOptions<string, readonly string[]>> = {}) {
  const writes: { items: readonly string[]; end: (failure?: Error) => void }[] = [];
  const written: number[] = [];
  const group = createGroupCommit<string, readonly string[]>({
    write: (items) =>
      new Promise((resolve, reject) => {
        const end = (failure?: Error): void => {
          if (failure === undefined) resolve(items);
          else reject(failure);
        };
        writes.push({ items: [...items], end });
      }),
    clock: fixedClock('2026-03-01T10:00:00Z'),
    onWritten: (items) => void written.push(items),
    onFailed: () => undefined,
    refuse: (reason) => new Refused(reason),
    weigh: (item) => item.length,
    ...{ inFlightMax: 1, groupMax: 10, pendingMax: 30, timeoutMs: 60_000 },
    ...more,
  });
  return { group, writes, written };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function quiet(): Promise<void> {
  for (let turns = 0; turns < 10; turns += 1) await turn();
}

const outcome = (promise: Promise<readonly string[]>): Promise<string> =>
  promise.then(
    (items) => items.join('+'),
    (error: unknown) => (error instanceof Refused ? error.reason : 'defect'),
  );

describe('group commit', () => {
  it('writes together what came together, and gives each the outcome of its write', async () => {
    const { group, writes, written } = harness();
    const added = ['one', 'two'].map((item) => outcome(group.add(item)));
    await quiet();
    expect(writes.map(({ items }) => items)).toEqual([['one', 'two']]);
    writes[0]?.end();
    expect(await Promise.all(added)).toEqual(['one+two', 'one+two']);
    expect(written).toEqual([2]);
  });

  it('holds no more in a write than it may weigh, and writes alone what weighs more', async () => {
    const { group, writes } = harness();
    const added = ['aaaa', 'bbbb', 'cccc', 'x'.repeat(12), 'd'].map((item) => outcome(group.add(item)));
    for (let at = 0; at < 4; at += 1) {
      await quiet();
      writes[at]?.end();
    }
    expect(await Promise.all(added)).toEqual(['aaaa+bbbb', 'aaaa+bbbb', 'cccc', 'x'.repeat(12), 'd']);
  });

  it('refuses what would be too much to wait, and takes one that alone is too much', async () => {
    const { group, writes } = harness();
    const large = outcome(group.add('x'.repeat(31)));
    expect(await outcome(group.add('y'))).toBe('too-many');
    await quiet();
    writes[0]?.end();
    expect(await large).toBe('x'.repeat(31));
    await quiet();
    const next = outcome(group.add('z'));
    await quiet();
    writes[1]?.end();
    expect(await next).toBe('z');
  });

  it('refuses those of a write that failed, and goes on', async () => {
    const { group, writes } = harness();
    const first = outcome(group.add('first'));
    await quiet();
    writes[0]?.end(new Error('disk full'));
    expect(await first).toBe('failed');
    expect(group.health().failing).toBe(true);
    await quiet();
    const second = outcome(group.add('second'));
    await quiet();
    writes[1]?.end();
    expect(await second).toBe('second');
    expect(group.health()).toEqual({ pending: 0, failing: false });
  });

  it('takes nothing more once it is closed, and ends when all is written', async () => {
    const { group, writes } = harness();
    const last = outcome(group.add('last'));
    const closed = group.close().then(() => 'closed');
    expect(await outcome(group.add('late'))).toBe('closing');
    await quiet();
    writes[0]?.end();
    expect(await Promise.all([last, closed])).toEqual(['last', 'closed']);
  });
});
