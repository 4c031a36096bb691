import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { Fault } from '../core/index.ts';

const byDefault = 'test/**/*.test.{ts,js}';

/**
 * `fascia test`: runs the tests of a site with Node's own runner (https://nodejs.org/api/test.html), on the Node that runs Fascia, because an older
 * one takes no TypeScript. In: patterns of files, the site's folder, and where the output goes.
 * Out: the exit code.
 */
export async function runTests(
  patterns: readonly string[],
  folder: string,
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<number> {
  const asked = patterns.length === 0 ? [byDefault] : patterns;
  const files = asked.flatMap((pattern) => globSync(pattern, { cwd: folder })).sort();
  if (files.length === 0)
    throw new Fault('site.refused', `No test is to be found here: looked for ${asked.join(', ')}.`);
  // A start takes seconds of a whole core; tests that start sites side by side would only wait for each other.
  const args = [...process.execArgv, '--test', '--test-concurrency=1', ...files];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: output });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
