import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mutants } from './mutants.ts';

const root = dirname(dirname(import.meta.dirname));

describe('mutants', () => {
  it.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s: still fits the source (when the code moved, move the edit in mutants.ts along)',
    (_name, { file, find, replace }) => {
      const source = readFileSync(join(root, file), 'utf8');
      expect(source.split(find).length - 1).toBe(1);
      expect(source.replace(find, () => replace)).not.toBe(source);
    },
  );

  it('have names of their own', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });
});
