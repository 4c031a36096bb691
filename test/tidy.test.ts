import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import ts from 'typescript';
import { FAULTS } from '../src/core/index.ts';

const root = dirname(import.meta.dirname);
const sources = globSync('{src,demo,bench,scripts,test}/**/*.ts', { cwd: root })
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.startsWith('test/golden/'));

const linesMax = 300;
const functionLinesMax = 70;
/** What an integration engineer has to read of a mapping at once. */
const mappingLinesMax = 199;
const bannedNames = /^(utils?|helpers?|common)(\.|-|$)/;

/** Absolute paths of one machine and addresses of one registry mean nothing to a reader elsewhere. */
const workplaceWords = [/(^|[\s'"`(=])\/(work|Users|home\/[a-z]|tmp\/[a-z])\b/m, /registry\.npmjs/];

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What git knows, or would take up: never what it ignores. */
function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));
}

describe('source files', () => {
  it(`have at most ${linesMax} lines`, () => {
    // Tests are fewer and larger files, because each file has its own start-up cost.
    const product = sources.filter((file) => !file.startsWith('test/'));
    expect(tooLong(product, linesMax)).toEqual([]);
  });

  it(`have at most ${mappingLinesMax} lines where they are part of a mapping`, () => {
    const mappings = globSync(['demo/site/mappings/**/*.ts', 'templates/**/*.ts'], { cwd: root });
    expect(mappings.length).toBeGreaterThan(0);
    expect(tooLong(mappings, mappingLinesMax)).toEqual([]);
  });

  it(`have functions of at most ${functionLinesMax} lines`, () => {
    expect(sources.filter((file) => !file.startsWith('test/')).flatMap(longFunctions)).toEqual([]);
  });

  it('have names that say what they hold', () => {
    const named = sources.flatMap((file) =>
      file
        .split('/')
        .filter((part) => bannedNames.test(part))
        .map(() => file),
    );
    expect(named).toEqual([]);
    expect(sources.filter((file) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.ts$/.test(basename(file)))).toEqual([]);
  });

  it('have a default export only where a module defines itself', () => {
    const allowed = /^(src\/mappings|demo\/site)\/[^/]+\/index\.ts$/;
    expect(
      sources.filter((file) => file.startsWith('src/') && !allowed.test(file) && /^export default /m.test(read(file))),
    ).toEqual([]);
  });
});

describe('the repository', () => {
  const inGit = existsSync(join(root, '.git'));

  (inGit ? it : it.skip)('speaks of no single machine or registry', () => {
    const text = /\.(ts|cjs|js|json|md|sh|sql|html|css|yml|yaml|http)$|(^|\/)\.[a-z]+rc$|\.ci\/run$/;
    const findings = projectFiles()
      .filter((file) => text.test(file) && !/^(test\/tidy\.test\.ts|package-lock\.json)$/.test(file))
      .flatMap((file) =>
        workplaceWords.filter((word) => word.test(read(file))).map((word) => `${file}: ${String(word)}`),
      );
    expect(findings).toEqual([]);
  });

  it('explains every failure in docs/errors.md, and no other', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([a-z.-]+)` +\| (\d{3}) +\| `([a-z-]+)` +\|/gm)].map(
      ([, code, status, issue]) => ({ code, status, issue }),
    );
    const faults = Object.entries(FAULTS).map(([code, { status, issue }]) => ({ code, status: String(status), issue }));
    const byCode = (left: { code?: string | undefined }, right: { code?: string | undefined }): number =>
      (left.code ?? '') < (right.code ?? '') ? -1 : 1;
    expect(rows.sort(byCode)).toEqual(faults.sort(byCode));
  });

  it('tells operators what to check and to do for every event and every failure, and for no other', () => {
    const [events = '', faults = ''] =
      read('docs/operations.md').split('\n## Events\n')[1]?.split('\n## Faults\n') ?? [];
    const row = /^\| `([a-z.-]+)` +\| +([^|]+?) +\| +([^|]+?) +\| +([^|]+?) +\|$/gm;
    const codesOf = (section: string): string[] => [...section.matchAll(row)].map(([, code = '']) => code).sort();
    const named = [...read('src/core/events.ts').matchAll(/event: '([a-z.-]+)'/g)].map(([, code = '']) => code);
    expect(codesOf(events)).toEqual(named.sort());
    expect(codesOf(faults)).toEqual(Object.keys(FAULTS).sort());
  });

  it('has changelog entries of one form', () => {
    const entries = globSync('changelog/unreleased/*.md', { cwd: root });
    expect(entries.length).toBeGreaterThan(0);
    const form = /^(Added|Changed|Deprecated|Removed|Fixed|Security): [A-Z][^\n]{10,120}[^.\n]\n(\n[^]+\n)?$/;
    expect(entries.filter((file) => !form.test(read(file)))).toEqual([]);
  });

  it('numbers its decisions once each', () => {
    const decisions = globSync('docs/adr/*.md', { cwd: root }).map((file) => basename(file));
    const numbers = decisions.map((file) => file.slice(0, 4));
    expect(decisions.filter((file) => !/^\d{4}-[a-z0-9-]+\.md$/.test(file))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

function tooLong(files: readonly string[], max: number): readonly { readonly file: string; readonly lines: number }[] {
  return files.map((file) => ({ file, lines: read(file).split('\n').length - 1 })).filter(({ lines }) => lines > max);
}

function longFunctions(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
      const last = source.getLineAndCharacterOfPosition(node.getEnd()).line;
      if (last - first + 1 > functionLinesMax) found.push(`${file}:${first + 1} has ${last - first + 1} lines`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
