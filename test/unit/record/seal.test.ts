import { describe, expect, it } from '@jest/globals';
import type { Chunk, Entry } from '../../../src/contracts/index.ts';
import { sealChunks, type Block } from '../../../src/record/run/seal.ts';

/** Blocks of entries with texts of these lengths. */
function blocksOf(lengths: readonly (readonly number[])[]): readonly Block[] {
  let id = 0;
  return lengths.map((block, i) => ({
    entries: block.map((length): Entry => ({
      ...{ type: 'Patient', mode: 'match', patients: [] },
      id: `p.${String((id += 1))}`,
      text: 'x'.repeat(length),
    })),
    issues: [{ code: 'exception', diagnostics: `block ${String(i)}` }],
    ...(i === 0 ? { total: 7 } : {}),
    next: { branches: { p: { phase: 'values', at: [String(i)] } } },
    systems: [`s${String(i)}`],
  }));
}

async function seal(blocks: readonly Block[], max: number): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of sealChunks(streamOf(blocks), max)) chunks.push(chunk);
  return chunks;
}

async function* streamOf(blocks: readonly Block[]): AsyncGenerator<Block> {
  for (const block of blocks) yield await Promise.resolve(block);
}

const sizes = [[[]], [[5]], [[5, 5, 5], [5]], [[1, 9, 1, 30, 1], [], [2, 2]], [[10, 10], [10, 10], [10]]];

describe('sealed chunks', () => {
  it('hold every entry and issue once and in order, within the bound', async () => {
    for (const lengths of sizes) {
      const blocks = blocksOf(lengths);
      for (let max = 1; max < 45; max += 1) {
        const chunks = await seal(blocks, max);
        expect(chunks.flatMap(({ entries }) => entries)).toEqual(blocks.flatMap(({ entries }) => entries));
        expect(chunks.flatMap(({ issues }) => issues)).toEqual(blocks.flatMap(({ issues }) => issues));
        for (const { entries } of chunks)
          expect(entries.length <= 1 || entries.reduce((sum, { text }) => sum + text.length, 0) <= max).toBe(true);
      }
    }
  });

  it('are as few as their order allows, and none of several is empty', async () => {
    const counts = async (max: number): Promise<readonly number[]> =>
      (await seal(blocksOf([[10, 10], [10, 10], [10]]), max)).map(({ entries }) => entries.length);
    expect(await counts(9)).toEqual([1, 1, 1, 1, 1]);
    expect(await counts(20)).toEqual([2, 2, 1]);
    expect(await counts(30)).toEqual([3, 2]);
    expect(await counts(50)).toEqual([5]);
    expect((await seal(blocksOf([[]]), 9)).map(({ entries }) => entries.length)).toEqual([0]);
  });

  it('tell the total first, the next page last, which is the last one, and the systems of each', async () => {
    const chunks = await seal(blocksOf([[10, 10], [10, 10], [10]]), 10);
    expect(chunks.map(({ total }) => total)).toEqual([7, ...Array<undefined>(4)]);
    expect(chunks.map(({ last }) => last)).toEqual([false, false, false, false, true]);
    expect(chunks.map(({ next }) => next?.branches['p']?.at)).toEqual([...Array<undefined>(4), ['2']]);
    expect(chunks.map(({ systems }) => systems)).toEqual([['s0'], ['s0'], ['s1'], ['s1'], ['s2']]);
  });
});
