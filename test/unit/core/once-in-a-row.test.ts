import { beforeEach, describe, expect, it } from '@jest/globals';
import { onceInARow } from '../../../src/core/index.ts';

describe('onceInARow', () => {
  const asked: string[] = [];
  const double = onceInARow((key: string): string => {
    asked.push(key);
    if (key === 'bad') throw new Error('bad');
    return key + key;
  });
  beforeEach(() => {
    asked.length = 0;
  });

  it('asks once for equal keys that follow each other, and anew for the next one', () => {
    expect(['a', 'a', 'b', 'a'].map(double)).toEqual(['aa', 'aa', 'bb', 'aa']);
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('remembers a value that is undefined', () => {
    let times = 0;
    const find = onceInARow((): undefined => void (times += 1));
    find(undefined);
    find(undefined);
    expect(times).toBe(1);
  });

  it('asks again after a failure, and keeps what it knew before', () => {
    expect(double('c')).toBe('cc');
    expect(() => double('bad')).toThrow('bad');
    expect(() => double('bad')).toThrow('bad');
    expect(double('c')).toBe('cc');
    expect(asked).toEqual(['c', 'bad', 'bad']);
  });
});
