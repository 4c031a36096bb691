/** `npm run generate`: writes what is generated and committed. `npm test` and `.ci/run` fail where it differs from what is committed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './generated-files.ts';

const root = dirname(import.meta.dirname);

for (const [file, text] of await generatedFiles()) {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(file);
}
