import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Fault } from '../../../src/core/index.ts';
import { allows, canEnter } from '../../../src/store/embedded/account.ts';
import { withHomeLock } from '../../../src/store/embedded/home-lock.ts';
import { ownAttachment, readHomeState, withoutOwn, writeHomeState } from '../../../src/store/embedded/home-state.ts';
import { isServerOf, readPidFile } from '../../../src/store/embedded/pid-file.ts';
import { processBirth } from '../../../src/store/embedded/process-birth.ts';
import {
  identifierParts,
  keyParts,
  keyText,
  listEntries,
  listText,
  memberOf,
  memberText,
} from '../../../src/store/link-text.ts';
import { groupReads } from '../../../src/store/grouped-reads.ts';
import { openFailure } from '../../../src/store/open-failure.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fascia-parts-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('grouped reads', () => {
  const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('join what is asked for while one is under way, and never join that one', async () => {
    const reads: { readonly keys: readonly number[]; readonly end: (failure?: Error) => void }[] = [];
    const read = groupReads(
      (keys: readonly number[]) =>
        new Promise<readonly number[]>((resolve, reject) => {
          const end = (failure?: Error): void => {
            if (failure === undefined) resolve(keys);
            else reject(failure);
          };
          reads.push({ keys, end });
        }),
    );
    const first = read([1]);
    const [second, third] = [read([2, 3]), read([4])];
    const large = read(Array.from({ length: 101 }, (_, i) => i));
    expect(reads.map(({ keys }) => keys.length)).toEqual([1, 101]);
    reads[0]?.end();
    expect(await first).toEqual([1]);
    await tick();
    expect(reads[2]?.keys).toEqual([2, 3, 4]);
    const fifth = read([5]);
    reads[2]?.end(new Error('gone'));
    await expect(second).rejects.toThrow('gone');
    await expect(third).rejects.toThrow('gone');
    await tick();
    reads[3]?.end();
    expect(await fifth).toEqual([5]);
    reads[1]?.end();
    expect(await large).toHaveLength(101);
    const sixth = read([6]);
    expect(reads[4]?.keys).toEqual([6]);
    reads[4]?.end();
    await sixth;
  });
});

describe('processes', () => {
  it('are told apart by pid and birth, and gone when they ended', async () => {
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const birth = processBirth(child.pid ?? 0);
    expect(birth).toBeDefined();
    expect(processBirth(child.pid ?? 0)).toBe(birth);
    expect(processBirth(process.pid)).not.toBe(birth);
    expect(isServerOf(child.pid ?? 0, folder)).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(processBirth(child.pid ?? 0)).toBeUndefined();
    expect(processBirth(0)).toBeUndefined();
    expect(processBirth(Number.NaN)).toBeUndefined();
  });
});

describe('the lock of a home', () => {
  it('lets one in at a time, also within one process and after a failure', async () => {
    const file = join(folder, 'lock');
    const steps: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      steps.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(`${name} out`);
      if (name === 'b') throw new Error('b fails');
    };
    await Promise.allSettled(['a', 'b', 'c'].map((name) => withHomeLock(file, work(name))));
    for (let n = 0; n < steps.length; n += 2) expect(steps[n + 1]).toBe(steps[n]?.replace('in', 'out'));
    expect(steps).toHaveLength(6);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('says what is wrong with a home that cannot hold it', async () => {
    const missing = withHomeLock(join(folder, 'none', 'lock'), () => Promise.resolve());
    await expect(missing).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining('FASCIA_HOME'),
    });
    writeFileSync(
      join(folder, 'text'),
      'this file is not a lock, and longer than a header of one hundred bytes, so that nobody can take it for one',
    );
    await expect(withHomeLock(join(folder, 'text'), () => Promise.resolve())).rejects.toMatchObject({
      code: 'config.invalid',
    });
  });
});

describe('the state of a home', () => {
  it('keeps live attachments, privately, and drops dead ones and reused pids', () => {
    const own = ownAttachment();
    const gone = { pid: process.pid, birth: 'earlier' };
    writeHomeState(folder, { place: '/somewhere', attached: [own, gone, own, { pid: 2 ** 22 + 1, birth: '' }] });
    expect(readHomeState(folder)).toEqual({ place: '/somewhere', attached: [own, own] });
    expect(statSync(join(folder, 'database.json')).mode & 0o777).toBe(0o600);
    expect(withoutOwn([own, own])).toEqual([own]);
    expect(withoutOwn([gone, { pid: 1, birth: 'x' }])).toEqual([{ pid: 1, birth: 'x' }]);
  });

  it('is none where it is missing or damaged', () => {
    expect(readHomeState(join(folder, 'none'))).toBeUndefined();
    for (const text of ['', '{', '{}', '[]', 'null', '{"place":1,"attached":[]}', '{"place":"/x","attached":7}']) {
      writeFileSync(join(folder, 'database.json'), text);
      expect(readHomeState(folder)).toBeUndefined();
    }
    expect(readPidFile(folder)).toBeUndefined();
  });
});

describe('who may enter', () => {
  it('is decided by the bits for owner, group and others, of the folder and of all above it', () => {
    const { uid, gid } = statSync(folder);
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    chmodSync(inner, 0o751);
    expect(allows(inner, { uid, gid: gid + 1 }, 0o7)).toBe(true);
    expect(allows(inner, { uid: uid + 1, gid }, 0o5)).toBe(true);
    expect(allows(inner, { uid: uid + 1, gid: gid + 1 }, 0o5)).toBe(false);
    expect(allows(inner, { uid: uid + 1, gid: gid + 1 }, 0o1)).toBe(true);
    expect(canEnter(inner, { uid: uid + 1, gid: gid + 1 })).toBe(false);
  });
});

describe('links as text', () => {
  it('round-trips keys, members and lists', () => {
    expect(keyParts(keyText(['1', '', 'A ']))).toEqual(['1', '', 'A ']);
    expect(memberOf(memberText({ branch: 'ehr', key: ['1', '2'] }))).toEqual({ branch: 'ehr', key: ['1', '2'] });
    expect(listEntries(listText(['{"a":"\\u001e"}', 'b']))).toEqual(['{"a":"\\u001e"}', 'b']);
    expect(listEntries(listText([]))).toEqual([]);
  });

  it('takes system and value of an Identifier, and leaves out what no index holds', () => {
    expect(identifierParts('{"use":"usual","system":"urn:mrn","value":"7"}')).toEqual({
      system: 'urn:mrn',
      value: '7',
    });
    expect(identifierParts('{"value":"7"}')).toEqual({ system: '', value: '7' });
    expect(identifierParts('{"value":"7\\u0000"}')).toBeUndefined();
    expect(identifierParts(JSON.stringify({ value: 'x'.repeat(3_000) }))).toBeUndefined();
  });
});

describe('a store that cannot be opened', () => {
  it('names the remedy and keeps the text of the database to itself', () => {
    const refused = openFailure(
      Object.assign(new Error('password authentication failed for user "root"'), { code: '28P01' }),
    );
    expect(refused).toMatchObject({
      code: 'store.unavailable',
      message: expect.stringMatching(/refuses the user or the password\. DATABASE_URL/),
    });
    expect(refused.message).not.toContain('root');
    expect(openFailure(new Error('odd')).message).toContain('the error unknown');
    expect(openFailure('odd')).toBeInstanceOf(Fault);
    expect(openFailure(null)).toBeInstanceOf(Fault);
    const fault = new Fault('config.invalid', 'old');
    expect(openFailure(fault)).toBe(fault);
  });
});
