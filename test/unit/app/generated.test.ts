import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { generatedFiles } from '../../../scripts/generated-files.ts';

describe('generated files', () => {
  it('are committed as they would be generated now; else run "npm run generate"', async () => {
    const different: string[] = [];
    for (const [file, text] of await generatedFiles()) {
      if (!existsSync(file) || readFileSync(file, 'utf8') !== text) different.push(file);
    }
    expect(different).toEqual([]);
  });
});
