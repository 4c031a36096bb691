import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { packageRoot } from '../app/index.ts';
import { Fault } from '../core/index.ts';
import { fileSpec, ownPackageSpec } from './package-spec.ts';
import { nameStewards } from './stewardship.ts';
import { templateFiles, writeFiles, type NewFile } from './template-files.ts';

export interface InitOptions {
  /** Write into a folder that holds something already, as long as no file of it is touched. */
  readonly force?: boolean;
  /** What package.json says to depend on Fascia: a version, a tarball, a repository. */
  readonly package?: string;
  readonly timeZone?: string;
}

/** `fascia init DIR`: makes a site that starts. In: the folder as it was typed, and the folder and day in which it was. Throws `site.refused`. */
export function initSite(folder: string, options: InitOptions, cwd: string, today: string): void {
  const site = resolve(cwd, folder);
  try {
    makeSite(site, options, cwd, today);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    if (!/^E[A-Z]+$/.test(code)) throw cause;
    throw new Fault(
      'site.refused',
      `${site} cannot be made a site (${code}). Choose a folder that you may write into.`,
    );
  }
}

function makeSite(site: string, options: InitOptions, cwd: string, today: string): void {
  const isNew = !existsSync(site);
  if (!isNew && options.force !== true) refuseNonEmpty(site);
  const files = siteFiles(site, options, cwd, today);
  const taken = files.map(({ path }) => path).filter((path) => existsSync(join(site, path)));
  if (taken.length > 0) {
    throw new Fault(
      'site.refused',
      `${site} holds files that would be written over: ${taken.join(', ')}. Nothing was changed; move them away, or choose another folder.`,
    );
  }
  mkdirSync(site, { recursive: true });
  // The real path, because npm looks for a package beside the real folder.
  writeFiles(site, siteFiles(realpathSync(site), options, cwd, today));
  const there = relative(cwd, site);
  console.log(`
A site is ready in ${site}:
${files.map(({ path }) => `  ${path}`).join('\n')}

Start it:
${there === '' ? '' : `  cd ${/^[\w./-]+$/.test(there) ? there : JSON.stringify(there)}\n`}  npm install
  npm start

Its README.md says what to do next.`);
}

/** A repository without a file in it is as good as an empty folder. */
function refuseNonEmpty(site: string): void {
  const [first] = readdirSync(site).filter((name) => name !== '.git');
  if (first === undefined) return;
  throw new Fault(
    'site.refused',
    `${site} is not empty (it holds ${first}). Choose a folder that is not there yet, or add --force to write beside what it holds; nothing is ever written over.`,
  );
}

function siteFiles(site: string, options: InitOptions, cwd: string, today: string): NewFile[] {
  const zone = options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const files = templateFiles('site').map((file) => {
    if (file.path === 'mappings/example/index.ts') return nameStewards(file, {}, today);
    if (file.path !== 'fascia.config.json') return file;
    return { ...file, text: file.text.replace('"Etc/UTC"', JSON.stringify(zone)) };
  });
  return [...files, { path: 'package.json', text: packageJson(site, options.package, cwd) }];
}

function packageJson(site: string, given: string | undefined, cwd: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const compilers = ['@types/node', 'typescript'].map((name) => [name, devDependencies[name]]);
  const value = {
    name: packageName(basename(site)),
    private: true,
    type: 'module',
    engines: { node: '>=20' },
    scripts: { start: 'fascia start', test: 'fascia test', typecheck: 'tsc --noEmit' },
    dependencies: { fascia: given === undefined ? ownPackageSpec(site) : specOf(given, site, cwd) },
    devDependencies: Object.fromEntries(compilers) as Record<string, string>,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A path is meant from where it was typed; package.json means it from its own folder. */
function specOf(given: string, site: string, cwd: string): string {
  const path = resolve(cwd, given.replace(/^file:/, ''));
  return existsSync(path) ? fileSpec(site, realpathSync(path)) : given;
}

/** A name that npm takes, whatever the folder is called. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' || name === 'fascia' ? 'fascia-site' : name;
}
