import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareKeys, mergeStreams, type Stream } from '../../../src/record/run/merge.ts';
import { linkPersons } from '../../../src/record/persons/graph.ts';

const stream = (of: string, keys: readonly number[]): Stream<string> => ({
  of,
  rows: keys.map((key) => [String(key), of]),
  keyOf: (row) => Number(row[0]),
});

describe('mergeStreams', () => {
  it('gives the rows of all streams in key order, ties by stream, and says what is left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 9 })), { maxLength: 4 }),
        fc.nat(20),
        fc.boolean(),
        (lists, count, descending) => {
          const sign = descending ? -1 : 1;
          const streams = lists.map((keys, i) =>
            stream(
              String(i),
              keys.toSorted((a, b) => sign * (a - b)),
            ),
          );
          const merged = mergeStreams(streams, count, descending);
          const all = streams.flatMap((s) => s.rows).toSorted((a, b) => sign * (Number(a[0]) - Number(b[0])));
          expect(merged.taken.map((t) => t.row)).toEqual(all.slice(0, count));
          const taken = (of: string): number => merged.taken.filter((t) => t.of === of).length;
          expect([...merged.left].sort()).toEqual(
            streams
              .filter((s) => s.rows.length > taken(s.of))
              .map((s) => s.of)
              .sort(),
          );
        },
      ),
    );
  });

  it('compares texts by code point, as the databases do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
  });
});

describe('linkPersons', () => {
  const member = (name: string): { branch: string; key: string[] } => ({ branch: 'p', key: [name] });
  const link = (from: string, to: string): { from: ReturnType<typeof member>; to: ReturnType<typeof member> } => ({
    from: member(from),
    to: member(to),
  });
  const names = (links: readonly ReturnType<typeof link>[]): string[] =>
    linkPersons(links).persons.map((members) => members.map((m) => m.key[0]).join('<'));

  it('follows chains of merges to the survivor', () => {
    expect(names([link('a', 'b'), link('b', 'c')])).toEqual(['c<a<b']);
  });

  it('never merges a member that leads to two survivors', () => {
    const linked = linkPersons([link('x', 'a'), link('x', 'b')]);
    expect(linked.persons).toEqual([]);
    expect(linked.conflicts).toHaveLength(2);
  });

  it('breaks cycles instead of choosing a survivor', () => {
    const linked = linkPersons([link('a', 'b'), link('b', 'a')]);
    expect(linked.persons).toEqual([]);
    expect(linked.conflicts.length).toBeGreaterThan(0);
  });

  it('accepts the same survivor found on two ways', () => {
    expect(names([link('x', 'a'), link('x', 'b'), link('b', 'a')])).toEqual(['a<b<x']);
  });
});
