import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Branch, Column, ColumnType, Sealer } from '../../../src/contracts/index.ts';
import { createIds } from '../../../src/record/ids.ts';

const column = (type: ColumnType): Column => ({ alias: 'x', name: 'K', type });
const branch = (prefix: string, maskKey: boolean, ...types: ColumnType[]): Branch => ({
  type: 'Patient',
  prefix,
  from: { alias: 'x', table: { name: 'X', columns: {} } },
  joins: [],
  key: types.map(column),
  maskKey,
  profiles: [],
  absentInSource: [],
  elements: {},
});
const hex: Sealer = {
  seal: (text) => text,
  open: (token) => token,
  mask: (text) => Buffer.from(text).toString('hex'),
  unmask: (masked) => Buffer.from(masked, 'hex').toString(),
};
const text = branch('t', false, { kind: 'text' }, { kind: 'text' });
const masked = branch('m', true, { kind: 'char', length: 20 });
const number = branch('n', false, { kind: 'integer' });
const ids = createIds(new Map([text, masked, number].map((b) => [b.prefix, b])), hex);

describe('ids are a pure, reversible function of branch and native key', () => {
  it('round-trips any text key within the id alphabet', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8, unit: 'binary' }), fc.string({ maxLength: 8 }), (a, b) => {
        fc.pre(!a.includes('\0') && !b.includes('\0'));
        const id = ids.write(text, [a, b]);
        if (id === undefined) return;
        expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
        expect(ids.read(id)).toEqual({ branch: text, key: [a, b] });
      }),
    );
  });

  it.each([
    'n.007',
    'n.-0',
    'n.99999999999999999999',
    'n.1-2',
    'n.',
    'n',
    'zz.1',
    't.a',
    't.%41-b',
    't..41-b',
    '.',
    '',
    'm.zz',
    'n.1x',
  ])('reads nothing from %s', (id) => {
    expect(ids.read(id)).toBeUndefined();
  });

  it('has no id for a key with a null part or beyond 64 characters', () => {
    expect(ids.write(text, ['a', null])).toBeUndefined();
    expect(ids.write(text, ['a'.repeat(70), 'b'])).toBeUndefined();
  });

  it('keeps 64-bit keys as written', () => {
    expect(ids.read('n..2d9223372036854775808')?.key).toEqual(['-9223372036854775808']);
    expect(ids.read('n.9223372036854775808')).toBeUndefined();
  });
});
