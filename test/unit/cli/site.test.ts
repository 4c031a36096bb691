import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { checkConfig, loadConfig } from '../../../src/app/index.ts';
import { addModule } from '../../../src/cli/edit-config.ts';
import { initSite } from '../../../src/cli/init.ts';
import { newMapping } from '../../../src/cli/new-mapping.ts';
import { quoted } from '../../../src/cli/stewardship.ts';
import { runTests } from '../../../src/cli/test.ts';

const day = '2026-11-25';
let folder: string;
let said: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fascia sites '));
});
afterAll(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
});

const filesIn = (site: string): string[] => globSync('**/*', { cwd: site }).filter((file) => file.includes('.'));
const read = (site: string, file: string): string => readFileSync(join(site, file), 'utf8');
const refused = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'site.refused', message: expect.stringMatching(message) as unknown });

describe('fascia init', () => {
  it('makes a site whose configuration and modules are valid, and says how it starts', async () => {
    initSite('my clinic', {}, folder, day);
    const site = join(folder, 'my clinic');
    const config = loadConfig({}, site);
    expect(await checkConfig(config)).toMatchObject({ modules: 1, types: ['Patient', 'Observation', 'Provenance'] });
    expect(config.access).toBe('open-loopback');
    expect(JSON.parse(read(site, 'package.json'))).toMatchObject({
      name: 'my-clinic',
      scripts: { start: 'fascia start', test: 'fascia test' },
    });
    expect(read(site, '.gitignore')).toContain('.fascia/');
    expect(said.join('\n')).toMatch(/cd "my clinic"\n {2}npm install\n {2}npm start/);
    const { dependencies } = JSON.parse(read(site, 'package.json')) as { dependencies: { fascia: string } };
    expect(existsSync(join(site, dependencies.fascia.replace(/^file:/, ''), 'package.json'))).toBe(true);
  });

  it('leaves whom nobody named a TODO, and the review due', () => {
    const index = read(join(folder, 'my clinic'), 'mappings/example/index.ts');
    expect(index.match(/'TODO /g)).toHaveLength(4);
    expect(index).toContain(`reviewDate: '${day}'`);
  });

  it('takes the package and the zone that it is told', () => {
    writeFileSync(join(folder, 'fascia-9.tgz'), '');
    initSite('told', { package: './fascia-9.tgz', timeZone: 'Europe/Vienna' }, folder, day);
    expect(JSON.parse(read(join(folder, 'told'), 'package.json'))).toMatchObject({
      dependencies: { fascia: 'file:../fascia-9.tgz' },
    });
    expect(loadConfig({}, join(folder, 'told')).timeZone).toBe('Europe/Vienna');
    initSite('versioned', { package: '9.9.9' }, folder, day);
    expect(read(join(folder, 'versioned'), 'package.json')).toContain('"fascia": "9.9.9"');
  });

  it('takes an empty folder, also one under version control, and refuses any other without touching it', () => {
    mkdirSync(join(folder, 'cloned', '.git'), { recursive: true });
    initSite('cloned', {}, folder, day);
    expect(filesIn(join(folder, 'cloned'))).toContain('fascia.config.json');
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine', 'notes.txt'), 'mine');
    expect(() => {
      initSite('mine', {}, folder, day);
    }).toThrow(refused(/mine is not empty \(it holds notes\.txt\).*--force/));
    expect(() => {
      initSite('mine/notes.txt/site', {}, folder, day);
    }).toThrow(refused(/site cannot be made a site \(ENOTDIR\)/));
    expect(filesIn(join(folder, 'mine'))).toEqual(['notes.txt']);
  });

  it('writes beside what a folder holds when it is forced, and over nothing', () => {
    initSite('mine', { force: true }, folder, day);
    expect(read(join(folder, 'mine'), 'notes.txt')).toBe('mine');
    writeFileSync(join(folder, 'mine', 'README.md'), 'my own');
    rmSync(join(folder, 'mine', 'package.json'));
    expect(() => {
      initSite('mine', { force: true }, folder, day);
    }).toThrow(refused(/would be written over: README\.md, fascia\.config\.json/));
    expect(read(join(folder, 'mine'), 'README.md')).toBe('my own');
    expect(existsSync(join(folder, 'mine', 'package.json'))).toBe(false);
  });
});

describe('fascia new-mapping', () => {
  const site = (): string => join(folder, 'my clinic');
  const add = (name: string, options = {}): Promise<void> =>
    newMapping(name, () => loadConfig({}, site()), options, day);

  it('adds a module that is valid beside the others, with the stewards that were named', async () => {
    const named = { owner: `Ward 3's "team" \\ €`, clinicalSteward: 'Dr $& Who', reviewDate: '2027-01-31' };
    await add('ward-3', named);
    expect(await checkConfig(loadConfig({}, site()))).toMatchObject({ modules: 2, branches: 3 });
    const { default: module } = (await import(join(site(), 'mappings/ward-3/index.ts'))) as {
      default: { stewardship: object };
    };
    expect(module.stewardship).toMatchObject({ ...named, contact: expect.stringMatching(/^TODO /) as unknown });
    expect(filesIn(site())).toContain('test/ward-3.test.ts');
    expect(read(site(), 'test/ward-3.test.ts')).not.toContain('new-mapping');
  });

  it('gives each module another prefix for ids', async () => {
    await add('ward-4');
    await add('ward-5');
    expect(await checkConfig(loadConfig({}, site()))).toMatchObject({ modules: 4, branches: 5 });
  });

  it.each([
    ['a name that is taken', 'ward-3', /has a module ward-3 already/],
    ['a name that is none', 'Ward 3', /cannot be a module's name/],
    ['a name that would leave the folder', '../x', /cannot be a module's name/],
  ])('refuses %s', async (_, name, message) => {
    const before = read(site(), 'fascia.config.json');
    await expect(add(name)).rejects.toEqual(refused(message));
    expect(read(site(), 'fascia.config.json')).toBe(before);
  });

  it('leaves the site as it was where files are in the way, or a date is none', async () => {
    const before = filesIn(site());
    mkdirSync(join(site(), 'mappings', 'lab'));
    writeFileSync(join(site(), 'mappings', 'lab', 'tables.ts'), '// mine');
    await expect(add('lab')).rejects.toEqual(refused(/mappings\/lab\/tables\.ts would be written over/));
    await expect(add('pharmacy', { reviewDate: 'soon' })).rejects.toThrow(/--review-date must be a date/);
    expect(filesIn(site()).filter((file) => !before.includes(file))).toEqual(['mappings/lab/tables.ts']);
  });

  it('works in a site only, not on the demo', async () => {
    const demo = (): ReturnType<typeof loadConfig> => loadConfig({}, process.cwd());
    await expect(newMapping('lab', demo, {}, day)).rejects.toEqual(refused(/There is no site here/));
  });
});

describe('fascia test', () => {
  it('says so where there is no test', async () => {
    await expect(runTests([], tmpdir())).rejects.toEqual(refused(/No test is to be found here/));
  });

  it('fails where a test fails', async () => {
    const tests = join(folder, 'tests');
    mkdirSync(tests);
    writeFileSync(join(tests, 'wrong.js'), 'process.exitCode = 1;');
    writeFileSync(join(tests, 'right.js'), '');
    expect(await runTests(['wrong.js'], tests, 'ignore')).toBe(1);
    expect(await runTests(['right.js'], tests, 'ignore')).toBe(0);
  });
});

describe('a module more in a configuration', () => {
  const entry = { id: 'lab', folder: './mappings/lab', system: { database: 'lab', sample: './lab.sql' } };
  const space = fc.constantFrom('', ' ', '\n', '\n  ', '\r\n\t', ' // why "x", ]}\n', '/* ,]} */');
  const text = fc
    .record({
      names: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 3 }),
      gaps: fc.array(space, { minLength: 40, maxLength: 40 }),
      isFirst: fc.boolean(),
    })
    .map(({ names, gaps, isFirst }) => {
      let at = 0;
      const gap = (): string => gaps[at++] ?? '';
      const list = (open: string, items: readonly string[], close: string): string =>
        `${open}${gap()}${items.map((item) => `${gap()}${item}${gap()}`).join(',')}${close}`;
      const modules = `"modules":${gap()}${list(
        '[',
        names.map((name) => JSON.stringify(`./${name}`)),
        ']',
      )}`;
      const systems = `"systems":${gap()}${list(
        '{',
        names.map((name) => `"${name}":${gap()}{ "url": "x" }`),
        '}',
      )}`;
      const both = isFirst ? [modules, systems] : [systems, modules];
      return `${gap()}{${gap()}${both.join(`,${gap()}`)}${gap()}}`;
    });

  it('is there, and everything that was written stays in its order', () => {
    fc.assert(
      fc.property(text, (before) => {
        const after = addModule(before, entry);
        const value = parse(before) as { modules: string[]; systems: Record<string, object> };
        expect(parse(after)).toEqual({
          modules: [...value.modules, entry.folder],
          systems: { ...value.systems, lab: entry.system },
        });
        expect(Object.keys((parse(after) as typeof value).systems).at(-1)).toBe('lab');
        // Nothing was taken away: what was there is a subsequence of what is there now.
        let at = 0;
        for (const character of after) if (character === before[at]) at += 1;
        expect(at).toBe(before.length);
      }),
    );
  });

  it('stands on a line of its own where the others do', () => {
    const before =
      '{\n  "modules": ["./a"], // one\n  "systems": {\n    // the first\n    "a": { "url": "x" } // last\n  }\n}\n';
    expect(addModule(before, entry)).toBe(
      '{\n  "modules": ["./a", "./mappings/lab"], // one\n  "systems": {\n    // the first\n    "a": { "url": "x" }, // last\n' +
        '    "lab": { "database": "lab", "sample": "./lab.sql" }\n  }\n}\n',
    );
  });
});

describe('a text in TypeScript', () => {
  it('is the same text again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, quoted(text));
        expect([scanner.scan(), scanner.getTokenValue()]).toEqual([ts.SyntaxKind.StringLiteral, text]);
        expect(scanner.scan()).toBe(ts.SyntaxKind.EndOfFileToken);
      }),
    );
  });
});
